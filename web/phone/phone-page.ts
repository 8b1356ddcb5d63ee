/** `/phones/{phone}`: one phone and the developer panel beside it. Puts the parts together and keeps them up to date. */

import type { PhoneChange } from '../../simulator/src/control-answers.js'
import type { Typing } from '../../simulator/src/model.js'
import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { ApiError, addPhone, findPhone, PhoneApi } from './api.js'
import { chatScreen } from './chat.js'
import { chatList } from './chat-list.js'
import { clockOf } from './days.js'
import type { Desk, Part, View } from './desk.js'
import { linkedScreen } from './linked.js'
import { follow } from './live.js'
import { newChatScreen } from './new-chat.js'
import { developerPanel } from './panel.js'
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
import { hashOf, type Route, routeOf } from './route.js'
import { keepSettings, loadSettings, type Settings } from './settings.js'
import { toaster } from './toast.js'
import { wordsOf } from './words.js'

/** A phone that went out of reach while somebody typed never says that they stopped. */
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

/** A chat that somebody looks at is read; a phone in airplane mode tells nobody until it is back. */
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

interface Shell extends Part {
  readonly announcements: HTMLElement
  readonly openPanel: (open: boolean) => void
  /** After a change of screen, for keyboards and screen readers. */
  readonly focusTitle: () => void
}

/** The device, its screens, and the panel. */
function phoneShell(desk: Desk, toast: HTMLElement, number: string): Shell {
  const screens: Readonly<Record<Route['screen'], Part>> = {
    chats: chatList(desk),
    chat: chatScreen(desk),
    'new-chat': newChatScreen(),
    linked: linkedScreen(desk),
  }
  const panel = developerPanel(desk)
  const status = statusBar()
  const banner = bannerOf(desk)
  const unknown = unknownPhone(desk, number)
  const announcements = element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  const inside = element(
    'div',
    { class: 'device__screens' },
    ...Object.values(screens).map((screen) => screen.element),
    unknown.element,
  )
  const device = element('main', { class: 'device' }, status.element, banner.element, inside, toast)
  const aside = element('aside', { class: 'panel' }, panel.element)
  const stage = element('div', { class: 'stage' }, device, aside, announcements)

  let opener: Element | null = null
  const openPanel = (open: boolean): void => {
    if (open) opener = document.activeElement
    stage.classList.toggle('stage--panel', open)
    const isOver = isPanelOver(aside)
    device.inert = open && isOver
    if (open && isOver) aside.querySelector<HTMLElement>('.panel__title')?.focus()
    if (!open && opener instanceof HTMLElement) opener.focus()
  }
  aside.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && isPanelOver(aside)) desk.togglePanel(false)
  })
  return {
    element: stage,
    announcements,
    openPanel,
    focusTitle: () =>
      device
        .querySelector<HTMLElement>('.screen:not([hidden]) .bar__title')
        ?.focus({ preventScroll: true }),
    update: (view) => {
      const { route, state, words, settings } = view
      const isUnknown = state.connection === 'unknown-phone'
      aside.setAttribute('aria-label', words.developer)
      device.dataset['client'] = settings.client
      for (const [name, screen] of Object.entries(screens)) {
        const isOpen = name === route.screen && !isUnknown
        screen.element.hidden = !isOpen
        if (isOpen || name === 'chat') screen.update(view)
      }
      unknown.element.hidden = !isUnknown
      for (const part of [panel, status, banner, unknown]) part.update(view)
      document.title = titleOf(view, number)
    },
  }
}

/** On a small screen the panel lies over the phone, and the focus has to follow. */
function isPanelOver(aside: HTMLElement): boolean {
  return getComputedStyle(aside).position === 'fixed'
}

function titleOf({ state }: View, number: string): string {
  const unread = unreadOf([...state.messages.values()]).length
  return `${unread > 0 ? `(${unread}) ` : ''}${state.phone?.name ?? number} · WhatsApp`
}

/** What stands at the top of a phone: only the frame on a desktop has one. */
function statusBar(): Part {
  const time = element('span', { class: 'status__time' })
  const plane = element('span', { class: 'status__plane' }, icon('plane'))
  const signal = element(
    'span',
    { class: 'status__signal' },
    ...[1, 2, 3, 4].map(() => element('i')),
  )
  const battery = element('span', { class: 'status__battery' }, element('i'))
  return {
    element: element(
      'div',
      { class: 'status', 'aria-hidden': 'true' },
      time,
      element('span', { class: 'status__right' }, plane, signal, battery),
    ),
    update: ({ state, now, settings }) => {
      time.textContent = clockOf(now, settings)
      const offline = state.phone?.online === false
      plane.hidden = !offline
      signal.hidden = offline
    },
  }
}

function bannerOf(desk: Desk): Part {
  const text = element('span')
  const button = element('button', {
    class: 'text-button',
    type: 'button',
    onclick: () => void desk.attempt(() => desk.api.setOnline(true)),
  })
  const banner = element('div', { class: 'banner', role: 'status', hidden: true }, text, button)
  return {
    element: banner,
    update: ({ state, words }) => {
      const lost = state.connection === 'lost'
      const offline = state.phone?.online === false
      banner.hidden = !(lost || offline)
      button.hidden = lost
      button.textContent = words.offlineButton
      text.textContent = lost ? words.lost : words.offline
    },
  }
}

function unknownPhone(desk: Desk, number: string): Part {
  const title = element('h1', { class: 'empty__title' })
  const add = element('button', { class: 'button', type: 'button' })
  const work = async (): Promise<void> => {
    if (await desk.attempt(() => addPhone({ phone: number }))) location.reload()
  }
  add.addEventListener('click', () => void work())
  return {
    element: element(
      'section',
      { class: 'empty empty--page', hidden: true },
      icon('phone'),
      title,
      add,
    ),
    update: ({ words }) => {
      title.textContent = words.noPhone
      add.textContent = words.addIt
    },
  }
}
