/** What waits in the line of an instance, and taking it back. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import type { CancelledAnswer, QueueAnswer } from '../../gateway/src/console/message-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Guarded } from './choices.js'
import { momentText, phoneText } from './moments.js'
import { Problem, Skeleton, StatusPill } from './parts.js'
import { useAct, usePages, useReadAgain } from './reading.js'
import { Table } from './table.js'

interface QueueProps {
  readonly instance: InstanceAnswer
}

export function QueueTab({ instance: { id } }: QueueProps) {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const path = `instances/${id}/queue`
  const { pages, refusal, more } = usePages<QueueAnswer>(path, { everyMs: 5_000 })
  const count = pages?.[0]?.count ?? 0
  const cancelAll = async (): Promise<void> => {
    const { cancelled, kept } = await ask<CancelledAnswer>('DELETE', path)
    say(words.queue.cancelledAll(cancelled, kept))
    await readAgain(`instances/${id}`)
  }
  return (
    <section className="card">
      <h2>{words.queue.title}</h2>
      <Problem refusal={refusal} />
      {pages === undefined ? (
        refusal === undefined && <Skeleton rows={5} />
      ) : (
        <p role="status">{count === 0 ? words.queue.empty : words.queue.count(count)}</p>
      )}
      {pages !== undefined && count > 0 && (
        <Line id={id} messages={pages.flatMap(({ messages }) => messages)} />
      )}
      {more !== undefined && (
        <button type="button" onClick={more}>
          {words.more}
        </button>
      )}
      {count > 1 && (
        <Guarded
          ask={words.queue.cancelAll}
          really={words.queue.cancelAllReally}
          yes={words.queue.cancelAllYes}
          act={cancelAll}
        />
      )}
    </section>
  )
}

interface LineProps {
  /** Of the instance. */
  readonly id: string
  readonly messages: QueueAnswer['messages']
}

function Line({ id, messages }: LineProps) {
  const app = useApp()
  const { queue, messages: words } = app.words
  const readAgain = useReadAgain()
  const cancel = useAct(async (messageId: string) => {
    await ask('DELETE', `instances/${id}/queue/${messageId}`)
    app.say(queue.cancelled)
    await readAgain(`instances/${id}`)
  })
  return (
    <Table
      caption={queue.title}
      headings={[
        words.to,
        words.status,
        words.accepted,
        <span key="cancel" className="unseen">
          {queue.cancel}
        </span>,
      ]}
      rows={messages.map((message) => ({
        key: message.id,
        cells: [
          { class: 'number', content: phoneText(message.to) },
          {
            content: (
              <>
                <StatusPill status={message.status} />
                <span className="faint beside">{message.code}</span>
              </>
            ),
          },
          { class: 'number', content: momentText(app, message.acceptedAt) },
          {
            class: 'end',
            content: message.status === 'queued' && (
              <button
                type="button"
                className="small"
                aria-label={`${queue.cancel}: ${phoneText(message.to)}`}
                onClick={() => cancel.mutate(message.id)}
              >
                {queue.cancel}
              </button>
            ),
          },
        ],
      }))}
    />
  )
}
