/** One conversation: its bubbles by day, the notice about encryption, who types, and what is written in reply. */

import {
  type ComponentProps,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ChatView, MessageView } from '../../simulator/src/control-answers.js'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { AlbumRow } from './album.js'
import { Avatar } from './avatar.js'
import { Bar } from './bar.js'
import { type Row, rowsOf, type Unread } from './chat-rows.js'
import { type ChatWords, chatTexts } from './chat-words.js'
import { communityOf } from './community-name.js'
import { Composer, type Purpose, useDraft } from './composer.js'
import { useEarlier } from './earlier.js'
import { MessageRow } from './message-row.js'
import { useActions, useView, type View } from './phone-context.js'
import { chatStateOf, contactOf, messagesOf, shownNumber, unreadOf } from './phone-state.js'
import { phoneTexts, type Words } from './words.js'

/** How near to its end a log must be to follow what comes. */
const NEAR_PX = 120

/** Give it the chat as its `key`: what is unread is marked when it opens. */
export function ChatScreen({ chat }: { readonly chat: string }) {
  const words = useTexts(phoneTexts)
  const chatWords = useTexts(chatTexts)
  const view = useView()
  const { openPanel } = useActions()
  const draft = useDraft(chat)
  const contact = contactOf(view.state, chat)
  return (
    <section className="screen screen--chat">
      <Bar
        title={contact.name}
        subtitle={subtitleOf(view, chat, words, chatWords)}
        leadsTo={{ screen: 'info', chat }}
        look="bar--chat"
        face={
          <span className="bar__face">
            <Avatar {...contact} />
          </span>
        }
      >
        <button
          className="icon-button bar__inspect"
          type="button"
          aria-label={words.developer}
          title={words.developer}
          onClick={() => openPanel(true)}
        >
          <Icon name="inspect" />
        </button>
      </Bar>
      <Log chat={chat} aim={draft.aim} />
      <Composer chat={chat} draft={draft} />
    </section>
  )
}

function subtitleOf({ state }: View, chat: string, words: Words, chatWords: ChatWords): string {
  const contact = contactOf(state, chat)
  const typist = state.typing.get(chat)
  if (typist !== undefined) {
    return contact.members ? words.typesName(contactOf(state, typist).name) : words.typing
  }
  const timer = timerOf(chatStateOf(state, chat), chatWords)
  if (contact.members) {
    const names = contact.members.map((member) =>
      member === state.phone?.phone ? words.you : contactOf(state, member).name,
    )
    return [...timer, ...communityOf(contact, words), names.join(', ')].join(' · ')
  }
  const about = contact.isChannel ? chatWords.channel : shownNumber(chat)
  return [...timer, contact.business ? words.businessAccount : about].join(' · ')
}

/** After how long messages disappear; empty where they do not. */
function timerOf({ timerSeconds = 0 }: ChatView, { timers }: ChatWords): readonly string[] {
  const names: Readonly<Record<number, string>> = timers
  return timerSeconds === 0 ? [] : [`⏱ ${names[timerSeconds] ?? `${timerSeconds} s`}`]
}

interface LogProps {
  readonly chat: string
  readonly aim: (purpose: Purpose) => void
}

function Log({ chat, aim }: LogProps) {
  const words = useTexts(phoneTexts)
  const { state, settings, now } = useView()
  const messages = useMemo(() => messagesOf(state.messages, chat), [state.messages, chat])
  const unread = useUnread(messages)
  const { drawn, hasEarlier, draw, drawMore } = useEarlier(messages)
  const rows = useMemo(
    () => rowsOf(drawn, unread, { settings, now }, words, hasEarlier),
    [drawn, unread, settings, now, words, hasEarlier],
  )
  const { log, isNear, look, keepPlace } = useFollowing(messages)
  const jump = useCallback(
    (id: string): void => {
      draw(id)
      jumpTo(id)
    },
    [draw],
  )
  return (
    <div className="log-place">
      <div
        ref={log}
        className="log scroll"
        role="log"
        tabIndex={0}
        aria-live="off"
        aria-label={words.messagesWith(contactOf(state, chat).name)}
        onScroll={look}
      >
        <ol className="log__list">
          {hasEarlier && (
            <li className="note">
              <button
                className="earlier"
                type="button"
                onClick={() => {
                  keepPlace()
                  drawMore()
                }}
              >
                {words.earlier}
              </button>
            </li>
          )}
          {/* Nothing is drawn that the first messages would push aside. */}
          {state.connection !== 'connecting' &&
            rows.map((row) => <LogRow key={row.key} row={row} aim={aim} jump={jump} />)}
          {state.typing.has(chat) && <TypingRow />}
        </ol>
      </div>
      <button
        className="latest"
        type="button"
        hidden={isNear}
        aria-label={words.latest}
        onClick={() => scrollToEnd(log)}
      >
        <Icon name="down" />
      </button>
    </div>
  )
}

