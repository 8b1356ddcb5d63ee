/** `/phones/{phone}`: one phone and the developer panel beside it. Keeps them up to date, and does what is done on them. */

import type { PhoneChange } from '../../simulator/src/control-answers.js'
import type { Typing } from '../../simulator/src/model.js'
import { ApiError, findPhone, PhoneApi } from './api.js'
import type { Desk, View } from './desk.js'
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
import { hashOf, routeOf } from './route.js'
import { keepSettings, loadSettings, type Settings } from './settings.js'
import { phoneShell } from './shell.js'
import { toaster } from './toast.js'
import { wordsOf } from './words.js'

/** A phone that is out of reach while a person types never says that they stopped. */
const TYPING_LASTS_MS = 20_000
const MINUTE_MS = 60_000

interface PhoneEvents {
  readonly snapshot: PhoneChange
  readonly change: PhoneChange
  readonly typing: Typing
}

export function startPhonePage(number: string, place: HTMLElement): void {
  const api = new PhoneApi(number)
  let state: PhoneState = nothingYet
  let settings = loadSettings()
  let inspected: string | undefined
  let typingTimer: ReturnType<typeof setTimeout> | undefined

  const view = (): View => {
    const route = routeOf(location.hash)
    return { state, settings, words: wordsOf[settings.language], route, now: Date.now(), inspected }
  }
  const toast = toaster()
  const desk: Desk = {
    api,
    go: (route) => location.assign(hashOf(route)),
    choose: (change) => {
      settings = { ...settings, ...change }
      keepSettings(settings)
      draw()
    },
    inspect: (messageId) => {
      inspected = messageId
      draw()
      shell.openPanel(true)
    },
    togglePanel: (open) => {
      if (!open) inspected = undefined
      draw()
      shell.openPanel(open)
    },
    toast: toast.say,
    copy: (text, done) =>
      void copy(text).then((ok) => toast.say(ok ? done : view().words.copyFailed)),
    attempt: (work) => attempt(work, toast.say),
  }
  const shell = phoneShell(desk, toast.element, number)
  place.replaceChildren(shell.element)
  const read = readerOf(api)
  const announce = announcerOf(shell.announcements)

  const draw = (): void => {
    const now = view()
    applyLook(settings)
    shell.update(now)
    read(now)
  }
  const set = (next: PhoneState): void => {
    announce(state, next, view())
    state = next
    draw()
  }

  addEventListener('hashchange', () => {
    inspected = undefined
    draw()
    shell.focusTitle()
  })
  document.addEventListener('visibilitychange', draw)
  setInterval(draw, MINUTE_MS)
  draw()
  follow<PhoneEvents>(`/phones/${number}/events`, {
    events: {
      snapshot: (change) => set(withChange(state, change, 'snapshot')),
      change: (change) => set(withChange(state, change, 'change')),
      typing: (typing) => {
        clearTimeout(typingTimer)
        typingTimer = setTimeout(() => set(withoutTyping(state)), TYPING_LASTS_MS)
        set(withTyping(state, typing))
      },
    },
    lost: () => set({ ...withoutTyping(state), connection: 'lost' }),
    refused: () => {
      void findPhone(number).then((phone) =>
        set({ ...state, connection: phone ? 'lost' : 'unknown-phone' }),
      )
    },
  })
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

async function attempt(work: () => Promise<void>, say: (text: string) => void): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    say(error.message)
    return false
  }
}

/** An open chat is read; a phone in airplane mode tells it once it is back. */
function readerOf(api: PhoneApi): (view: View) => void {
  const asked = new Set<string>()
  return ({ state, route }) => {
    if (route.screen !== 'chat' || document.visibilityState !== 'visible') return
    if (state.phone?.online !== true) return
    for (const { id } of unreadOf(messagesOf(state, route.chat))) {
      if (asked.has(id)) continue
      asked.add(id)
      api.read(id).catch(() => asked.delete(id))
    }
  }
}

/** Tells who listens what has just come in. What was there when the page opened is not news. */
function announcerOf(
  place: HTMLElement,
): (before: PhoneState, after: PhoneState, view: View) => void {
  return (before, after, { words, settings }) => {
    if (before.connection === 'connecting') return
    for (const [id, message] of after.messages) {
      if (message.fromMe || before.messages.has(id)) continue
      const drawing = message.drawn[settings.client]
      const text = drawing === 'placeholder' ? words.couldNotLoad : message.text
      if (drawing !== 'nothing')
        place.textContent = `${contactOf(after, message.from).name}: ${text}`
    }
  }
}

function applyLook({ theme, language }: Settings): void {
  const root = document.documentElement
  root.lang = language === 'pt' ? 'pt-BR' : 'en'
  if (theme === 'auto') delete root.dataset['theme']
  else root.dataset['theme'] = theme
}
