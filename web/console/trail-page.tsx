/** The audit trail: who did what, from where. */

import type { AuditAnswer, AuditRecord } from '../../gateway/src/console/audit-answers.js'
import { texts, useTexts } from '../shared/texts.js'
import { type App, useApp } from './app.js'
import { causeText } from './cause-text.js'
import { InstanceFilter, useChosenInstance } from './instance-filter.js'
import { momentText } from './moments.js'
import { Page } from './page.js'
import { PagedList } from './paged-list.js'
import { Link } from './parts.js'
import type { Row } from './table.js'

const linkTexts = texts({ refused: 'Refused calls' }, { refused: 'Chamadas recusadas' })

export function TrailPage() {
  const app = useApp()
  const words = app.words.trail
  const { refused } = useTexts(linkTexts)
  const chosen = useChosenInstance()
  return (
    <Page
      title={words.title}
      lead={<p className="lead">{words.lead}</p>}
      beside={
        <Link to={{ page: 'refused' }} className="button">
          {refused}
        </Link>
      }
    >
      <section className="card">
        <InstanceFilter />
        <PagedList<AuditAnswer, AuditRecord>
          key={chosen}
          path={chosen === '' ? 'audit' : `audit?instance=${chosen}`}
          everyMs={15_000}
          itemsOf={(page) => page.records}
          keyOf={({ sequence }) => String(sequence)}
          caption={words.title}
          columns={[
            { heading: words.act },
            { heading: words.at, class: 'column-moment' },
            { heading: words.instance, class: 'column-kind' },
            { heading: words.from, class: 'column-address' },
            { heading: words.by, class: 'column-status' },
          ]}
          rowOf={(record) => rowOf(app, record)}
          empty={words.empty}
        />
      </section>
    </Page>
  )
}

function rowOf(app: App, record: AuditRecord): Omit<Row, 'key'> {
  const { trail } = app.words
  const { acts, roles }: Readonly<Record<'acts' | 'roles', Readonly<Record<string, string>>>> =
    trail
  const { instanceId: id, instanceName } = record
  return {
    cells: [
      {
        class: 'wraps',
        content: (
          <>
            {acts[record.act] ?? record.act}
            {record.detail !== undefined && (
              <span className="faint beside">
                {roles[record.detail] ?? causeText(app, record.detail)}
              </span>
            )}
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
      { class: 'number wraps', content: record.address },
      {
        class: 'wraps',
        content: (
          <>
            {record.name ?? roles[record.role] ?? record.role}
            {record.name !== undefined && record.role !== 'administrator' && (
              <span className="faint beside">{roles[record.role] ?? record.role}</span>
            )}
          </>
        ),
      },
    ],
  }
}