type LogRowProps = Pick<ComponentProps<typeof MessageRow>, 'aim' | 'jump'> & { readonly row: Row }

function LogRow({ row, aim, jump }: LogRowProps) {
  const { state, settings, inspected } = useView()
  if (row.kind === 'note')
    return (
      <li className={`note note--${row.look}`}>
        <span>
          {row.look === 'encryption' && <Icon name="lock" />}
          {row.text}
        </span>
      </li>
    )
  const shared = {
    isFirst: row.isFirst,
    contacts: state.contacts,
    self: state.phone?.phone ?? '',
    settings,
    aim,
  }
  if (row.kind === 'album') return <AlbumRow {...shared} messages={row.messages} />
  const { message } = row
  return (
    <MessageRow {...shared} message={message} isInspected={inspected === message.key} jump={jump} />
  )
}

function TypingRow() {
  return (
    <li className="row row--in" aria-hidden="true">
      <div className="bubble bubble--in bubble--first bubble--typing">
        <span className="dot" />
        <span className="dot" />
        <span className="dot" />
      </div>
    </li>
  )
}

/** What was unread when the first messages came. It stays while they are read and while more come. */
function useUnread(messages: readonly MessageView[]): Unread | undefined {
  const [found, setFound] = useState<{ readonly unread: Unread | undefined }>()
  if (found === undefined && messages.length > 0) {
    const [first, ...others] = unreadOf(messages)
    const unread = first && { firstId: first.id, count: 1 + others.length }
    setFound({ unread })
  }
  return found?.unread
}

/** Keeps a log at its end while a person reads there, and when they have written themselves. */
function useFollowing(messages: readonly MessageView[]) {
  const log = useRef<HTMLDivElement>(null)
  const count = useRef(0)
  const wasNear = useRef(true)
  const belowTop = useRef<number>(undefined)
  const [isNear, setNear] = useState(true)
  const look = (): void => {
    wasNear.current = isNearEnd(log)
    setNear(wasNear.current)
  }
  /** Call it before messages are drawn above: what is seen stays where it is. */
  const keepPlace = (): void => {
    if (log.current === null) return
    belowTop.current = log.current.scrollHeight - log.current.scrollTop
    // The button may be gone then.
    log.current.focus({ preventScroll: true })
  }
  // After each drawing: a row that grew moves the end, too.
  useLayoutEffect(() => {
    const hasOwn = messages.length > count.current && messages.at(-1)?.fromMe === true
    count.current = messages.length
    if (belowTop.current !== undefined && log.current !== null)
      log.current.scrollTop = log.current.scrollHeight - belowTop.current
    else if (wasNear.current || hasOwn) scrollToEnd(log)
    belowTop.current = undefined
    look()
  })
  return { log, isNear, look, keepPlace }
}

function isNearEnd({ current: log }: RefObject<HTMLElement | null>): boolean {
  return log === null || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX
}

function scrollToEnd({ current: log }: RefObject<HTMLElement | null>): void {
  if (log !== null) log.scrollTop = log.scrollHeight
}

/** To a message above, which lights up for a moment. */
function jumpTo(id: string): void {
  const name = CSS.escape(id)
  const row = document.querySelector(`[data-key="${name}"], [data-holds~="${name}"]`)
  if (row === null) return
  row.scrollIntoView({ block: 'center' })
  row.classList.add('row--found')
  row.addEventListener('animationend', () => row.classList.remove('row--found'), { once: true })
}
