/** How an instance does: how long messages take, and what did not arrive. */

import type { HealthAnswer, InstanceAnswer } from '../../gateway/src/console/answers.js'
import type { App } from './app.js'
import { dayText, durationText } from './moments.js'
import { card, choices, problem, skeleton, table } from './parts.js'
import { bars, line } from './plots.js'
import { type Child, h } from './render.js'

const ranges = ['hour', 'day', 'week'] as const

interface Held {
  range: (typeof ranges)[number]
}

export function drawHealth(app: App, { id }: InstanceAnswer): Child {
  const words = app.words.health
  const held = app.hold(`health ${id}`, (): Held => ({ range: 'day' }))
  const { data, refusal } = app.queries.read<HealthAnswer>(
    `instances/${id}/health?range=${held.range}`,
    { everyMs: 15_000 },
  )
  return [
    h(
      'div',
      { class: 'title-row', key: 'title' },
      h('h2', {}, words.title),
      choices(`range-${id}`, words.range, words.ranges, ranges, held.range, (range) => {
        held.range = range
        app.update()
      }),
    ),
    problem(app, refusal),
    data === undefined
      ? refusal === undefined && card(undefined, skeleton(12))
      : drawFigures(app, data),
  ]
}

function drawFigures(app: App, health: HealthAnswer): Child {
  const words = app.words.health
  const { buckets, bucketMs } = health
  const moments = buckets.map(({ at }) => at)
  const plot = {
    moments,
    bucketMs,
    text: (value: number) => (Number.isInteger(value) ? String(value) : ''),
  }
  const codes = [...new Set(buckets.flatMap(({ refusals }) => refusals.map(({ code }) => code)))]
  return [
    health.isPartial && h('p', { class: 'warning' }, words.partial),
    card(words.latency, drawLatency(app, health)),
    card(
      words.volume,
      bars(app, {
        ...plot,
        title: words.accepted,
        series: [
          { name: words.accepted, tone: 'accent', values: buckets.map(({ accepted }) => accepted) },
        ],
      }),
      bars(app, {
        ...plot,
        title: words.notSent,
        series: [
          { name: words.expired, tone: 'warn', values: buckets.map(({ expired }) => expired) },
          { name: words.failed, tone: 'bad', values: buckets.map(({ failed }) => failed) },
        ],
      }),
      line(app, {
        ...plot,
        title: words.latencyOverTime,
        text: (ms) => durationText(app, ms),
        series: [
          { name: words.p95, tone: 'accent', values: buckets.map(({ sentP95Ms }) => sentP95Ms) },
        ],
      }),
    ),
    card(
      words.refusals,
      codes.length === 0
        ? h('p', { class: 'faint' }, words.noRefusals)
        : bars(app, {
            ...plot,
            title: words.refusals,
            series: codes
              .toSorted((one, other) => one - other)
              .map((code, index) => ({
                name: String(code),
                tone: ['bad', 'warn', 'accent', 'quiet'][index % 4] ?? 'quiet',
                values: buckets.map(
                  ({ refusals }) => refusals.find((each) => each.code === code)?.count,
                ),
              })),
          }),
    ),
    card(words.reasons, drawReasons(app, health)),
    card(
      words.restriction,
      health.restrictedUntil === undefined
        ? h('p', { class: 'faint' }, words.unrestricted)
        : h(
            'p',
            { class: 'warning' },
            app.words.overview.restrictedUntil(dayText(app, health.restrictedUntil)),
          ),
    ),
  ]
}

function drawLatency(app: App, health: HealthAnswer): HTMLElement {
  const words = app.words.health
  const time = (ms: number | undefined): string => (ms === undefined ? '—' : durationText(app, ms))
  const rows = ['acceptedToSent', 'sentToDelivered', 'acceptedToDelivered'] as const
  return table(
    words.latency,
    ['', words.half, words.p95, words.p99, words.measured],
    rows.map((row) => ({
      key: row,
      cells: [
        { content: h('strong', {}, words.steps[row]) },
        { class: 'number', content: time(health[row].p50), label: words.half },
        { class: 'number', content: time(health[row].p95), label: words.p95 },
        { class: 'number', content: time(health[row].p99), label: words.p99 },
        { class: 'number', content: health[row].count, label: words.measured },
      ],
    })),
  )
}

function drawReasons(app: App, { failures }: HealthAnswer): HTMLElement {
  const words = app.words.health
  const names: Readonly<Record<string, string>> = words.reasonsOf
  if (failures.length === 0) return h('p', { class: 'faint' }, words.noReasons)
  return h(
    'table',
    { class: 'list' },
    h(
      'tbody',
      {},
      failures.map(({ reason, count }) =>
        h(
          'tr',
          { key: reason },
          h('th', { scope: 'row' }, names[reason] ?? reason),
          h('td', { class: 'number' }, count),
        ),
      ),
    ),
  )
}
