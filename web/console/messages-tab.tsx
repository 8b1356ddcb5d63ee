/** The messages of an instance. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import type { MessageSummary, MessagesAnswer } from '../../gateway/src/console/message-answers.js'
import { type App, useApp } from './app.js'
import { Choices } from './choices.js'
import { Course } from './course.js'
import { durationText, momentText, phoneText } from './moments.js'
import { Link, Problem, Skeleton, StatusPill } from './parts.js'
import { useKept, usePages } from './reading.js'
import { type Row, Table } from './table.js'
import { Ticks } from './ticks.js'

const filters = ['all', 'waiting', 'arrived', 'failed'] as const
type Filter = (typeof filters)[number]

interface MessagesProps {
  readonly instance: InstanceAnswer
  readonly item: string | undefined
}

export function MessagesTab({ instance: { id }, item }: MessagesProps) {
  const words = useApp().words.messages
  const [{ show }, change] = useKept(`messages ${id}`, (): { show: Filter } => ({ show: 'all' }))
  return (
    <>
      {item !== undefined && <Course key={item} id={id} item={item} />}
      <section className="card">
        <div className="title-row">
          <h2>{words.title}</h2>
          <Choices
            name="show"
            legend={words.show}
            labels={words.filters}
            order={filters}
            chosen={show}
            choose={(chosen) => change({ show: chosen })}
          />
        </div>
        <List id={id} show={show} item={item} />
      </section>
    </>
  )
}

interface ListProps {
  /** Of the instance. */
  readonly id: string
  readonly show: Filter
  readonly item: string | undefined
}

function List({ id, show, item }: ListProps) {
  const app = useApp()
  const words = app.words.messages
  const path = `instances/${id}/messages?show=${show}`
  const { pages, refusal, more, isReadingMore } = usePages<MessagesAnswer>(path, {
    everyMs: 15_000,
  })
  if (pages === undefined)
    return refusal === undefined ? <Skeleton rows={8} /> : <Problem refusal={refusal} />
  const messages = pages.flatMap((page) => page.messages)
  if (messages.length === 0) return <p className="empty">{words.empty}</p>
  return (
    <>
      <Problem refusal={refusal} />
      <Table
        caption={words.title}
        headings={[words.to, words.status, words.accepted, words.took]}
        rows={messages.map((message) => ({
          ...rowOf(app, id, message),
          isChosen: message.id === item,
        }))}
      />
      {more !== undefined && (
        <button type="button" onClick={more} disabled={isReadingMore}>
          {app.words.more}
        </button>
      )}
    </>
  )
}

function rowOf(app: App, id: string, message: MessageSummary): Row {
  const words = app.words.messages
  const to = phoneText(message.to)
  return {
    key: message.id,
    cells: [
      {
        class: 'number',
        content: (
          <Link
            to={{ page: 'instance', id, tab: 'messages', item: message.id }}
            className="row-link"
            aria-label={words.open(to)}
          >
            {to}
          </Link>
        ),
      },
      {
        content: (
          <>
            <StatusPill status={message.status} />
            <Ticks status={message.status} />
            <span className="faint beside">{message.fellBack ? words.asText : message.code}</span>
          </>
        ),
      },
      { class: 'number', content: momentText(app, message.acceptedAt) },
      { class: 'number', content: tookOf(app, message) },
    ],
  }
}

/** From accepted to the phone, or as far as it came. */
function tookOf(app: App, { acceptedAt, sentAt, deliveredAt, readAt }: MessageSummary): string {
  const at = deliveredAt ?? readAt ?? sentAt
  return at === undefined ? '—' : durationText(app, Math.max(0, at - acceptedAt))
}
