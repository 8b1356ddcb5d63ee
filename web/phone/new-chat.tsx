/** Chats that the phone can start: with every other phone, and in its groups. */

import type { ContactView } from '../../simulator/src/control-answers.js'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { Avatar } from './avatar.js'
import { Bar } from './bar.js'
import { chatTexts } from './chat-words.js'
import { communityOf } from './community-name.js'
import { useView } from './phone-context.js'
import { shownNumber } from './phone-state.js'
import { hashOf } from './route.js'
import { phoneTexts } from './words.js'

export function NewChatScreen() {
  const { contacts } = useView().state
  const words = useTexts(phoneTexts)
  const { group } = useTexts(chatTexts)
  return (
    <section className="screen">
      <Bar title={words.newChat} />
      <div className="scroll">
        <a className="archived-row" href={hashOf({ screen: 'new-group' })}>
          <Icon name="group" />
          <span>{group.make}</span>
        </a>
        {contacts.length === 0 ? (
          <p className="empty">{words.noOtherPhone}</p>
        ) : (
          <ul className="chats" aria-label={words.newChatWith}>
            {contacts.map((contact) => (
              <Row key={contact.id} contact={contact} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function Row({ contact }: { readonly contact: ContactView }) {
  const words = useTexts(phoneTexts)
  const about = contact.members
    ? [words.members(contact.members.length), ...communityOf(contact, words)].join(' · ')
    : shownNumber(contact.id)
  return (
    <li>
      <a className="chat-row" href={hashOf({ screen: 'chat', chat: contact.id })}>
        <Avatar {...contact} />
        <span className="chat-row__name">{contact.name}</span>
        <span className="chat-row__text">
          {contact.business ? `${about} · ${words.businessAccount}` : about}
        </span>
      </a>
    </li>
  )
}
