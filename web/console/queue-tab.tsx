/** What waits in the line of an instance, and taking it back. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import type { CancelledAnswer, QueueAnswer } from '../../gateway/src/console/message-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Guarded } from './guarded.js'
import { momentText, phoneText } from './moments.js'
import { PagedList } from './paged-list.js'
import { useAct, useReadAgain } from './reading.js'
import { useMay, WhyNot } from './role.js'
import { useSearch } from './route.js'
import { SearchField } from './search-field.js'
import { StatusMark } from './status.js'

type Waiting = QueueAnswer['messages'][number]

/** In the address. */
const soughtName = 'text'

interface QueueProps {
  readonly instance: InstanceAnswer
}

export function QueueTab({ instance: { id, waiting } }: QueueProps) {
  const app = useApp()
  const { queue, messages } = app.words
  const may = useMay('operator')
  const readAgain = useReadAgain()
  const path = `instances/${id}/queue`
  const sought = useSearch().get(soughtName)?.trim() ?? ''
  const cancelAll = async (): Promise<void> => {
    const { cancelled, kept } = await ask<CancelledAnswer>('DELETE', path)
    app.say(queue.cancelledAll(cancelled, kept))
    await readAgain(`instances/${id}`)
  }
  return (
    <section className="card queue">
      <div className="title-row title-row--fixed">
        <div>
          <h2>{queue.title}</h2>
          <p className="hint" role="status">
            {waiting === 0 ? queue.empty : queue.count(waiting)}
          </p>
          <WhyNot least="operator" />
        </div>
        {waiting > 1 && may && (
          <Guarded
            ask={queue.cancelAll}
            really={queue.cancelAllReally}
            yes={queue.cancelAllYes}
            act={cancelAll}
          />
        )}
      </div>
      <search>
        <SearchField
          name={soughtName}
          label={queue.search}
          hint={queue.searchHint}
          maxLength={100}
        />
      </search>
      <PagedList<QueueAnswer, Waiting>
        key={sought}
        path={sought === '' ? path : `${path}?text=${encodeURIComponent(sought)}`}
        everyMs={5_000}
        itemsOf={(page) => page.messages}
        keyOf={(message) => message.id}
        caption={queue.title}
        columns={[
          { heading: messages.to },
          { heading: messages.accepted, class: 'column-moment' },
          { heading: queue.expected, class: 'column-moment' },
          { heading: messages.status, class: 'column-status' },
          { heading: <span className="unseen">{queue.cancel}</span>, class: 'column-action' },
        ]}
        rowOf={(message) => ({
          cells: [
            { class: 'number', content: phoneText(message.to) },
            { class: 'number', content: momentText(app, message.acceptedAt) },
            {
              class: 'number',
              content: message.expectedAt === undefined ? '—' : momentText(app, message.expectedAt),
              label: queue.expected,
            },
            {
              content: (
                <StatusMark
                  status={message.status}
                  held={message.heldBy && app.words.limits.heldBy[message.heldBy]}
                  beside={message.code}
                />
              ),
            },
            { content: <TakeBack id={id} message={message} /> },
          ],
        })}
        empty={sought === '' ? queue.emptyHint : queue.notFound}
      />
    </section>
  )
}

interface TakeBackProps {
  /** Of the instance. */
  readonly id: string
  readonly message: Waiting
}

function TakeBack({ id, message }: TakeBackProps) {
  const { words, say } = useApp()
  const may = useMay('operator')
  const readAgain = useReadAgain()
  const cancel = useAct(async () => {
    await ask('DELETE', `instances/${id}/queue/${message.id}`)
    say(words.queue.cancelled)
    await readAgain(`instances/${id}`)
  })
  return (
    <button
      type="button"
      className="small"
      disabled={!may}
      // Keeps its place while the message is sent: on a phone the rows below would move up.
      data-empty={message.status !== 'queued' || undefined}
      aria-label={`${words.queue.cancel}: ${phoneText(message.to)}`}
      onClick={() => cancel.mutate()}
    >
      {words.queue.cancel}
    </button>
  )
}
