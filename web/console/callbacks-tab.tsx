/** What the outside was told of an instance. */

import type {
  CallbackSummary,
  CallbacksAnswer,
} from '../../gateway/src/console/callback-answers.js'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { type App, useApp } from './app.js'
import { Callback, CallbackPill, kindText } from './callback.js'
import { Choices } from './choices.js'
import { momentText } from './moments.js'
import { Link, Problem, Skeleton } from './parts.js'
import { useKept, usePages } from './reading.js'
import { ReplayAll } from './replay-all.js'
import { type Row, Table } from './table.js'

const filters = ['all', 'pending', 'done', 'dead'] as const
type Filter = (typeof filters)[number]

interface CallbacksProps {
  readonly instance: InstanceAnswer
  readonly item: string | undefined
}

export function CallbacksTab({ instance: { id }, item }: CallbacksProps) {
  const { words } = useApp()
  const [{ show }, change] = useKept(`callbacks ${id}`, (): { show: Filter } => ({ show: 'all' }))
  return (
    <>
      {item !== undefined && <Callback key={item} id={id} item={item} />}
      <section className="card">
        <div className="title-row">
          <div>
            <h2>{words.callbacks.title}</h2>
            <p className="hint">{words.callbacks.lead}</p>
          </div>
          <Choices
            name="callbacks"
            legend={words.messages.show}
            labels={words.callbacks.filters}
            order={filters}
            chosen={show}
            choose={(chosen) => change({ show: chosen })}
          />
        </div>
        <List id={id} show={show} item={item} />
      </section>
      <ReplayAll id={id} />
    </>
  )
}

interface ListProps {
  /** Of the instance. */
  readonly id: string
  readonly show: Filter
  readonly item: string | undefined
}

function List({ id, show, item }: ListProps) {
  const app = useApp()
  const words = app.words.callbacks
  const path = `instances/${id}/callbacks${show === 'all' ? '' : `?status=${show}`}`
  const { pages, refusal, more, isReadingMore } = usePages<CallbacksAnswer>(path, {
    everyMs: 5_000,
  })
  if (pages === undefined)
    return refusal === undefined ? <Skeleton rows={8} /> : <Problem refusal={refusal} />
  const callbacks = pages.flatMap((page) => page.callbacks)
  if (callbacks.length === 0) return <p className="empty">{words.empty}</p>
  return (
    <>
      <Problem refusal={refusal} />
      <Table
        caption={words.title}
        headings={[words.kind, app.words.messages.status, words.to, words.created, words.attempts]}
        rows={callbacks.map((callback) => ({
          ...rowOf(app, id, callback),
          isChosen: callback.id === item,
        }))}
      />
      {more !== undefined && (
        <button type="button" onClick={more} disabled={isReadingMore}>
          {app.words.more}
        </button>
      )}
    </>
  )
}

function rowOf(app: App, id: string, callback: CallbackSummary): Row {
  return {
    key: callback.id,
    cells: [
      {
        content: (
          <Link
            to={{ page: 'instance', id, tab: 'callbacks', item: callback.id }}
            className="row-link"
          >
            {kindText(app, callback.kind)}
          </Link>
        ),
      },
      {
        content: (
          <>
            <CallbackPill status={callback.status} />
            <span className="faint beside wide-only">{callback.error}</span>
          </>
        ),
      },
      { class: 'clipped', content: callback.url },
      { class: 'number', content: momentText(app, callback.createdAt) },
      { class: 'number wide-only', content: callback.attempts },
    ],
  }
}
