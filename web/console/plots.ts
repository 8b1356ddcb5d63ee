/** Small plots: bars over time, and a line. Each also stands in a table, for who can not see it. */

import type { App } from './app.js'
import { clockText } from './moments.js'
import { type Child, h, svg } from './render.js'

export interface Series {
  readonly name: string
  /** The class of its colour. */
  readonly tone: string
  readonly values: readonly (number | undefined)[]
}

export interface PlotOptions {
  readonly title: string
  readonly moments: readonly number[]
  readonly bucketMs: number
  readonly series: readonly Series[]
  /** A value for people. */
  readonly text: (value: number) => string
}

/** Letters keep their size on a phone, so the drawing is narrower there and not smaller. */
const width = matchMedia('(width < 800px)').matches ? 330 : 720
const height = 150
const left = 52
const bottom = 20
const top = 8

/** Series stand on one another. */
export function bars(app: App, options: PlotOptions): HTMLElement {
  const { series, moments } = options
  const totals = moments.map((_, index) => sum(series.map(({ values }) => values[index] ?? 0)))
  const scale = scaleTo(Math.max(...totals, 1))
  const step = (width - left) / moments.length
  const rects = moments.flatMap((_, index) => {
    let base = 0
    return series.flatMap(({ values, tone }) => {
      const value = values[index] ?? 0
      if (value === 0) return []
      const y = scale.y(base + value)
      const rect = svg('rect', {
        class: `plot__bar tone-${tone}`,
        x: left + index * step + step * 0.12,
        width: step * 0.76,
        y,
        height: Math.max(1, scale.y(base) - y),
      })
      base += value
      return [rect]
    })
  })
  return figure(app, options, scale, rects)
}

export function line(app: App, options: PlotOptions): HTMLElement {
  const { series, moments } = options
  const all = series.flatMap(({ values }) => values).filter((value) => value !== undefined)
  const scale = scaleTo(Math.max(...all, 1))
  const step = (width - left) / moments.length
  const marks = series.flatMap(({ values, tone }) =>
    values.flatMap((value, index) => {
      if (value === undefined) return []
      const [x, y] = [left + (index + 0.5) * step, scale.y(value)]
      const before = values[index - 1]
      return [
        ...(before === undefined
          ? []
          : [
              svg('line', {
                class: `plot__line tone-${tone}`,
                x1: x - step,
                y1: scale.y(before),
                x2: x,
                y2: y,
              }),
            ]),
        svg('circle', { class: `plot__dot tone-${tone}`, cx: x, cy: y, r: 2.5 }),
      ]
    }),
  )
  return figure(app, options, scale, marks)
}

interface Scale {
  readonly max: number
  y(value: number): number
}

function scaleTo(largest: number): Scale {
  const max = niceAbove(largest)
  return { max, y: (value) => top + (1 - value / max) * (height - top - bottom) }
}

/** 1, 2 or 5 times a power of ten. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power
}

function figure(
  app: App,
  options: PlotOptions,
  scale: Scale,
  marks: readonly Child[],
): HTMLElement {
  const { title, series, text } = options
  return h(
    'figure',
    { class: 'plot' },
    h(
      'figcaption',
      {},
      title,
      series.length > 1 &&
        series.map(({ name, tone }) =>
          h('span', { class: 'legend' }, h('i', { class: `tone-${tone}` }), name),
        ),
    ),
    svg(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
      [0, 0.5, 1].map((share) => {
        const y = scale.y(scale.max * share)
        return [
          svg('line', { class: 'plot__grid', x1: left, x2: width, y1: y, y2: y }),
          svg(
            'text',
            { class: 'plot__label', x: left - 6, y: y + 3.5, 'text-anchor': 'end' },
            text(scale.max * share),
          ),
        ]
      }),
      marks,
      timeLabels(app, options),
    ),
    asTable(app, options),
  )
}

function timeLabels(app: App, { moments, bucketMs }: PlotOptions): Child {
  const step = (width - left) / moments.length
  const every = Math.ceil(moments.length / (width > 500 ? 6 : 3))
  const withDay = bucketMs * moments.length > 36 * 3_600_000
  return moments.flatMap((at, index) =>
    index % every === 0 && index < moments.length - every / 2
      ? [
          svg(
            'text',
            { class: 'plot__label', x: left + index * step, y: height - 5 },
            clockText(app, at, withDay),
          ),
        ]
      : [],
  )
}

function asTable(app: App, { title, moments, bucketMs, series, text }: PlotOptions): HTMLElement {
  const withDay = bucketMs * moments.length > 36 * 3_600_000
  const filled = moments
    .map((at, index) => ({ at, values: series.map(({ values }) => values[index]) }))
    .filter(({ values }) => values.some((value) => value !== undefined && value > 0))
  return h(
    'details',
    {},
    h('summary', {}, app.words.health.asTable, h('span', { class: 'unseen' }, `: ${title}`)),
    h(
      'table',
      { class: 'list' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          [app.words.health.time, ...series.map(({ name }) => name)].map((name) =>
            h('th', { scope: 'col' }, name),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        filled.map(({ at, values }) =>
          h(
            'tr',
            { key: at },
            h('td', { class: 'number' }, clockText(app, at, withDay)),
            values.map((value) =>
              h('td', { class: 'number' }, value === undefined ? '—' : text(value)),
            ),
          ),
        ),
      ),
    ),
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
