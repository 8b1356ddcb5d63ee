/** One callback: what was told, how that went, when it is tried next, and telling it again. */

import type {
  CallbackAnswer,
  CallbackSummary,
} from '../../../gateway/src/console/callback-answers.js'
import { ask } from '../api.js'
import { type App, useApp } from '../app.js'
import { durationText, momentText, phoneText } from '../moments.js'
import { Facts, Link, Problem, Skeleton, takeFocus } from '../parts.js'
import { useAct, useReadAgain, useReading } from '../reading.js'
import { useMay } from '../role.js'
import { Pill } from '../status.js'
import { useTexts } from '../../shared/texts.js'
import { Try } from './try.js'
import { callbacksTexts, type CallbacksWords } from './words.js'

interface CallbackProps {
  /** Of the instance. */
  readonly id: string
  /** The callback. */
  readonly item: string
}

export function Callback({ id, item }: CallbackProps) {
  const app = useApp()
  const words = useTexts(callbacksTexts)
  const mayTry = useMay('operator')
  const readAgain = useReadAgain()
  const path = `instances/${id}/callbacks/${item}`
  const { data, refusal } = useReading<CallbackAnswer>(path, { everyMs: 5_000 })
  const tryNow = useAct(async () => {
    await ask('POST', `instances/${id}/call/callbacks/${item}/try`)
    app.say(words.trying)
    await readAgain(`instances/${id}/callbacks`)
  })
  return (
    <section className="card card--important">
      <div className="title-row title-row--fixed">
        <h2 tabIndex={-1} ref={takeFocus}>
          {data === undefined ? words.body : kindText(app, words, data.kind)}
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
            {data.status !== 'done' && (
              <button
                type="button"
                className="small"
                disabled={tryNow.isPending || !mayTry}
                onClick={() => tryNow.mutate()}
              >
                {words.tryNow}
              </button>
            )}
          </div>
          <How instanceId={id} callback={data} />
          <Tries {...data} />
          <Body {...data} />
        </>
      )}
    </section>
  )
}

interface HowProps {
  readonly instanceId: string
  readonly callback: CallbackAnswer
}

/** Always as many lines: what is read below them stays where it is. */
function How({ instanceId: id, callback }: HowProps) {
  const app = useApp()
  const words = useTexts(callbacksTexts)
  const { attempts, mostAttempts, error, createdAt, endedAt, phone, messageId } = callback
  const ended =
    endedAt === undefined
      ? '—'
      : `${momentText(app, endedAt)} (+${durationText(app, Math.max(0, endedAt - createdAt))})`
  return (
    <Facts
      rows={[
        [words.to, <code key="to">{callback.url}</code>],
        [words.phone, phone === undefined ? '—' : phoneText(phone)],
        [
          words.message,
          messageId === undefined ? (
            <code key="message">{callback.whatsappId ?? '—'}</code>
          ) : (
            <Link key="message" to={{ page: 'instance', id, tab: 'messages', item: messageId }}>
              {words.openMessage}
            </Link>
          ),
        ],
        [words.created, momentText(app, createdAt)],
        [words.attempts, words.of(attempts, mostAttempts)],
        [words.next, nextText(app, words, callback)],
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

function nextText(
  app: App,
  words: CallbacksWords,
  { status, nextAttemptAt }: CallbackAnswer,
): string {
  if (status !== 'pending' || nextAttemptAt === undefined) return '—'
  const inMs = nextAttemptAt - Date.now()
  if (inMs <= 0) return words.soon
  return `${momentText(app, nextAttemptAt)} (${words.in(durationText(app, inMs))})`
}

function Tries({ tries }: CallbackAnswer) {
  const words = useTexts(callbacksTexts)
  return (
    <section>
      <h3>{words.tries}</h3>
      {tries.length === 0 && <p className="faint">{words.noTries}</p>}
      <ol className="tries">
        {tries.map((one) => (
          <li key={one.at}>
            <Try {...one} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Body({ body }: CallbackAnswer) {
  const words = useTexts(callbacksTexts)
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
  const words = useTexts(callbacksTexts)
  return (
    <span className="pills" key={`${status} ${error}`}>
      <Pill tone={toneOf[status]}>{words.statuses[status]}</Pill>
      {error !== undefined && <span className="faint small-text alone-only">{error}</span>}
    </span>
  )
}

/** Another dialect may tell of kinds that have no name here. */
export function kindText({ words }: App, { undeliverable }: CallbacksWords, kind: string): string {
  const names: Readonly<Record<string, string>> = {
    ...words.kinds,
    'message.undeliverable': undeliverable,
  }
  return names[kind] ?? kind
}
