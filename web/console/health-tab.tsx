/** How an instance does: how long messages take, and what did not arrive. */

import type { HealthAnswer } from '../../gateway/src/console/health-answers.js'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { useApp } from './app.js'
import { Choices } from '../shared/choices.js'
import { dayText, durationText } from './moments.js'
import { Card, Problem, Skeleton } from './parts.js'
import { Bars, Line } from './plots.js'
import { useKept, useReading } from './reading.js'
import { Table } from './table.js'

const ranges = ['hour', 'day', 'week'] as const
type Range = (typeof ranges)[number]

interface HealthTabProps {
  readonly instance: InstanceAnswer
}

export function HealthTab({ instance: { id } }: HealthTabProps) {
  const words = useApp().words.health
  const [{ range }, change] = useKept(`health ${id}`, (): { range: Range } => ({ range: 'day' }))
  const path = `instances/${id}/health?range=${range}`
  const { data, refusal } = useReading<HealthAnswer>(path, { everyMs: 15_000 })
  return (
    <>
      <div className="title-row">
        <div>
          <h2>{words.title}</h2>
          <p className="hint steady">
            {data !== undefined && (data.isPartial ? words.partial : words.whole)}
          </p>
        </div>
        <Choices
          name="range"
          legend={words.range}
          labels={words.ranges}
          order={ranges}
          chosen={range}
          choose={(chosen) => change({ range: chosen })}
        />
      </div>
      {data === undefined && <Problem refusal={refusal} />}
      {data !== undefined && <Figures health={data} />}
      {data === undefined && refusal === undefined && (
        <section className="card">
          <Skeleton rows={12} />
        </section>
      )}
    </>
  )
}

interface HealthProps {
  readonly health: HealthAnswer
}

/** All but the last have one height, whatever they show: news moves nothing. */
function Figures({ health }: HealthProps) {
  const app = useApp()
  const words = app.words.health
  const { restrictedUntil } = health
  return (
    <>
      <Card title={words.latency}>
        <Latency health={health} />
      </Card>
      <Card title={words.volume}>
        <Volume health={health} />
      </Card>
      <Card title={words.refusals}>
        <Refusals health={health} />
      </Card>
      <Card title={words.restriction}>
        <p
          className={
            restrictedUntil === undefined
              ? 'faint steady steady--long'
              : 'warned steady steady--long'
          }
        >
          {restrictedUntil === undefined
            ? words.unrestricted
            : app.words.overview.restrictedUntil(dayText(app, restrictedUntil))}
        </p>
      </Card>
      <Card title={words.reasons}>
        <Reasons health={health} />
      </Card>
    </>
  )
}

const latencies = ['acceptedToSent', 'sentToDelivered', 'acceptedToDelivered'] as const

function Latency({ health }: HealthProps) {
  const app = useApp()
  const words = app.words.health
  const time = (ms: number | undefined): string => (ms === undefined ? '—' : durationText(app, ms))
  return (
    <Table
      caption={words.latency}
      columns={[
        { heading: '' },
        { heading: words.half, class: 'column-figure' },
        { heading: words.p95, class: 'column-figure' },
        { heading: words.p99, class: 'column-figure' },
        { heading: words.measured, class: 'column-figure' },
      ]}
      rows={latencies.map((row) => ({
        key: row,
        cells: [
          { content: <strong>{words.steps[row]}</strong> },
          { class: 'number', content: time(health[row].p50), label: words.half },
          { class: 'number', content: time(health[row].p95), label: words.p95 },
          { class: 'number', content: time(health[row].p99), label: words.p99 },
          { class: 'number', content: health[row].count, label: words.measured },
        ],
      }))}
    />
  )
}

function plotOf({ buckets, bucketMs }: HealthAnswer) {
  return {
    moments: buckets.map(({ at }) => at),
    bucketMs,
    text: (value: number) => (Number.isInteger(value) ? String(value) : ''),
  }
}

function Volume({ health }: HealthProps) {
  const app = useApp()
  const words = app.words.health
  const { buckets } = health
  const plot = plotOf(health)
  return (
    <>
      <Bars
        {...plot}
        title={words.accepted}
        series={[
          { name: words.accepted, tone: 'accent', values: buckets.map(({ accepted }) => accepted) },
        ]}
      />
      <Bars
        {...plot}
        title={words.notSent}
        series={[
          { name: words.expired, tone: 'warn', values: buckets.map(({ expired }) => expired) },
          { name: words.failed, tone: 'bad', values: buckets.map(({ failed }) => failed) },
        ]}
      />
      <Line
        {...plot}
        title={words.latencyOverTime}
        text={(ms) => (ms === 0 ? '0 s' : durationText(app, ms))}
        series={[
          { name: words.p95, tone: 'accent', values: buckets.map(({ sentP95Ms }) => sentP95Ms) },
        ]}
      />
    </>
  )
}

const tonesOfCodes = ['bad', 'warn', 'accent', 'quiet'] as const

function Refusals({ health }: HealthProps) {
  const words = useApp().words.health
  const { buckets } = health
  const codes = new Set(buckets.flatMap(({ refusals }) => refusals.map(({ code }) => code)))
  const sorted = [...codes].toSorted((one, other) => one - other)
  // Without any there is one row of nothing: the axes stay.
  const nothing = { name: words.noRefusals, tone: 'quiet', values: [] }
  return (
    <Bars
      {...plotOf(health)}
      title={sorted.length === 0 ? words.noRefusals : words.refusals}
      series={
        sorted.length === 0
          ? [nothing]
          : sorted.map((code, index) => ({
              name: String(code),
              tone: tonesOfCodes[index % tonesOfCodes.length] ?? 'quiet',
              values: buckets.map(
                ({ refusals }) => refusals.find((each) => each.code === code)?.count,
              ),
            }))
      }
    />
  )
}

function Reasons({ health: { failures } }: HealthProps) {
  const words = useApp().words.health
  const names: Readonly<Record<string, string>> = words.reasonsOf
  if (failures.length === 0) return <p className="faint">{words.noReasons}</p>
  return (
    <table className="list">
      <tbody>
        {failures.map(({ reason, count }) => (
          <tr key={reason}>
            <th scope="row">{names[reason] ?? reason}</th>
            <td className="number column-figure">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
