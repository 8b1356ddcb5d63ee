/** One callback: what was told, how that went, and telling it again. */

import type { CallbackAnswer, CallbackSummary } from '../../gateway/src/console/callback-answers.js'
import { ask } from './api.js'
import { type App, useApp } from './app.js'
import { durationText, momentText } from './moments.js'
import { Facts, Link, Pill, Problem, Skeleton, takeFocus } from './parts.js'
import { useAct, useReadAgain, useReading } from './reading.js'

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
      <div className="title-row">
        <h2 tabIndex={-1} ref={takeFocus}>
          {data === undefined ? words.body : kindText(app, data.kind)}
        </h2>
        <span className="pills">
          {data && <CallbackPill status={data.status} />}
          {data?.status === 'dead' && (
            <button
              type="button"
              className="small"
              disabled={replay.isPending}
              onClick={() => replay.mutate()}
            >
              {words.replay}
            </button>
          )}
          <Link
            to={{ page: 'instance', id, tab: 'callbacks', item: undefined }}
            className="button small"
          >
            {app.words.close}
          </Link>
        </span>
      </div>
      <Problem refusal={refusal} />
      {data === undefined ? refusal === undefined && <Skeleton rows={6} /> : <Body {...data} />}
    </section>
  )
}

function Body(callback: CallbackAnswer) {
  const words = useApp().words.callbacks
  return (
    <>
      <Facts
        rows={[
          [
            words.to,
            <code key="to" className="wraps">
              {callback.url}
            </code>,
          ],
        ]}
      />
      <Attempts {...callback} />
      {callback.body === undefined ? (
        <p className="faint">{words.bodyGone}</p>
      ) : (
        <>
          {/* It scrolls, so the keyboard must reach it. */}
          <pre tabIndex={0} aria-label={words.body}>
            {JSON.stringify(callback.body, null, 2)}
          </pre>
          <p className="hint">{words.bodyMasked}</p>
        </>
      )}
    </>
  )
}

/** What is kept of its attempts: how many there were, and what the last one met. */
function Attempts({ status, attempts, error, createdAt, endedAt }: CallbackAnswer) {
  const app = useApp()
  const words = app.words.callbacks
  const refused = status === 'done' ? attempts - 1 : attempts
  return (
    <ol className="timeline">
      <li className="timeline__step timeline__step--quiet">
        <span>{words.created}</span>
        <span className="number faint">{momentText(app, createdAt)}</span>
      </li>
      {refused > 0 && (
        <li className="timeline__step timeline__step--bad">
          <span>
            {words.refused(refused)}
            {error !== undefined && `: ${error}`}
          </span>
        </li>
      )}
      <li className={`timeline__step timeline__step--${toneOf[status]}`}>
        <span>{words.statuses[status]}</span>
        {endedAt !== undefined && (
          <>
            <span className="number faint">{momentText(app, endedAt)}</span>
            <span className="number faint timeline__after">
              {`+${durationText(app, Math.max(0, endedAt - createdAt))}`}
            </span>
          </>
        )}
      </li>
    </ol>
  )
}

const toneOf = { pending: 'busy', done: 'good', dead: 'bad' } as const

export function CallbackPill({ status }: Pick<CallbackSummary, 'status'>) {
  const words = useApp().words.callbacks
  return <Pill tone={toneOf[status]}>{words.statuses[status]}</Pill>
}

/** Another dialect may tell of kinds that have no name here. */
export function kindText({ words }: App, kind: string): string {
  const names: Readonly<Record<string, string>> = words.kinds
  return names[kind] ?? kind
}
