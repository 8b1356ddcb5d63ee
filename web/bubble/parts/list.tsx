/** A list that opens over the page; a row is chosen with a tap and sent. */

import { Fragment, useState } from 'react'
import type { ListRow } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { Icon } from '../icons.js'
import { messageTexts } from '../message-texts.js'
import { Sheet } from '../sheet.js'
import { type PartProps, useMessage } from './part.js'

export function ListPart({ part }: PartProps<'list'>) {
  const { actions } = useMessage()
  const words = useTexts(messageTexts)
  const [isOpen, setOpen] = useState(false)
  const title = part.button || words.openList
  const choose = (id: string): void => {
    setOpen(false)
    actions.tap?.(id)
  }
  return (
    <>
      <button className="bubble__button" type="button" onClick={() => setOpen(true)}>
        <Icon name="list" />
        <span>{title}</span>
      </button>
      {isOpen && (
        <Sheet title={title} onClose={() => setOpen(false)}>
          {part.sections.map((section, index) => (
            <Fragment key={index}>
              {section.title !== '' && <h3 className="sheet__section">{section.title}</h3>}
              <ul className="sheet__rows">
                {section.rows.map((row, place) => (
                  <Row key={place} row={row} choose={choose} />
                ))}
              </ul>
            </Fragment>
          ))}
        </Sheet>
      )}
    </>
  )
}

interface RowProps {
  readonly row: ListRow
  readonly choose: (id: string) => void
}

function Row({ row: { id, title, description }, choose }: RowProps) {
  return (
    <li>
      <button className="sheet__row" type="button" onClick={() => choose(id)}>
        <span>{title}</span>
        {description !== undefined && <span className="bubble__faint">{description}</span>}
      </button>
    </li>
  )
}
