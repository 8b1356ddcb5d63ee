/** The messages of an instance, and the course of one of them. */

import type {
  InstanceAnswer,
  MessageAnswer,
  MessagesAnswer,
  MessageSummary,
  TimelineStep,
} from '../../gateway/src/console/answers.js'
import type { App } from './app.js'
import { dayText, durationText, momentText, phoneText } from './moments.js'
import { choices, copyable, facts, link, problem, skeleton, statusPill, table } from './parts.js'
import { type Child, h } from './render.js'

const filters = ['all', 'waiting', 'arrived', 'failed'] as const

interface List {
  show: (typeof filters)[number]
  pages: number
}

export function drawMessages(app: App, { id }: InstanceAnswer, item: string | undefined): Child {
  const words = app.words.messages
  const held = app.hold(`messages ${id}`, (): List => ({ show: 'all', pages: 1 }))
  return [
    item !== undefined && drawMessage(app, id, item),
    h(
      'section',
      { class: 'card', key: 'list' },
      h(
        'div',
        { class: 'title-row' },
        h('h2', {}, words.title),
        choices(`show-${id}`, words.show, words.filters, filters, held.show, (show) => {
          Object.assign(held, { show, pages: 1 })
          app.update()
        }),
      ),
      drawList(app, id, held, item),
    ),
  ]
}

function drawList(app: App, id: string, held: List, item: string | undefined): Child {
  const words = app.words.messages
  const messages: MessageSummary[] = []
  let before: number | undefined
  for (let page = 0; page < held.pages; page += 1) {
    const place = before === undefined ? '' : `&before=${before}`
    const { data, refusal } = app.queries.read<MessagesAnswer>(
      `instances/${id}/messages?show=${held.show}${place}`,
      { everyMs: 15_000 },
    )
    if (refusal !== undefined) return problem(app, refusal)
    if (data === undefined)
      return page === 0 ? skeleton(8) : [drawTable(app, id, messages, item), skeleton(2)]
    messages.push(...data.messages)
    before = data.next
    if (before === undefined) break
  }
  if (messages.length === 0) return h('p', { class: 'empty' }, words.empty)
  const more = (): void => {
    held.pages += 1
    app.update()
  }
  return [
    drawTable(app, id, messages, item),
    before !== undefined && h('button', { type: 'button', onclick: more }, app.words.more),
  ]
}

function drawTable(
  app: App,
  id: string,
  messages: readonly MessageSummary[],
  item: string | undefined,
): HTMLElement {
  const words = app.words.messages
  return table(
    words.title,
    [words.to, words.status, words.accepted, words.took],
    messages.map((message) => ({
      key: message.id,
      class: message.id === item ? 'chosen' : '',
      cells: [
        {
          class: 'number',
          content: link(
            app,
            { page: 'instance', id, tab: 'messages', item: message.id },
            { class: 'row-link', 'aria-label': words.open(phoneText(message.to)) },
            phoneText(message.to),
          ),
        },
        {
          content: [
            statusPill(app, message.status),
            h('span', { class: 'faint beside' }, message.fellBack ? words.asText : message.code),
          ],
        },
        { class: 'number', content: momentText(app, message.acceptedAt) },
        { class: 'number', content: tookOf(app, message) },
      ],
    })),
  )
}

/** From accepted to the phone, or as far as it came. */
function tookOf(app: App, { acceptedAt, sentAt, deliveredAt, readAt }: MessageSummary): string {
  const at = deliveredAt ?? readAt ?? sentAt
  return at === undefined ? '—' : durationText(app, Math.max(0, at - acceptedAt))
}

function drawMessage(app: App, id: string, item: string): HTMLElement {
  const words = app.words.messages
  const { data, refusal } = app.queries.read<MessageAnswer>(`instances/${id}/messages/${item}`, {
    everyMs: 5_000,
  })
  const close = link(
    app,
    { page: 'instance', id, tab: 'messages', item: undefined },
    { class: 'button small' },
    app.words.close,
  )
  return h(
    'section',
    { class: 'card card--important', key: `message ${item}` },
    h(
      'div',
      { class: 'title-row' },
      h(
        'h2',
        { tabindex: -1, 'data-focus': true },
        words.course,
        data && ` · ${phoneText(data.to)}`,
      ),
      h('span', { class: 'pills' }, data && statusPill(app, data.status), close),
    ),
    problem(app, refusal),
    data === undefined ? refusal === undefined && skeleton(5) : drawCourse(app, data),
  )
}

function drawCourse(app: App, message: MessageAnswer): Child {
  const words = app.words.messages
  const { diagnosis, steps, acceptedAt } = message
  return [
    diagnosis !== undefined &&
      h(
        'div',
        { class: 'diagnosis', key: 'diagnosis' },
        h('p', {}, h('strong', {}, words.cause), ' ', diagnosis.cause[app.language]),
        h('p', {}, h('strong', {}, words.cure), ' ', diagnosis.cure[app.language]),
      ),
    h(
      'ol',
      { class: 'timeline' },
      steps.map((step, index) => drawStep(app, step, acceptedAt, index)),
    ),
    facts([
      [words.id, copyable(app, message.id, words.id)],
      [words.whatsappId, copyable(app, message.whatsappId, words.whatsappId)],
      [words.expires, message.expiresAt === undefined ? '—' : dayText(app, message.expiresAt)],
    ]),
  ]
}

const badSteps = new Set<TimelineStep['kind']>(['failed', 'expired'])
const goodSteps = new Set<TimelineStep['kind']>(['delivered', 'read', 'played'])

function drawStep(app: App, step: TimelineStep, acceptedAt: number, index: number): HTMLElement {
  const { steps, outcomes } = app.words
  const { kind, at, outcome, refusalCode } = step
  const isBad = badSteps.has(kind) || outcome === 'refused' || outcome === 'no-such-recipient'
  const tone = isBad ? 'bad' : goodSteps.has(kind) ? 'good' : 'quiet'
  const code = refusalCode === undefined ? '' : ` (${refusalCode})`
  const detail = outcome === undefined ? '' : `: ${outcomes[outcome]}${code}`
  return h(
    'li',
    { class: `timeline__step timeline__step--${tone}`, key: `${index} ${kind}` },
    h('span', {}, steps[kind], detail),
    h('span', { class: 'number faint' }, momentText(app, at)),
    h(
      'span',
      { class: 'number faint' },
      index === 0 ? '' : `+${durationText(app, Math.max(0, at - acceptedAt))}`,
    ),
  )
}
