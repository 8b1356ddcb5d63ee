/** The audit trail: who did what, from where. */

import type { AuditAnswer, AuditRecord } from '../../gateway/src/console/audit-answers.js'
import { type App, useApp } from './app.js'
import { momentText } from './moments.js'
import { Page } from './page.js'
import { Link, Problem, Skeleton } from './parts.js'
import { usePages } from './reading.js'
import { type Row, Table } from './table.js'

export function TrailPage() {
  const app = useApp()
  const words = app.words.trail
  const { pages, refusal, more, isReadingMore } = usePages<AuditAnswer>('audit', {
    everyMs: 15_000,
  })
  const records = pages?.flatMap((page) => page.records)
  return (
    <Page title={words.title} lead={<p className="lead">{words.lead}</p>}>
      <section className="card">
        <Problem refusal={refusal} />
        {records === undefined && refusal === undefined && <Skeleton rows={8} />}
        {records?.length === 0 && <p className="empty">{words.empty}</p>}
        {records !== undefined && records.length > 0 && (
          <Table
            caption={words.title}
            headings={[words.act, words.at, words.instance, words.from, words.by]}
            rows={records.map((record) => rowOf(app, record))}
          />
        )}
        {more !== undefined && (
          <button type="button" onClick={more} disabled={isReadingMore}>
            {app.words.more}
          </button>
        )}
      </section>
    </Page>
  )
}

function rowOf(app: App, record: AuditRecord): Row {
  const { trail } = app.words
  const { acts, roles }: Readonly<Record<'acts' | 'roles', Readonly<Record<string, string>>>> =
    trail
  const { instanceId: id, instanceName } = record
  return {
    key: String(record.sequence),
    cells: [
      {
        content: (
          <>
            {acts[record.act] ?? record.act}
            {record.detail !== undefined && <span className="faint beside">{record.detail}</span>}
          </>
        ),
      },
      { class: 'number', content: momentText(app, record.at) },
      {
        content:
          id === undefined || instanceName === undefined ? (
            <span className="faint">{id === undefined ? '—' : trail.gone}</span>
          ) : (
            <Link to={{ page: 'instance', id, tab: 'overview', item: undefined }}>
              {instanceName}
            </Link>
          ),
      },
      { class: 'number', content: record.address },
      { class: 'wide-only', content: roles[record.role] ?? record.role },
    ],
  }
}
