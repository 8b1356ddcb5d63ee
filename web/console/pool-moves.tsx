/** The messages of a pool that went from one number to another, and why. */

import { useState } from 'react'
import type { PoolMovesAnswer } from '../../gateway/src/console/instance-answers.js'
import { type App, useApp } from './app.js'
import { useInstanceNames } from './instance-filter.js'
import { momentText } from './moments.js'
import { Card, Link } from './parts.js'
import { poolsPath } from './pools-page.js'
import { useReading } from './reading.js'
import { Table } from './table.js'

type Moved = PoolMovesAnswer['messages'][number]

const shownAtFirst = 20

export function PoolMoves({ id }: { readonly id: string }) {
  const app = useApp()
  const words = app.words.pools
  const [isWhole, setWhole] = useState(false)
  const { data } = useReading<PoolMovesAnswer>(`${poolsPath}/${id}/moves`, { everyMs: 5_000 })
  const names = useInstanceNames()
  const rows = (data?.messages ?? []).flatMap((message) =>
    message.moves.toReversed().map((move, index) => ({
      key: `${message.zaapId} ${index}`,
      cells: cellsOf(app, message, move, (each) => names.get(each) ?? each),
    })),
  )
  return (
    <Card title={words.moves}>
      <p className="hint">{words.movesHint}</p>
      {data !== undefined && rows.length === 0 && <p className="empty">{words.noMoves}</p>}
      {rows.length > 0 && (
        <Table
          caption={words.moves}
          columns={[
            { heading: words.fromTo },
            { heading: words.when, class: 'column-moment' },
            { heading: words.cause },
            { heading: words.message, class: 'column-kind' },
          ]}
          rows={isWhole ? rows : rows.slice(0, shownAtFirst)}
        />
      )}
      {rows.length > shownAtFirst && !isWhole && (
        <button type="button" onClick={() => setWhole(true)}>
          {app.words.more}
        </button>
      )}
    </Card>
  )
}

function cellsOf(
  app: App,
  { zaapId, instanceId }: Moved,
  { movedAt, from, to, reason }: Moved['moves'][number],
  nameOf: (id: string) => string,
) {
  const { moveCauses } = app.words
  return [
    { content: `${nameOf(from)} → ${nameOf(to)}` },
    { class: 'number', content: momentText(app, movedAt) },
    { content: moveCauses[reason] },
    {
      content: (
        <Link
          to={{ page: 'instance', id: instanceId, tab: 'messages', item: zaapId }}
          className="row-link"
        >
          …{zaapId.slice(-8)}
        </Link>
      ),
    },
  ]
}
