/** The messages of all instances: search, filters in the address, and what happened to the one that is opened. */

import { type KeyboardEvent, useState } from 'react'
import type { FoundAnswer, FoundMessage } from '../../../gateway/src/console/message-answers.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { MessageDetail } from '../message-detail.js'
import { momentText, phoneText, withLocalMoments } from '../moments.js'
import { Page } from '../page.js'
import { PagedList } from '../paged-list.js'
import { Link, Split } from '../parts.js'
import { usePages } from '../reading.js'
import { setSearch, useSearch } from '../route.js'
import { StatusMark } from '../status.js'
import type { Row } from '../table.js'
import { FilterBar } from './filter-bar.js'
import { queryOf } from './filters.js'
import { foundTexts } from './words.js'

/** Changes are told as they come; this is for when they are not. */
const everyMs = 60_000

export function FoundPage() {
  const words = useTexts(foundTexts)
  const search = useSearch()
  const query = queryOf(search)
  const [id, item] = (search.get('open') ?? '').split('/')
  const isOpen = id !== undefined && id !== '' && item !== undefined
  return (
    <Page title={words.title} lead={<p className="lead">{words.lead}</p>}>
      {/* Keys move through the list; each thing in it is a control of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div onKeyDown={(event) => onKey(event, search)}>
        <Split
          detail={
            isOpen && (
              <MessageDetail key={item} id={id} item={item} back={messagesAt(search, undefined)} />
            )
          }
        >
          <section className="card found">
            <FilterBar search={search} />
            <Total query={query} />
            <List key={query} query={query} search={search} />
          </section>
        </Split>
      </div>
    </Page>
  )
}

interface ListProps {
  readonly query: string
  readonly search: URLSearchParams
}

function List({ query, search }: ListProps) {
  const { words } = useApp()
  const found = useTexts(foundTexts)
  const rowOf = useRow(search)
  return (
    <PagedList<FoundAnswer, FoundMessage>
      path={pathOf(query)}
      everyMs={everyMs}
      itemsOf={(page) => page.messages}
      keyOf={(message) => message.id}
      caption={found.title}
      columns={[
        { heading: words.messages.to },
        { heading: words.messages.accepted, class: 'column-moment' },
        { heading: words.messages.status, class: 'column-status' },
        { heading: found.instance, class: 'column-kind' },
        { heading: found.kind, class: 'column-number' },
        { heading: found.reason, class: 'column-kind' },
      ]}
      rowOf={rowOf}
      empty={found.empty}
    />
  )
}

function useRow(search: URLSearchParams): (message: FoundMessage) => Omit<Row, 'key' | 'isGone'> {
  const app = useApp()
  const found = useTexts(foundTexts)
  const { messages, health } = app.words
  const reasons: Readonly<Record<string, string>> = health.reasonsOf
  return (message) => {
    const { id, instanceId, kind, failure } = message
    const to = phoneText(message.to)
    const item = `${instanceId}/${id}`
    return {
      isChosen: search.get('open') === item,
      cells: [
        {
          class: 'number',
          content: (
            <Link
              to={messagesAt(search, item)}
              className="row-link"
              aria-label={messages.open(to)}
              data-row
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
              beside={message.fellBack ? messages.asText : message.code}
            />
          ),
        },
        { content: message.instanceName },
        { content: kind === undefined ? '—' : found.kinds[kind] },
        {
          content:
            failure === undefined ? (
              '—'
            ) : (
              <span title={withLocalMoments(app, message.explanation ?? '')}>
                {reasons[failure] ?? failure}
              </span>
            ),
        },
      ],
    }
  }
}

/** From the first page of the list, which is read anyway. */
function Total({ query }: { readonly query: string }) {
  const { language } = useApp()
  const words = useTexts(foundTexts)
  const { pages } = usePages<FoundAnswer>(pathOf(query), { everyMs })
  // While other filters are read, what was known stays.
  const [known, setKnown] = useState<FoundAnswer>()
  const first = pages?.[0]
  if (first !== undefined && first !== known) setKnown(first)
  const count = known?.total?.toLocaleString(language === 'pt' ? 'pt-BR' : 'en-GB')
  return (
    <div className="found-total">
      <p role="status" className="faint">
        {count !== undefined && words.total(count, known?.isMore ?? false)}
      </p>
      <a className="button small" href={`/console/api/messages.csv?${query}`} download>
        {words.save}
      </a>
    </div>
  )
}

const pathOf = (query: string): string => (query === '' ? 'messages' : `messages?${query}`)

function messagesAt(search: URLSearchParams, open: string | undefined) {
  const next = new URLSearchParams(search)
  if (open === undefined) next.delete('open')
  else next.set('open', open)
  const text = next.toString()
  return { page: 'messages', search: text === '' ? '' : `?${text}` } as const
}

/** Arrows go from row to row, Esc closes what is open, then empties the search. */
function onKey(event: KeyboardEvent<HTMLElement>, search: URLSearchParams): void {
  const { target, key, currentTarget } = event
  if (!(target instanceof HTMLElement)) return
  if (key === 'Escape') {
    const next = new URLSearchParams(search)
    next.delete(search.has('open') ? 'open' : 'text')
    setSearch(next)
    return
  }
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  const isRow = target.matches('[data-row]')
  if (step === 0 || !(isRow || target.matches('[type=search]'))) return
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const next = rows[rows.indexOf(target) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
