/** The messages of an instance, and what happened to the one that is opened. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import type { MessagesAnswer, MessageSummary } from '../../gateway/src/console/message-answers.js'
import { type App, useApp } from './app.js'
import { Choices } from '../shared/choices.js'
import { MessageDetail } from './message-detail.js'
import { durationText, momentText, phoneText } from './moments.js'
import { PagedList } from './paged-list.js'
import { Link, Split } from './parts.js'
import { useKept } from './reading.js'
import { StatusMark } from './status.js'
import type { Row } from './table.js'

const filters = ['all', 'waiting', 'arrived', 'failed'] as const
type Filter = (typeof filters)[number]

interface MessagesProps {
  readonly instance: InstanceAnswer
  readonly item: string | undefined
}

export function MessagesTab({ instance: { id }, item }: MessagesProps) {
  const app = useApp()
  const words = app.words.messages
  const list = { page: 'instance', id, tab: 'messages', item: undefined } as const
  const [{ show }, change] = useKept(`messages ${id}`, (): { show: Filter } => ({ show: 'all' }))
  return (
    <Split
      detail={item !== undefined && <MessageDetail key={item} id={id} item={item} back={list} />}
    >
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
        <PagedList<MessagesAnswer, MessageSummary>
          key={show}
          path={`instances/${id}/messages?show=${show}`}
          everyMs={15_000}
          itemsOf={(page) => page.messages}
          keyOf={(message) => message.id}
          caption={words.title}
          columns={[
            { heading: words.to },
            { heading: words.accepted, class: 'column-moment' },
            { heading: words.status, class: 'column-status' },
            { heading: words.took, class: 'column-number' },
          ]}
          rowOf={(message) => ({ ...rowOf(app, id, message), isChosen: message.id === item })}
          empty={show === 'all' ? words.empty : words.emptyFilter}
        />
      </section>
    </Split>
  )
}

function rowOf(app: App, id: string, message: MessageSummary): Omit<Row, 'key'> {
  const words = app.words.messages
  const to = phoneText(message.to)
  return {
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
      { class: 'number', content: momentText(app, message.acceptedAt) },
      {
        content: (
          <StatusMark
            status={message.status}
            beside={message.fellBack ? words.asText : message.code}
          />
        ),
      },
      { class: 'number', content: tookOf(app, message) },
    ],
  }
}

/** From accepted to the phone, or as far as it came. */
function tookOf(app: App, { acceptedAt, sentAt, deliveredAt, readAt }: MessageSummary): string {
  const at = deliveredAt ?? readAt ?? sentAt
  return at === undefined ? '—' : durationText(app, Math.max(0, at - acceptedAt))
}
