/** What waits in the line of an instance, and taking it back. */

import type {
  CancelledAnswer,
  InstanceAnswer,
  QueueAnswer,
} from '../../gateway/src/console/answers.js'
import { ask, Refusal } from './api.js'
import type { App } from './app.js'
import { momentText, phoneText } from './moments.js'
import { guarded, problem, refusalText, skeleton, statusPill, table } from './parts.js'
import { type Child, h } from './render.js'

export function drawQueue(app: App, { id }: InstanceAnswer): Child {
  const words = app.words.queue
  const path = `instances/${id}/queue`
  const { data, refusal } = app.queries.read<QueueAnswer>(path, { everyMs: 5_000 })
  const cancelAll = async (): Promise<void> => {
    const { cancelled, kept } = await ask<CancelledAnswer>('DELETE', path)
    app.say(words.cancelledAll(cancelled, kept))
    app.queries.invalidate(`instances/${id}`)
  }
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, words.title),
    problem(app, refusal),
    data === undefined
      ? skeleton(5)
      : h('p', { role: 'status' }, data.count === 0 ? words.empty : words.count(data.count)),
    data !== undefined && data.count > 0 && drawTable(app, id, data),
    data !== undefined &&
      data.count > 1 &&
      guarded(
        app,
        `cancel all ${id}`,
        { ask: words.cancelAll, really: words.cancelAllReally, yes: words.cancelAllYes },
        () => saying(app, cancelAll),
      ),
  )
}

function drawTable(app: App, id: string, { messages }: QueueAnswer): HTMLElement {
  const words = app.words.messages
  const cancel = async (messageId: string): Promise<void> => {
    await ask('DELETE', `instances/${id}/queue/${messageId}`)
    app.say(app.words.queue.cancelled)
    app.queries.invalidate(`instances/${id}`)
  }
  return table(
    app.words.queue.title,
    [
      words.to,
      words.status,
      words.accepted,
      h('span', { class: 'unseen' }, app.words.queue.cancel),
    ],
    messages.map((message) => ({
      key: message.id,
      cells: [
        { class: 'number', content: phoneText(message.to) },
        {
          content: [
            statusPill(app, message.status),
            h('span', { class: 'faint beside' }, message.code),
          ],
        },
        { class: 'number', content: momentText(app, message.acceptedAt) },
        {
          class: 'end',
          content:
            message.status === 'queued' &&
            h(
              'button',
              {
                type: 'button',
                class: 'small',
                'aria-label': `${app.words.queue.cancel}: ${phoneText(message.to)}`,
                onclick: () => void saying(app, () => cancel(message.id)),
              },
              app.words.queue.cancel,
            ),
        },
      ],
    })),
  )
}

/** What goes wrong is said at the bottom of the screen. */
export async function saying(app: App, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    app.say(refusalText(app, cause))
  }
}
