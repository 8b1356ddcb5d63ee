/** The chats of a number, and the one that is open. */

import { useInfiniteQuery } from '@tanstack/react-query'
import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { type App, useApp } from '../app.js'
import type { AnswerOf } from '../calls.js'
import { HeldTable } from '../held-table.js'
import { momentText, phoneText } from '../moments.js'
import { Link, Problem, Skeleton, Split } from '../parts.js'
import { keyOf } from '../reading.js'
import { useSearch } from '../route.js'
import { SearchField } from '../search-field.js'
import type { Row } from '../table.js'
import { Conversation } from './conversation.js'
import { chatsTexts, type ChatsWords } from './words.js'

type Chat = AnswerOf<'listChats'>[number]

const pageSize = 50
/** In the address. */
const soughtName = 'search'

interface ChatsProps {
  readonly instance: InstanceAnswer
  /** The chat that is open: a number or a group. */
  readonly item: string | undefined
}

export function ChatsTab({ instance: { id }, item }: ChatsProps) {
  const words = useTexts(chatsTexts)
  const sought = useSearch().get(soughtName)?.trim() ?? ''
  return (
    <Split detail={item !== undefined && <Conversation key={item} id={id} phone={item} />}>
      <section className="card">
        <h2>{words.title}</h2>
        <p className="hint">{words.lead}</p>
        <search>
          <SearchField
            name={soughtName}
            label={words.search}
            hint={words.searchHint}
            maxLength={100}
          />
        </search>
        <List key={sought} id={id} item={item} sought={sought} />
      </section>
    </Split>
  )
}

interface ListProps {
  /** Of the instance. */
  readonly id: string
  readonly item: string | undefined
  readonly sought: string
}

function List({ id, item, sought }: ListProps) {
  const app = useApp()
  const words = useTexts(chatsTexts)
  const path = `instances/${id}/call/chats?search=${encodeURIComponent(sought)}`
  const query = useInfiniteQuery({
    queryKey: keyOf(path),
    queryFn: ({ pageParam }) =>
      ask<readonly Chat[]>('GET', `${path}&page=${pageParam}&pageSize=${pageSize}`),
    initialPageParam: 1,
    getNextPageParam: (last, _, page) => (last.length < pageSize ? undefined : page + 1),
    refetchInterval: 15_000,
  })
  if (query.data === undefined)
    return query.error === null ? <Skeleton rows={8} /> : <Problem refusal={query.error} />
  const { pages } = query.data
  return (
    <div className="paged">
      <HeldTable
        items={pages.flat()}
        reading={pages}
        isRead={query.isFetchedAfterMount}
        pages={pages.length}
        isWhole={!query.hasNextPage}
        keyOf={({ phone }) => phone}
        caption={words.title}
        columns={[
          { heading: words.chat },
          { heading: words.last, class: 'column-moment' },
          { heading: words.unread, class: 'column-number' },
        ]}
        rowOf={(chat) => ({ ...rowOf(app, words, id, chat), isChosen: chat.phone === item })}
        empty={sought === '' ? words.empty : words.notFound}
      />
      {query.hasNextPage && (
        <button
          type="button"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {app.words.more}
        </button>
      )}
    </div>
  )
}

function rowOf(app: App, words: ChatsWords, id: string, chat: Chat): Omit<Row, 'key'> {
  const { phone, name, lastMessageTime, messagesUnread } = chat
  const shown = name === '' ? phoneText(phone) : name
  const at = Number(lastMessageTime) * 1_000
  return {
    cells: [
      {
        content: (
          <Link
            to={{ page: 'instance', id, tab: 'chats', item: phone, search: location.search }}
            className="row-link"
            aria-label={words.open(shown)}
          >
            {shown}
          </Link>
        ),
      },
      { class: 'number', content: at === 0 ? '—' : momentText(app, at) },
      { class: 'number', content: messagesUnread, label: words.unread },
    ],
  }
}
