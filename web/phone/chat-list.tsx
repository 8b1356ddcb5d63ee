/** The list of chats: each chat with its last message and its count of unread ones. */

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { Bar } from './bar.js'
import { ChatRow } from './chat-row.js'
import { ChatSearch } from './chat-search.js'
import { chatTexts } from './chat-words.js'
import { MenuButton } from './menu.js'
import { useView } from './phone-context.js'
import {
  chatsFound,
  chatsOf,
  everyChat,
  hasNewStories,
  isArchived,
  type PhoneState,
  shownNumber,
} from './phone-state.js'
import { hashOf } from './route.js'
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
  const { updates, archivedChats } = useTexts(chatTexts)
  const { state, settings } = useView()
  const [wish, setWish] = useState(left.wish)
  const scroll = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (scroll.current !== null) scroll.current.scrollTop = left.scrollTop
  }, [])
  useEffect(() => {
    left.wish = wish
  }, [wish])
  const every = chatsOf(state)
  const all = every.filter(({ id }) => !isArchived(state, id))
  const chats = chatsFound(all, wish)
  return (
    <section className="screen screen--chats">
      <Bar
        title={settings.client === 'ios' ? words.chats : 'WhatsApp'}
        subtitle={ownName(state)}
        leadsBack={false}
      >
        <a
          className={hasNewStories(state) ? 'icon-button icon-button--new' : 'icon-button'}
          href={hashOf({ screen: 'updates' })}
          aria-label={updates}
          title={updates}
        >
          <Icon name="status" />
        </a>
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
        {all.length < every.length && (
          <a className="archived-row" href={hashOf({ screen: 'archived' })}>
            <Icon name="archive" />
            <span>{archivedChats}</span>
            <span className="archived-row__count">{every.length - all.length}</span>
          </a>
        )}
        <ul
          className="chats chats--ranked"
          aria-label={words.chats}
          hidden={chats.length === 0}
          style={{ '--rows': chats.length }}
        >
          {chats.map((chat, index) => (
            // It is moved to its place by its rank, so that another order is seen to come about.
            <li key={chat.id} style={{ '--rank': index }}>
              <ChatRow chat={chat} />
            </li>
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
