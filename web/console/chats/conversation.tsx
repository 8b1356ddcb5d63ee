/** The last messages of a chat, and a box to reply in. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { momentText, phoneText } from '../moments.js'
import { Link, Problem, Skeleton, takeFocus } from '../parts.js'
import { keyOf } from '../reading.js'
import { useMay, WhyNot } from '../role.js'
import { lineOf, type Said } from './line.js'
import { type Reply, ReplyBox, WaitingReply } from './reply.js'
import { chatsTexts } from './words.js'

const pageSize = 30

interface ConversationProps {
  /** Of the instance. */
  readonly id: string
  /** Of the chat: a number or a group, as the calls take it. */
  readonly phone: string
}

export function Conversation({ id, phone }: ConversationProps) {
  const app = useApp()
  const words = useTexts(chatsTexts)
  const may = useMay('operator')
  const [replies, setReplies] = useState<readonly Reply[]>([])
  const query = useMessages(id, phone)
  const messages = query.data?.pages.toReversed().flat()
  const known = new Set(messages?.map(({ messageId }) => messageId))
  const waiting = replies.filter(({ messageId }) => !known.has(messageId))
  return (
    <section className="card card--important conversation">
      <div className="title-row title-row--fixed">
        <h2 tabIndex={-1} ref={takeFocus}>
          {nameOf(messages?.at(-1)?.chatName ?? phone)}
        </h2>
        <Link
          to={{ page: 'instance', id, tab: 'chats', item: undefined, search: location.search }}
          className="button small"
        >
          {app.words.close}
        </Link>
      </div>
      {messages === undefined && query.error !== null && <Problem refusal={query.error} />}
      {messages === undefined && query.error === null && <Skeleton rows={8} />}
      {messages !== undefined && (
        <Log first={messages[0]?.messageId} last={waiting.at(-1) ?? messages.at(-1)}>
          {messages.length === 0 && waiting.length === 0 && <p className="empty">{words.none}</p>}
          {query.hasNextPage ? (
            <button
              type="button"
              className="small"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {words.older}
            </button>
          ) : (
            messages.length > 0 && <p className="faint small-text">{words.oldest}</p>
          )}
          <ol>
            {messages.map((said) => (
              <Message key={said.messageId} said={said} />
            ))}
            {waiting.map((reply) => (
              <WaitingReply key={reply.messageId} id={id} reply={reply} />
            ))}
          </ol>
        </Log>
      )}
      {may ? (
        <ReplyBox id={id} phone={phone} sent={(reply) => setReplies([...replies, reply])} />
      ) : (
        <WhyNot least="operator" />
      )}
    </section>
  )
}

function nameOf(name: string): string {
  return /^\d+$/u.test(name) ? phoneText(name) : name
}

/** Pages go backwards: each ends before the first message of the one that was read before it. */
function useMessages(id: string, phone: string) {
  const path = `instances/${id}/call/chat-messages/${encodeURIComponent(phone)}`
  return useInfiniteQuery({
    queryKey: keyOf(path),
    queryFn: ({ pageParam }) => {
      const before = pageParam === '' ? '' : `&lastMessageId=${encodeURIComponent(pageParam)}`
      return ask<readonly Said[]>('GET', `${path}?amount=${pageSize}${before}`)
    },
    initialPageParam: '',
    // A page may be short, because what cannot be read is left out: only an empty one is the end.
    getNextPageParam: (last) => last[0]?.messageId,
    refetchInterval: 10_000,
  })
}

interface LogProps {
  /** The id of the first message: another one came before it. */
  readonly first: string | undefined
  /** Another one: something came at the end. */
  readonly last: unknown
  readonly children: ReactNode
}

/** Stays at its end while the person is there, and where it is while older messages come in above. */
function Log({ first, last, children }: LogProps) {
  const words = useTexts(chatsTexts)
  const log = useRef<HTMLDivElement>(null)
  const before = useRef({ first, last, height: 0, isAtEnd: true })
  useLayoutEffect(() => {
    const { current } = log
    if (current === null) return
    const { first: firstBefore, height, isAtEnd } = before.current
    if (isAtEnd) current.scrollTop = current.scrollHeight
    else if (first !== firstBefore) current.scrollTop += current.scrollHeight - height
    before.current = { first, last, height: current.scrollHeight, isAtEnd }
  }, [first, last])
  const look = (): void => {
    const { current } = log
    if (current === null) return
    const isAtEnd = current.scrollHeight - current.scrollTop - current.clientHeight < 40
    before.current = { ...before.current, height: current.scrollHeight, isAtEnd }
  }
  return (
    // It scrolls, so the keyboard must reach it.
    <div
      className="conversation__log"
      ref={log}
      role="log"
      aria-label={words.messages}
      tabIndex={0}
      onScroll={look}
    >
      {children}
    </div>
  )
}

function Message({ said }: { readonly said: Said }) {
  const app = useApp()
  const words = useTexts(chatsTexts)
  const { kind, text, url } = lineOf(said)
  const kinds: Readonly<Record<string, string>> = words.kinds
  return (
    <li className={said.fromMe ? 'said said--own' : 'said'}>
      {said.isGroup && !said.fromMe && (
        <strong className="small-text">{nameOf(said.senderName)}</strong>
      )}
      {said.fromMe && <span className="unseen">{words.you}</span>}
      {kind !== undefined && <span className="faint small-text">{kinds[kind] ?? words.other}</span>}
      {text !== '' && <p>{text}</p>}
      {typeof url === 'string' && (
        <a href={url} target="_blank" rel="noreferrer">
          {words.file}
        </a>
      )}
      {url === null && <span className="faint small-text">{words.noFile}</span>}
      <span className="faint small-text number">{momentText(app, said.momment)}</span>
    </li>
  )
}
