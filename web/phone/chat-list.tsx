/** The list of chats: with whom the phone has written, the last message of each, and how many are unread. */

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { MessageView } from '../../simulator/src/control-answers.js'
import { Icon, Ticks } from '../bubble/icons.js'
import { labelOfKind, messageTexts } from '../bubble/message-texts.js'
import { plainOf, spansOf } from '../bubble/rich-text.js'
import { useTexts } from '../shared/texts.js'
import { Avatar } from './avatar.js'
import { Bar } from './bar.js'
import { ChatSearch } from './chat-search.js'
import { stampOf } from './days.js'
import { MenuButton } from './menu.js'
import { useView } from './phone-context.js'
import {
  type Chat,
  chatsFound,
  chatsOf,
  contactOf,
  everyChat,
  type PhoneState,
  shownNumber,
} from './phone-state.js'
import { hashOf } from './route.js'
import { UnreadBadge } from './unread-badge.js'
import { phoneTexts } from './words.js'

declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: number
  }
}

/** How the list was left: another screen takes its place, and a person comes back to it. */
const left = { wish: everyChat, scrollTop: 0 }

export function ChatList() {
  const words = useTexts(phoneTexts)
  const { state, settings } = useView()
  const [wish, setWish] = useState(left.wish)
  const scroll = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (scroll.current !== null) scroll.current.scrollTop = left.scrollTop
  }, [])
  useEffect(() => {
    left.wish = wish
  }, [wish])
  const all = chatsOf(state)
  const chats = chatsFound(all, wish)
  return (
    <section className="screen screen--chats">
      <Bar
        title={settings.client === 'ios' ? words.chats : 'WhatsApp'}
        subtitle={ownName(state)}
        leadsBack={false}
      >
        <MenuButton />
      </Bar>
      <ChatSearch wish={wish} change={setWish} />
      <div
        ref={scroll}
        className="scroll"
        onScroll={({ currentTarget }) => {
          left.scrollTop = currentTarget.scrollTop
        }}
      >
        <ul
          className="chats chats--ranked"
          aria-label={words.chats}
          hidden={chats.length === 0}
          style={{ '--rows': chats.length }}
        >
          {chats.map((chat, index) => (
            <Row key={chat.id} chat={chat} rank={index} />
          ))}
        </ul>
        {chats.length === 0 && state.connection === 'live' && (
          <NoChats isSearched={all.length > 0} />
        )}
      </div>
      <a
        className="round-button"
        href={hashOf({ screen: 'new-chat' })}
        aria-label={words.newChat}
        title={words.newChat}
      >
        <Icon name="chat" />
      </a>
    </section>
  )
}

/** A space keeps the line while nothing is known. */
function ownName({ phone }: PhoneState): string {
  return phone ? `${phone.name} · ${shownNumber(phone.phone)}` : ' '
}

function NoChats({ isSearched }: { readonly isSearched: boolean }) {
  const words = useTexts(phoneTexts)
  return (
    <div className="empty">
      <Icon name="chat" />
      <p className="empty__title">{isSearched ? words.noneFound : words.noChats}</p>
      <p>{!isSearched && words.noChatsHint}</p>
    </div>
  )
}

interface RowProps {
  readonly chat: Chat
  /** It is moved to its place by it, so that another order is seen to come about. */
  readonly rank: number
}

function Row({ chat: { id, contact, last, unread }, rank }: RowProps) {
  const words = useTexts(phoneTexts)
  const { state, now, settings } = useView()
  return (
    <li style={{ '--rank': rank }}>
      <a
        className={unread > 0 ? 'chat-row chat-row--unread' : 'chat-row'}
        href={hashOf({ screen: 'chat', chat: id })}
      >
        <Avatar {...contact} />
        <span className="chat-row__name">{contact.name}</span>
        <span className="chat-row__time">{last && stampOf(last.at, now, settings, words)}</span>
        {state.typing.has(id) ? (
          <span className="chat-row__text chat-row__text--typing">{words.typing}</span>
        ) : (
          <span className="chat-row__text">
            {/* Another one takes its place; no part of it moves. */}
            {last && <LastMessage key={`${last.id} ${last.status}`} message={last} />}
          </span>
        )}
        <UnreadBadge count={unread} />
      </a>
    </li>
  )
}

function LastMessage({ message }: { readonly message: MessageView }) {
  const words = useTexts(messageTexts)
  const { state, settings } = useView()
  const { fromMe, status, image, text, view } = message
  const isGroup = contactOf(state, message.chat).members !== undefined
  const drawn = message.drawn[settings.client]
  const said =
    message.state.deletedBy === undefined
      ? plainOf(spansOf(text)) || labelOfKind(view.kind, words)
      : words.deleted
  return (
    <>
      {fromMe && (
        <span className="chat-row__ticks">
          <Ticks
            name={status === 'sent' ? 'sent' : 'delivered'}
            {...(status === 'read' ? { look: 'ticks--read' } : {})}
          />
          <span className="unseen">{`${words[status]}: `}</span>
        </span>
      )}
      {isGroup && !fromMe && `${contactOf(state, message.from).name}: `}
      {drawn === 'placeholder' && words.couldNotLoad}
      {drawn === 'nothing' && '…'}
      {(drawn === 'whole' || drawn === 'without-button') && (
        <>
          {image && <Icon name="image" />}
          {said}
        </>
      )}
    </>
  )
}
