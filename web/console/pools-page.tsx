/** All pools, and making another one. */

import type { PoolsAnswer } from '../../gateway/src/console/instance-answers.js'
import { useApp } from './app.js'
import { CreationPage } from './creation-page.js'
import { Link, Problem, Skeleton } from './parts.js'
import { useReading } from './reading.js'
import { go } from './route.js'
import { Table } from './table.js'

/** The calls on pools, as programs make them. */
export const poolsPath = 'call/instances/integrator/pools'

export function PoolsPage() {
  const words = useApp().words.pools
  const { data, refusal } = useReading<PoolsAnswer>(poolsPath, { everyMs: 10_000 })
  return (
    <CreationPage
      of="pool"
      words={words}
      lead={words.lead}
      path={poolsPath}
      lists={[poolsPath]}
      open={(id) => go({ page: 'pool', id })}
    >
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={3} />}
      {data !== undefined && <List pools={data.pools} />}
    </CreationPage>
  )
}

function List({ pools }: PoolsAnswer) {
  const words = useApp().words.pools
  return (
    <section className="card paged">
      {pools.length === 0 && <p className="empty">{words.empty}</p>}
      {pools.length > 0 && (
        <Table
          caption={words.title}
          columns={[{ heading: words.name }, { heading: words.members, class: 'column-kind' }]}
          rows={pools.map(({ id, name, members }) => {
            const open = members.filter(({ whatsappConnected }) => whatsappConnected).length
            return {
              key: id,
              cells: [
                {
                  content: (
                    <Link to={{ page: 'pool', id }} className="row-link">
                      {name}
                    </Link>
                  ),
                },
                {
                  class: members.length === 0 ? 'faint' : 'number',
                  content: words.connected(open, members.length),
                },
              ],
            }
          })}
        />
      )}
    </section>
  )
}
