/** The gateways that share the database, and how instances moved between them. */

import type {
  HandoverRecord,
  NodeRecord,
  NodesAnswer,
} from '../../../gateway/src/console/node-answers.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { durationText, momentText } from '../moments.js'
import { Page } from '../page.js'
import { Link, Problem, Skeleton } from '../parts.js'
import { useReading } from '../reading.js'
import { type Row, Table } from '../table.js'
import { nodesTexts } from './words.js'

export function NodesPage() {
  const words = useTexts(nodesTexts)
  const { data, refusal } = useReading<NodesAnswer>('nodes', { everyMs: 3_000 })
  return (
    <Page title={words.title} lead={<p className="lead">{words.lead}</p>}>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={3} />}
      {data !== undefined && (
        <>
          <section className="card paged">
            <NodeList nodes={data.nodes} />
          </section>
          <section className="card paged">
            <h2>{words.handovers}</h2>
            <p className="faint">{words.handoversLead}</p>
            <HandoverList handovers={data.handovers} />
          </section>
        </>
      )}
    </Page>
  )
}

function NodeList({ nodes }: Pick<NodesAnswer, 'nodes'>) {
  const app = useApp()
  const words = useTexts(nodesTexts)
  const rowOf = (node: NodeRecord): Row => {
    const notes = [
      node.isThis ? words.isThis : '',
      node.isLeaving ? words.isLeaving : '',
      node.isReachable ? '' : words.notReachable,
    ].filter((note) => note !== '')
    const ago = words.ago(durationText(app, Math.max(0, node.heartbeatAgoMs)))
    return {
      key: node.id,
      cells: [
        {
          content: (
            <>
              {node.url || words.unknown}
              {notes.length > 0 && <span className="faint beside">{notes.join(', ')}</span>}
            </>
          ),
        },
        { class: 'number', label: words.instances, content: node.instances },
        { class: 'number', label: words.version, content: node.version },
        { class: 'number', label: words.heartbeat, content: ago },
      ],
    }
  }
  return (
    <Table
      caption={words.title}
      columns={[
        { heading: words.node },
        { heading: words.instances, class: 'column-kind' },
        { heading: words.version, class: 'column-kind' },
        { heading: words.heartbeat, class: 'column-moment' },
      ]}
      rows={nodes.map(rowOf)}
    />
  )
}

const hostOf = (url = ''): string => url.replace(/^https?:\/\//u, '')

function HandoverList({ handovers }: Pick<NodesAnswer, 'handovers'>) {
  const app = useApp()
  const words = useTexts(nodesTexts)
  if (handovers.length === 0) return <p className="empty">{words.none}</p>
  const rowOf = (one: HandoverRecord): Row => ({
    key: `${one.instanceId} ${one.takenAt}`,
    cells: [
      {
        content:
          one.instanceName === undefined ? (
            <span className="faint">{words.gone}</span>
          ) : (
            <Link
              to={{ page: 'instance', id: one.instanceId, tab: 'overview', item: undefined }}
              className="row-link"
            >
              {one.instanceName}
            </Link>
          ),
      },
      {
        label: words.way,
        content: `${hostOf(one.from) || words.unknown} → ${hostOf(one.to) || words.unknown}`,
      },
      { class: 'number', content: momentText(app, one.takenAt) },
      { label: words.cause, content: one.isPlanned ? words.planned : words.silent },
      {
        class: 'number',
        label: words.free,
        content: one.closedMs === undefined ? words.connecting : durationText(app, one.closedMs),
      },
    ],
  })
  return (
    <Table
      caption={words.handovers}
      columns={[
        { heading: words.instance },
        { heading: words.way },
        { heading: words.at, class: 'column-moment' },
        { heading: words.cause, class: 'column-moment' },
        { heading: words.free, class: 'column-moment' },
      ]}
      rows={handovers.map(rowOf)}
    />
  )
}
