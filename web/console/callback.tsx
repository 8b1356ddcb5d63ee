/** One callback: what was told, how that went, when it is tried next, and telling it again. */

import type { CallbackAnswer, CallbackSummary } from '../../gateway/src/console/callback-answers.js'
import { ask } from './api.js'
import { type App, useApp } from './app.js'
import { durationText, momentText } from './moments.js'
import { Facts, Link, Problem, Skeleton, takeFocus } from './parts.js'
import { useAct, useReadAgain, useReading } from './reading.js'
import { Pill } from './status.js'

interface CallbackProps {
  /** Of the instance. */
  readonly id: string
  /** The callback. */
  readonly item: string
}

export function Callback({ id, item }: CallbackProps) {
  const app = useApp()
  const words = app.words.callbacks
  const readAgain = useReadAgain()
  const path = `instances/${id}/callbacks/${item}`
  const { data, refusal } = useReading<CallbackAnswer>(path, { everyMs: 5_000 })
  const replay = useAct(async () => {
    await ask('POST', `${path}/replay`)
    app.say(words.replayed)
    await readAgain(`instances/${id}/callbacks`)
  })
  return (
    <section className="card card--important">
      <div className="title-row title-row--fixed">
        <h2 tabIndex={-1} ref={takeFocus}>
          {data === undefined ? words.body : kindText(app, data.kind)}
        </h2>
        <Link
          to={{ page: 'instance', id, tab: 'callbacks', item: undefined }}
          className="button small"
        >
          {app.words.close}
        </Link>
      </div>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={6} />}
      {data !== undefined && (
        <>
          <div className="title-row title-row--fixed">
            <CallbackPill status={data.status} />
            {data.status === 'dead' && (
              <button
                type="button"
                className="small"
                disabled={replay.isPending}
                onClick={() => replay.mutate()}
              >
                {words.replay}
              </button>
            )}
          </div>
          <How {...data} />
          <Body {...data} />
        </>
      )}
    </section>
  )
}

/** Always as many lines: what is read below them stays where it is. */
function How(callback: CallbackAnswer) {
  const app = useApp()
  const words = app.words.callbacks
  const { attempts, mostAttempts, error, createdAt, endedAt } = callback
  const ended =
    endedAt === undefined
      ? '—'
      : `${momentText(app, endedAt)} (+${durationText(app, Math.max(0, endedAt - createdAt))})`
  return (
    <Facts
      rows={[
        [words.to, <code key="to">{callback.url}</code>],
        [words.created, momentText(app, createdAt)],
        [words.attempts, words.of(attempts, mostAttempts)],
        [words.next, nextText(app, callback)],
        [words.ended, ended],
        [
          words.error,
          <span key="error" className="two-lines">
            {error ?? '—'}
          </span>,
        ],
      ]}
    />
  )
}

function nextText(app: App, { status, nextAttemptAt }: CallbackAnswer): string {
  if (status !== 'pending' || nextAttemptAt === undefined) return '—'
  const inMs = nextAttemptAt - Date.now()
  if (inMs <= 0) return app.words.callbacks.soon
  return `${momentText(app, nextAttemptAt)} (${app.words.callbacks.in(durationText(app, inMs))})`
}

function Body({ body }: CallbackAnswer) {
  const words = useApp().words.callbacks
  if (body === undefined) return <p className="faint">{words.bodyGone}</p>
  return (
    <div>
      <p className="hint">{words.bodyMasked}</p>
      {/* It scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0} aria-label={words.body}>
        {JSON.stringify(body, null, 2)}
      </pre>
    </div>
  )
}

const toneOf = { pending: 'busy', done: 'good', dead: 'bad' } as const

interface CallbackPillProps extends Pick<CallbackSummary, 'status'> {
  readonly error?: string | undefined
}

export function CallbackPill({ status, error }: CallbackPillProps) {
  const words = useApp().words.callbacks
  return (
    <span className="pills" key={`${status} ${error}`}>
      <Pill tone={toneOf[status]}>{words.statuses[status]}</Pill>
      {error !== undefined && <span className="faint small-text alone-only">{error}</span>}
    </span>
  )
}

/** Another dialect may tell of kinds that have no name here. */
export function kindText({ words }: App, kind: string): string {
  const { undeliverable } = words.callbacks
  const names: Readonly<Record<string, string>> = {
    ...words.kinds,
    'message.undeliverable': undeliverable,
  }
  return names[kind] ?? kind
}
