/** What the outside was told of an instance, and telling it again. */

import type {
  CallbackAnswer,
  CallbacksAnswer,
  CallbackSummary,
  InstanceAnswer,
} from '../../gateway/src/console/answers.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { dayText, momentText } from './moments.js'
import { choices, facts, link, pill, problem, skeleton, table } from './parts.js'
import { saying } from './queue-tab.js'
import { type Child, h } from './render.js'

const filters = ['all', 'pending', 'done', 'dead'] as const

interface List {
  show: (typeof filters)[number]
  pages: number
}

const toneOf = { pending: 'busy', done: 'good', dead: 'bad' } as const

export function drawCallbacks(app: App, { id }: InstanceAnswer, item: string | undefined): Child {
  const words = app.words.callbacks
  const held = app.hold(`callbacks ${id}`, (): List => ({ show: 'all', pages: 1 }))
  return [
    item !== undefined && drawCallback(app, id, item),
    h(
      'section',
      { class: 'card', key: 'list' },
      h(
        'div',
        { class: 'title-row' },
        h('div', {}, h('h2', {}, words.title), h('p', { class: 'hint' }, words.lead)),
        choices(
          `callbacks-${id}`,
          app.words.messages.show,
          words.filters,
          filters,
          held.show,
          (show) => {
            Object.assign(held, { show, pages: 1 })
            app.update()
          },
        ),
      ),
      drawList(app, id, held, item),
    ),
  ]
}

function drawList(app: App, id: string, held: List, item: string | undefined): Child {
  const callbacks: CallbackSummary[] = []
  let before: number | undefined
  for (let page = 0; page < held.pages; page += 1) {
    const query = [
      ...(held.show === 'all' ? [] : [`status=${held.show}`]),
      ...(before === undefined ? [] : [`before=${before}`]),
    ].join('&')
    const path = `instances/${id}/callbacks${query === '' ? '' : `?${query}`}`
    const { data, refusal } = app.queries.read<CallbacksAnswer>(path, { everyMs: 5_000 })
    if (refusal !== undefined) return problem(app, refusal)
    if (data === undefined) return skeleton(8)
    callbacks.push(...data.callbacks)
    before = data.next
    if (before === undefined) break
  }
  if (callbacks.length === 0) return h('p', { class: 'empty' }, app.words.callbacks.empty)
  const more = (): void => {
    held.pages += 1
    app.update()
  }
  return [
    drawTable(app, id, callbacks, item),
    before !== undefined && h('button', { type: 'button', onclick: more }, app.words.more),
  ]
}

function drawTable(
  app: App,
  id: string,
  callbacks: readonly CallbackSummary[],
  item: string | undefined,
): HTMLElement {
  const words = app.words.callbacks
  return table(
    words.title,
    [words.kind, app.words.messages.status, words.to, words.created, words.attempts],
    callbacks.map((callback) => ({
      key: callback.id,
      class: callback.id === item ? 'chosen' : '',
      cells: [
        {
          content: link(
            app,
            { page: 'instance', id, tab: 'callbacks', item: callback.id },
            { class: 'row-link' },
            kindText(app, callback.kind),
          ),
        },
        { content: pill(toneOf[callback.status], words.statuses[callback.status]) },
        { class: 'clipped', content: callback.url },
        { class: 'number', content: momentText(app, callback.createdAt) },
        { class: 'number wide-only', content: callback.attempts },
      ],
    })),
  )
}

function drawCallback(app: App, id: string, item: string): HTMLElement {
  const words = app.words.callbacks
  const path = `instances/${id}/callbacks/${item}`
  const { data, refusal } = app.queries.read<CallbackAnswer>(path, { everyMs: 5_000 })
  const replay = async (): Promise<void> => {
    await ask('POST', `${path}/replay`)
    app.say(words.replayed)
    app.queries.invalidate(`instances/${id}/callbacks`)
  }
  return h(
    'section',
    { class: 'card card--important', key: `callback ${item}` },
    h(
      'div',
      { class: 'title-row' },
      h(
        'h2',
        { tabindex: -1, 'data-focus': true },
        data === undefined ? words.body : kindText(app, data.kind),
      ),
      h(
        'span',
        { class: 'pills' },
        data && pill(toneOf[data.status], words.statuses[data.status]),
        data?.status === 'dead' &&
          h(
            'button',
            { type: 'button', class: 'small', onclick: () => void saying(app, replay) },
            words.replay,
          ),
        link(
          app,
          { page: 'instance', id, tab: 'callbacks', item: undefined },
          { class: 'button small' },
          app.words.close,
        ),
      ),
    ),
    problem(app, refusal),
    data === undefined ? refusal === undefined && skeleton(6) : drawBody(app, data),
  )
}

function drawBody(app: App, callback: CallbackAnswer): Child {
  const words = app.words.callbacks
  return [
    facts([
      [words.to, h('code', { class: 'wraps' }, callback.url)],
      [words.attempts, callback.attempts],
      [words.error, callback.error ?? '—'],
      [words.created, dayText(app, callback.createdAt)],
      [words.ended, callback.endedAt === undefined ? '—' : dayText(app, callback.endedAt)],
    ]),
    callback.body === undefined
      ? h('p', { class: 'faint' }, words.bodyGone)
      : [
          h(
            'pre',
            { tabindex: 0, 'aria-label': words.body },
            JSON.stringify(callback.body, null, 2),
          ),
          h('p', { class: 'hint' }, words.bodyMasked),
        ],
  ]
}

/** Another dialect may tell of kinds that have no name here. */
function kindText(app: App, kind: string): string {
  const names: Readonly<Record<string, string>> = app.words.kinds
  return names[kind] ?? kind
}
