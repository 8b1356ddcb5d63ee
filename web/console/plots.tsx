/** Small plots: bars over time, and a line. Each also stands in a table, for who cannot see it. */

import type { ReactNode } from 'react'
import { useApp } from './app.js'
import { clockText } from './moments.js'
import { type PlotProps, PlotTable } from './plot-table.js'

/** Letters keep their size on a phone, so the drawing is narrower there and not smaller. */
const width = matchMedia('(width < 800px)').matches ? 330 : 1080
const height = 150
const left = 52
const bottom = 20
const top = 8

/** Series stand on one another. */
export function Bars(props: PlotProps) {
  const { series, moments } = props
  const totals = moments.map((_, index) => sum(series.map(({ values }) => values[index] ?? 0)))
  const scale = scaleTo(Math.max(...totals, 1))
  const step = (width - left) / moments.length
  const bars = moments.flatMap((at, index) =>
    series.map(({ values, tone, name }, place) => {
      const value = values[index] ?? 0
      const base = sum(series.slice(0, place).map((below) => below.values[index] ?? 0))
      const y = scale.y(base + value)
      return value === 0 ? undefined : (
        <rect
          key={`${at} ${name}`}
          className={`plot__bar tone-${tone}`}
          x={left + index * step + step * 0.12}
          width={step * 0.76}
          y={y}
          height={Math.max(1, scale.y(base) - y)}
        />
      )
    }),
  )
  return (
    <Figure {...props} scale={scale}>
      {bars}
    </Figure>
  )
}

export function Line(props: PlotProps) {
  const { series, moments } = props
  const all = series.flatMap(({ values }) => values).filter((value) => value !== undefined)
  const scale = scaleTo(Math.max(...all, 1))
  const step = (width - left) / moments.length
  const marks = series.flatMap(({ values, tone, name }) =>
    values.map((value, index) => {
      if (value === undefined) return undefined
      const [x, y] = [left + (index + 0.5) * step, scale.y(value)]
      const before = values[index - 1]
      return (
        <g key={`${moments[index]} ${name}`}>
          {before !== undefined && (
            <line
              className={`plot__line tone-${tone}`}
              x1={x - step}
              y1={scale.y(before)}
              x2={x}
              y2={y}
            />
          )}
          <circle className={`plot__dot tone-${tone}`} cx={x} cy={y} r={2.5} />
        </g>
      )
    }),
  )
  return (
    <Figure {...props} scale={scale}>
      {marks}
    </Figure>
  )
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

interface FigureProps extends PlotProps {
  readonly scale: Scale
  readonly children: ReactNode
}

function Figure({ scale, children, ...props }: FigureProps) {
  const { title, series, text } = props
  return (
    <figure className="plot">
      <figcaption key={series.map(({ name }) => name).join(' ')}>
        {title}
        {series.length > 1 && <Legend series={series} />}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {[0, 0.5, 1].map((share) => {
          const y = scale.y(scale.max * share)
          return (
            <g key={share}>
              <line className="plot__grid" x1={left} x2={width} y1={y} y2={y} />
              <text className="plot__label" x={left - 6} y={y + 3.5} textAnchor="end">
                {text(scale.max * share)}
              </text>
            </g>
          )
        })}
        {children}
        <TimeLabels {...props} />
      </svg>
      <PlotTable {...props} />
    </figure>
  )
}

function Legend({ series }: Pick<PlotProps, 'series'>) {
  return series.map(({ name, tone }) => (
    <span key={name} className="legend">
      <i className={`tone-${tone}`} />
      {name}
    </span>
  ))
}

function TimeLabels({ moments, bucketMs }: PlotProps) {
  const app = useApp()
  const step = (width - left) / moments.length
  const every = Math.ceil(moments.length / (width > 500 ? 6 : 3))
  const withDay = bucketMs * moments.length > 36 * 3_600_000
  return moments.map((at, index) =>
    index % every === 0 && index < moments.length - every / 2 ? (
      <text key={at} className="plot__label" x={left + index * step} y={height - 5}>
        {clockText(app, at, withDay)}
      </text>
    ) : undefined,
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
