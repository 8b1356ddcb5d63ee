/** A list in columns. On a phone each row becomes a small card, so the roles are named: the style would take them away. */

import { Fragment, type ReactNode } from 'react'

export interface Column {
  readonly heading: ReactNode
  /** Says how wide it is, so that no content moves its neighbours; without one it takes what is left. */
  readonly class?: string
}

export interface Cell {
  readonly class?: string
  readonly content: ReactNode
  /** Said before it where the heading of the column is not seen: on a phone. */
  readonly label?: string
}

export interface Row {
  readonly key: string
  readonly isChosen?: boolean
  /** It is in the list no more, and keeps its place until the person asks for the list as it is. */
  readonly isGone?: boolean
  /** One for each column. */
  readonly cells: readonly Cell[]
}

interface TableProps {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export function Table({ caption, columns, rows }: TableProps) {
  return (
    <div className="scrolls">
      <table className="list list--cards" role="table">
        <caption className="unseen">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ heading, class: className }, index) => (
              <th key={index} scope="col" role="columnheader" className={className}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} className={lookOf(row)} role="row">
              {row.cells.map(({ class: className, label, content }, index) => (
                <td
                  key={index}
                  className={[columns[index]?.class, className].filter(Boolean).join(' ')}
                  data-label={label}
                  role="cell"
                >
                  {/* Another text is another node, so none has moved where it stands at the right. */}
                  <Fragment key={textOf(content)}>{content}</Fragment>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function textOf(content: ReactNode): string | undefined {
  return typeof content === 'string' || typeof content === 'number' ? `${content}` : undefined
}

function lookOf({ isChosen, isGone }: Row): string | undefined {
  if (isGone) return 'gone'
  return isChosen ? 'chosen' : undefined
}
