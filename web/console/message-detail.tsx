/** One message: what happened from accepted to read, or why it did not get there. */

import type { MessageAnswer, TimelineStep } from '../../gateway/src/console/message-answers.js'
import { useApp } from './app.js'
import { dayText, durationText, momentText, phoneText } from './moments.js'
import { Copyable, Facts, Link, Problem, Skeleton, takeFocus } from './parts.js'
import { useReading } from './reading.js'
import type { Route } from './route.js'
import { StatusMark } from './status.js'

interface MessageDetailProps {
  /** Of the instance. */
  readonly id: string
  /** The message. */
  readonly item: string
  /** Where closing it leads. */
  readonly back: Route
}

export function MessageDetail({ id, item, back }: MessageDetailProps) {
  const { words } = useApp()
  const path = `instances/${id}/messages/${item}`
  const { data, refusal } = useReading<MessageAnswer>(path, { everyMs: 5_000 })
  return (
    <section className="card card--important">
      <div className="title-row title-row--fixed">
        <h2 tabIndex={-1} ref={takeFocus} className="number">
          {data === undefined ? words.messages.happened : phoneText(data.to)}
        </h2>
        <Link to={back} className="button small">
          {words.close}
        </Link>
      </div>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={6} />}
      {data !== undefined && (
        <p>
          <Link to={{ page: 'instance', id, tab: 'chats', item: data.to }}>
            {words.messages.openChat}
          </Link>
        </p>
      )}
      {data !== undefined && <Steps {...data} />}
    </section>
  )
}

/** What grows stands at the end, so that it pushes nothing aside. */
function Steps({ diagnosis, steps, acceptedAt, ...message }: MessageAnswer) {
  const app = useApp()
  const words = app.words.messages
  return (
    <>
      <StatusMark status={message.status} />
      <Facts
        rows={[
          [words.expires, message.expiresAt === undefined ? '—' : dayText(app, message.expiresAt)],
          [words.id, <Copyable key="id" text={message.id} label={words.id} />],
          [
            words.whatsappId,
            <Copyable key="whatsapp" text={message.whatsappId} label={words.whatsappId} />,
          ],
        ]}
      />
      <h3>{words.happened}</h3>
      <ol className="timeline">
        {steps.map((step, index) => (
          <Step
            key={`${index} ${step.kind}`}
            step={step}
            afterMs={index === 0 ? undefined : Math.max(0, step.at - acceptedAt)}
          />
        ))}
      </ol>
      {diagnosis !== undefined && (
        <div className="diagnosis">
          <p>
            <strong>{words.cause}</strong> {diagnosis.cause[app.language]}
          </p>
          <p>
            <strong>{words.cure}</strong> {diagnosis.cure[app.language]}
          </p>
        </div>
      )}
    </>
  )
}

const badSteps = new Set<TimelineStep['kind']>(['failed', 'expired'])
const badOutcomes = new Set<TimelineStep['outcome']>([
  'refused',
  'no-such-recipient',
  'recipient-unreachable',
  'file-refused',
  'not-possible',
])
const goodSteps = new Set<TimelineStep['kind']>(['delivered', 'read', 'played'])

interface StepProps {
  readonly step: TimelineStep
  /** Since it was accepted. */
  readonly afterMs: number | undefined
}

function Step({ step, afterMs }: StepProps) {
  const { kind, at, outcome, refusalCode, cause } = step
  const app = useApp()
  const { steps, outcomes, moveCauses } = app.words
  const isBad = badSteps.has(kind) || badOutcomes.has(outcome)
  const tone = isBad ? 'bad' : goodSteps.has(kind) ? 'good' : 'quiet'
  const code = refusalCode === undefined ? '' : ` (${refusalCode})`
  return (
    <li className={`timeline__step timeline__step--${tone}`}>
      <span>
        {steps[kind]}
        {outcome !== undefined && `: ${outcomes[outcome]}${code}`}
        {cause !== undefined && `: ${step.from} → ${step.to}, ${moveCauses[cause]}`}
      </span>
      <span className="number faint">{momentText(app, at)}</span>
      <span className="number faint timeline__after">
        {afterMs !== undefined && `+${durationText(app, afterMs)}`}
      </span>
    </li>
  )
}
