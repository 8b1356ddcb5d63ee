/** What is wrong now, what is told of it and where, and a test. */

// Loaded with the page, and not with the first visit.
// oxlint-disable-next-line import/no-unassigned-import
import './alerts.css'
import { useState } from 'react'
import type {
  AlertAnswer,
  AlertsAnswer,
  AlertTestAnswer,
} from '../../../gateway/src/console/alert-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { dayText } from '../moments.js'
import { Page } from '../page.js'
import { Card, Link, Problem, Skeleton } from '../parts.js'
import { refusalText, useReading } from '../reading.js'
import { Needs } from '../role.js'
import { AlertSettings } from './settings.js'
import { alertTexts } from './words.js'

export function AlertsPage() {
  const words = useTexts(alertTexts)
  const { data, refusal } = useReading<AlertsAnswer>('alerts', { everyMs: 10_000 })
  return (
    <Page title={words.title} lead={<p className="lead">{words.lead}</p>}>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={5} />}
      {data !== undefined && (
        <>
          <Card title={words.now}>
            {data.open.length === 0 && <p>{words.fine}</p>}
            <AlertList alerts={data.open} />
          </Card>
          <Channels channels={data.channels} />
          <Needs least="operator">
            <Test />
          </Needs>
          <Needs least="administrator">
            <AlertSettings settings={data.settings} />
          </Needs>
          {data.closed.length > 0 && (
            <Card title={words.recovered}>
              <AlertList alerts={data.closed} />
            </Card>
          )}
        </>
      )}
    </Page>
  )
}

function AlertList({ alerts }: { readonly alerts: readonly AlertAnswer[] }) {
  const app = useApp()
  const words = useTexts(alertTexts)
  const { language } = app
  return (
    <ul className="alerts">
      {alerts.map(({ kind, instanceId, title, cause, cure, since, until, closedAt }) => (
        <li key={`${kind} ${instanceId} ${title.en}`}>
          <strong>{title[language]}</strong>{' '}
          <span className="faint">
            {closedAt === undefined
              ? words.since(dayText(app, since))
              : words.recoveredAt(dayText(app, closedAt))}
          </span>
          {closedAt === undefined && (
            <p>
              {cause[language]} {until !== undefined && `${words.until(dayText(app, until))} `}
              {cure[language]}{' '}
              {instanceId !== undefined && (
                <Link to={{ page: 'instance', id: instanceId, tab: 'overview', item: undefined }}>
                  {words.open}
                </Link>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function Channels({ channels }: Pick<AlertsAnswer, 'channels'>) {
  const app = useApp()
  const words = useTexts(alertTexts)
  const failed = channels.filter(({ problem }) => problem !== undefined)
  return failed.map(({ channel, problem = '', at }) => (
    <p className="problem" role="alert" key={channel}>
      {words.lastFailed(channel, problem, dayText(app, at))}
    </p>
  ))
}

function Test() {
  const app = useApp()
  const words = useTexts(alertTexts)
  const [lines, setLines] = useState<readonly string[]>([])
  const [isTesting, setTesting] = useState(false)
  const test = async (): Promise<void> => {
    setTesting(true)
    try {
      const { results } = await ask<AlertTestAnswer>('POST', 'alerts/test')
      setLines(
        results.map(({ channel, problem, tookMs }) =>
          problem === undefined ? words.took(channel, tookMs) : words.refused(channel, problem),
        ),
      )
    } catch (error) {
      setLines([refusalText(app, error instanceof Error ? error : new Error())])
    }
    setTesting(false)
  }
  return (
    <Card title={words.test}>
      <p className="hint">{words.testHint}</p>
      <div role="status">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <div className="actions">
        <button type="button" aria-disabled={isTesting || undefined} onClick={() => void test()}>
          {isTesting ? words.testing : words.test}
        </button>
      </div>
    </Card>
  )
}
