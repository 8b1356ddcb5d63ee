/** A list that is read page by page: while it is read, when it cannot be, and more of it. */

import { useApp } from './app.js'
import { HeldTable, type ListProps } from './held-table.js'
import { Problem, Skeleton } from './parts.js'
import { usePages } from './reading.js'

interface PagedListProps<Answer, Item> extends ListProps<Item> {
  /** What it is read from. Another path is another list, and wants a `key` of its own. */
  readonly path: string
  readonly everyMs: number
  readonly itemsOf: (page: Answer) => readonly Item[]
}

export function PagedList<Answer extends { readonly next?: number | null }, Item>({
  path,
  everyMs,
  itemsOf,
  ...list
}: PagedListProps<Answer, Item>) {
  const { words } = useApp()
  const { pages, refusal, more, isReadingMore, isRead } = usePages<Answer>(path, { everyMs })
  if (pages === undefined)
    return refusal === undefined ? <Skeleton rows={8} /> : <Problem refusal={refusal} />
  return (
    <div className="paged">
      <HeldTable
        {...list}
        items={pages.flatMap(itemsOf)}
        reading={pages}
        isRead={isRead}
        pages={pages.length}
        isWhole={more === undefined}
      />
      {more !== undefined && (
        <button type="button" onClick={more} disabled={isReadingMore}>
          {words.more}
        </button>
      )}
    </div>
  )
}
