import type { ContactCard } from '../../../simulator/src/draw/view.js'
import { Icon } from '../icons.js'
import type { PartProps } from './part.js'

export function ContactsPart({ part }: PartProps<'contacts'>) {
  return part.contacts.map((contact, index) => <Card key={index} contact={contact} />)
}

function Card({ contact }: { readonly contact: ContactCard }) {
  const { name, organisation, about, phones } = contact
  const lines = [organisation, about, ...phones.map(({ number }) => number)]
  return (
    <div className="bubble__card">
      <span className="bubble__face">
        <Icon name="person" />
      </span>
      <span className="bubble__card-text">
        <span className="bubble__card-title">{name}</span>
        {lines.map(
          (line, index) =>
            line !== undefined && (
              <span key={index} className="bubble__faint">
                {line}
              </span>
            ),
        )}
      </span>
    </div>
  )
}
