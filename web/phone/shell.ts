/** The device with its screens, and the panel beside it or over it. */

import { element } from '../bubble/element.js'
import { chatScreen } from './chat.js'
import { chatList } from './chat-list.js'
import type { Desk, Part, View } from './desk.js'
import { linkedScreen } from './linked.js'
import { newChatScreen } from './new-chat.js'
import { developerPanel } from './panel.js'
import { unreadOf } from './phone-state.js'
import type { Route } from './route.js'
import { bannerOf, statusBar } from './status-bar.js'
import { unknownPhone } from './unknown-phone.js'

export interface Shell extends Part {
  readonly announcements: HTMLElement
  readonly openPanel: (open: boolean) => void
  /** After a change of screen, for keyboards and screen readers. */
  readonly focusTitle: () => void
}

export function phoneShell(desk: Desk, toast: HTMLElement, number: string): Shell {
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
