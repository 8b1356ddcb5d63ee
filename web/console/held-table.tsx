/** A table that stands still while its list changes: what is new is offered, not put in. */

import { useState } from 'react'
import { useApp } from './app.js'
import { heldRows } from './held-rows.js'
import { type Column, type Row, Table } from './table.js'

export interface ListProps<Item> {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly keyOf: (item: Item) => string
  readonly rowOf: (item: Item) => Omit<Row, 'key' | 'isGone'>
  /** Said where there is nothing. */
  readonly empty: string
}

interface HeldTableProps<Item> extends ListProps<Item> {
  /** The list as it is now. */
  readonly items: readonly Item[]
  /** Another one each time that the list was read and is different. */
  readonly reading: object
  /** Read since the table is shown. */
  readonly isRead: boolean
  /** It has more of them after the person asked for more. */
  readonly pages: number
  /** Nothing follows. */
  readonly isWhole: boolean
  /** Another one each time that the list should stand in another order: that is offered, too. */
  readonly order?: string
}

interface Shown<Item> {
  readonly items: readonly Item[]
  readonly pages: number
  readonly reading: object | undefined
  readonly order: string | undefined
}

export function HeldTable<Item>(props: HeldTableProps<Item>) {
  const { words } = useApp()
  const { items, reading, isRead, pages, isWhole, order, keyOf, rowOf } = props
  const all = { items, pages, reading, order }
  const [shown, show] = useState<Shown<Item>>({
    items: [],
    pages: 0,
    reading: undefined,
    order,
  })
  const isUnseen = isRead && reading !== shown.reading
  // While the person looks elsewhere, nothing can move under them.
  const isFree = isUnseen && document.visibilityState === 'hidden'
  const mayGrow = isWhole || pages > shown.pages
  const held = heldRows(isFree ? [] : shown.items, items, keyOf, { isWhole, mayGrow })
  if (isUnseen)
    show({
      ...all,
      items: held.rows.map(({ item }) => item),
      order: isFree || shown.items.length === 0 ? order : shown.order,
    })
  if (held.rows.length === 0) return <p className="empty">{props.empty}</p>
  const hasChanged =
    order !== shown.order || held.news > 0 || held.rows.some(({ isGone }) => isGone)
  return (
    <>
      <div className="news" role="status">
        {hasChanged && (
          <button type="button" className="filled small" onClick={() => show(all)}>
            {held.news > 0 ? words.news(held.news) : words.tidy}
          </button>
        )}
      </div>
      <Table
        caption={props.caption}
        columns={props.columns}
        rows={held.rows.map(({ item, isGone }) => ({
          ...rowOf(item),
          key: keyOf(item),
          isGone,
        }))}
      />
    </>
  )
}
