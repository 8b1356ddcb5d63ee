/** One conversation: its bubbles by day, the notice about encryption, who types, and what is written in reply. */

import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ChatView, MessageView } from '../../simulator/src/control-answers.js'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { AlbumRow } from './album.js'
import { Avatar } from './avatar.js'
import { Bar } from './bar.js'
import { rowsOf, type Unread } from './chat-rows.js'
import { type ChatWords, chatTexts } from './chat-words.js'
import { communityOf } from './community-name.js'
import { Composer, type Purpose, useDraft } from './composer.js'
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
  const { state, settings, now, inspected } = useView()
  const messages = useMemo(() => messagesOf(state.messages, chat), [state.messages, chat])
  const unread = useUnread(messages)
  const rows = useMemo(
    () => rowsOf(messages, unread, { settings, now }, words),
    [messages, unread, settings, now, words],
  )
  const { log, isNear, look } = useFollowing(messages)
  const self = state.phone?.phone ?? ''
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
          {/* Nothing is drawn that the first messages would push aside. */}
          {state.connection !== 'connecting' &&
            rows.map((row) =>
              row.kind === 'note' ? (
                <li key={row.key} className={`note note--${row.look}`}>
                  <span>
                    {row.look === 'encryption' && <Icon name="lock" />}
                    {row.text}
                  </span>
                </li>
              ) : row.kind === 'album' ? (
                <AlbumRow
                  key={row.key}
                  messages={row.messages}
                  isFirst={row.isFirst}
                  contacts={state.contacts}
                  self={self}
                  settings={settings}
                  aim={aim}
                />
              ) : (
                <MessageRow
                  key={row.key}
                  message={row.message}
                  isFirst={row.isFirst}
                  isInspected={inspected === row.message.key}
                  contacts={state.contacts}
                  self={self}
                  settings={settings}
                  aim={aim}
                />
              ),
            )}
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
  const [isNear, setNear] = useState(true)
  const look = (): void => {
    wasNear.current = isNearEnd(log)
    setNear(wasNear.current)
  }
  // After each drawing: a row that grew moves the end, too.
  useLayoutEffect(() => {
    const hasOwn = messages.length > count.current && messages.at(-1)?.fromMe === true
    count.current = messages.length
    if (wasNear.current || hasOwn) scrollToEnd(log)
    look()
  })
  return { log, isNear, look }
}

function isNearEnd({ current: log }: RefObject<HTMLElement | null>): boolean {
  return log === null || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX
}

function scrollToEnd({ current: log }: RefObject<HTMLElement | null>): void {
  if (log !== null) log.scrollTop = log.scrollHeight
}
