/** What a call answered; of a message, its ids and how it stands now. */

import type { MessageAnswer } from '../../../gateway/src/console/message-answers.js'
import { useApp } from '../app.js'
import { Copyable, Facts, Link, takeFocus } from '../parts.js'
import { useReading } from '../reading.js'
import { StatusMark } from '../status.js'

interface ResultProps {
  /** Of the instance. */
  readonly id: string
  readonly answer: unknown
}

export function CallResult({ id, answer }: ResultProps) {
  const { words } = useApp()
  const { zaapId }: { readonly zaapId?: unknown } = Object(answer)
  const isMessage = typeof zaapId === 'string'
  const isEmpty = Object.keys(Object(answer)).length === 0
  return (
    <section className="call-result" aria-live="polite">
      <h3 tabIndex={-1} ref={takeFocus}>
        {isMessage ? words.send.sent : words.send.done}
      </h3>
      {isMessage && <Sent id={id} zaapId={zaapId} />}
      {!isMessage && !isEmpty && (
        <pre className="call-result__answer" tabIndex={0} aria-label={words.send.answer}>
          {JSON.stringify(answer, null, 2)}
        </pre>
      )}
    </section>
  )
}

function Sent({ id, zaapId }: { readonly id: string; readonly zaapId: string }) {
  const { words } = useApp()
  const path = `instances/${id}/messages/${zaapId}`
  const { data } = useReading<MessageAnswer>(path, { everyMs: 5_000 })
  return (
    <>
      <Facts
        rows={[
          [
            words.send.status,
            data === undefined ? '—' : <StatusMark key="status" status={data.status} />,
          ],
          ['zaapId', <Copyable key="id" text={zaapId} label="zaapId" />],
          [
            words.send.messageId,
            data === undefined ? (
              '—'
            ) : (
              <Copyable key="whatsapp" text={data.whatsappId} label={words.send.messageId} />
            ),
          ],
        ]}
      />
      <Link to={{ page: 'instance', id, tab: 'messages', item: zaapId }}>{words.send.follow}</Link>
    </>
  )
}
