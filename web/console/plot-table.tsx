/** The values of a plot, for who cannot see it. */

import { useApp } from './app.js'
import { clockText } from './moments.js'

export interface Series {
  readonly name: string
  /** The class of its colour. */
  readonly tone: string
  readonly values: readonly (number | undefined)[]
}

export interface PlotProps {
  readonly title: string
  readonly moments: readonly number[]
  readonly bucketMs: number
  readonly series: readonly Series[]
  /** A value for people. */
  readonly text: (value: number) => string
}

export function PlotTable({ title, moments, bucketMs, series, text }: PlotProps) {
  const app = useApp()
  const words = app.words.health
  const withDay = bucketMs * moments.length > 36 * 3_600_000
  const filled = moments
    .map((at, index) => ({ at, values: series.map(({ values }) => values[index]) }))
    .filter(({ values }) => values.some((value) => value !== undefined && value > 0))
  return (
    <details>
      <summary>
        {words.asTable}
        <span className="unseen">: {title}</span>
      </summary>
      {/* It scrolls, so the keyboard must reach it. */}
      <div className="plot__table" tabIndex={0} role="region" aria-label={title}>
        <table className="list">
          <thead>
            <tr>
              {[words.time, ...series.map(({ name }) => name)].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {filled.map(({ at, values }) => (
              <tr key={at}>
                <td className="number">{clockText(app, at, withDay)}</td>
                {values.map((value, index) => (
                  <td key={index} className="number">
                    {value === undefined ? '—' : text(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
