/** A list in columns. On a phone each row becomes a small card, so the roles are named: the style would take them away. */

import type { ReactNode } from 'react'

export interface Cell {
  readonly class?: string
  readonly content: ReactNode
  /** Said before it where the heading of the column is not seen: on a phone. */
  readonly label?: string
}

export interface Row {
  readonly key: string
  readonly isChosen?: boolean
  /** In the order of the headings. */
  readonly cells: readonly Cell[]
}

interface TableProps {
  readonly caption: string
  readonly headings: readonly ReactNode[]
  readonly rows: readonly Row[]
}

export function Table({ caption, headings, rows }: TableProps) {
  return (
    <div className="scrolls">
      <table className="list list--cards" role="table">
        <caption className="unseen">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {headings.map((heading, index) => (
              <th key={index} scope="col" role="columnheader">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} className={row.isChosen ? 'chosen' : undefined} role="row">
              {row.cells.map(({ class: className, label, content }, index) => (
                <td key={index} className={className} data-label={label} role="cell">
                  {content}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
