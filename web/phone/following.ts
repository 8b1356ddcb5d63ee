/** What the page knows of its phone, as the simulator tells it; and what follows from that by itself. */

import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { PhoneChange } from '../../simulator/src/control-answers.js'
import type { Client, Typing } from '../../simulator/src/model.js'
import { messageTexts } from '../bubble/message-texts.js'
import { useTexts } from '../shared/texts.js'
import { findPhone, type PhoneApi } from './api.js'
import { follow } from './live.js'
import {
  contactOf,
  messagesOf,
  nothingYet,
  type PhoneState,
  unreadOf,
  withChange,
  withoutTyping,
  withTyping,
} from './phone-state.js'
import type { Route } from './route.js'

/** A phone that is out of reach while a person types never says that they stopped. */
const TYPING_LASTS_MS = 20_000
const MINUTE_MS = 60_000

interface PhoneEvents {
  readonly snapshot: PhoneChange
  readonly change: PhoneChange
  readonly typing: Typing
}

export function usePhoneState(number: string): PhoneState {
  const [state, setState] = useState(nothingYet)
  useEffect(() => {
    let typingTimer: ReturnType<typeof setTimeout> | undefined
    const end = follow<PhoneEvents>(`/phones/${number}/events`, {
      events: {
        snapshot: (change) => setState((known) => withChange(known, change, 'snapshot')),
        change: (change) => setState((known) => withChange(known, change, 'change')),
        typing: (typing) => {
          clearTimeout(typingTimer)
          typingTimer = setTimeout(() => setState(withoutTyping), TYPING_LASTS_MS)
          setState((known) => withTyping(known, typing))
        },
      },
      lost: () => setState((known) => ({ ...withoutTyping(known), connection: 'lost' })),
      refused: () => {
        void findPhone(number).then((phone) =>
          setState((known) => ({ ...known, connection: phone ? 'lost' : 'unknown-phone' })),
        )
      },
    })
    return () => {
      clearTimeout(typingTimer)
      end()
    }
  }, [number])
  return state
}

/** An open chat is read; a phone in airplane mode tells it once it is back. */
export function useReading(api: PhoneApi, { messages, phone }: PhoneState, route: Route): void {
  const isVisible = useVisible()
  const asked = useRef(new Set<string>())
  const chat = route.screen === 'chat' ? route.chat : undefined
  const isOnline = phone?.online === true
  useEffect(() => {
    if (chat === undefined || !isVisible || !isOnline) return
    const unread = unreadOf(messagesOf(messages, chat)).map(({ key }) => key)
    const keys = unread.filter((key) => !asked.current.has(key))
    if (keys.length === 0) return
    for (const key of keys) asked.current.add(key)
    // In one call: each answer would draw the chat again.
    api.read(keys).catch(() => {
      for (const key of keys) asked.current.delete(key)
    })
  }, [api, messages, chat, isOnline, isVisible])
}

export interface News {
  readonly id: string
  readonly text: string
}

/** The message that has just come in, for screen readers. What was there when the page opened is not news. */
export function useNews(state: PhoneState, client: Client): News | undefined {
  const words = useTexts(messageTexts)
  const before = useRef(state)
  const [news, setNews] = useState<News>()
  useEffect(() => {
    const known = before.current
    before.current = state
    if (known.connection === 'connecting' || known.messages === state.messages) return
    for (const [key, message] of state.messages) {
      if (message.fromMe || known.messages.has(key)) continue
      const drawing = message.drawn[client]
      const text = drawing === 'placeholder' ? words.couldNotLoad : message.text
      if (drawing !== 'nothing')
        setNews({ id: key, text: `${contactOf(state, message.from).name}: ${text}` })
    }
  }, [state, client, words])
  return news
}

/** Now, in milliseconds since 1970: exact to the minute, and when the page is seen again. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  const isVisible = useVisible()
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [isVisible])
  return now
}

function useVisible(): boolean {
  return useSyncExternalStore(onVisibilityChange, () => document.visibilityState === 'visible')
}

function onVisibilityChange(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}
