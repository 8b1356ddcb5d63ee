/** One conversation: its bubbles by day, the notice about encryption, who types, and what is written in reply. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { type BubbleView, drawBubble } from '../bubble/bubble.js'
import { element, fillKeyed } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { avatarOf } from './avatar.js'
import { communityOf } from './community-name.js'
import { composer } from './composer.js'
import { clockOf, dayOf, daysOf } from './days.js'
import type { Desk, Part, View } from './desk.js'
import { type MenuActions, menuButton } from './message-menu.js'
import { contactOf, messagesOf, type PhoneState, shownNumber, unreadOf } from './phone-state.js'
import { hashOf } from './route.js'

/** How near to its end a log must be to follow what comes. */
const NEAR_PX = 120

export function chatScreen(desk: Desk): Part {
  const reply = composer(desk)
  const { screen, back, face, title, subtitle, inspect, list, log, latest } = parts(desk, reply)
  let chat = ''
  let count = 0
  let firstUnread: string | undefined
  return {
    element: screen,
    update: (view) => {
      const { state, words, route } = view
      if (route.screen !== 'chat') {
        chat = ''
        return
      }
      const messages = messagesOf(state, route.chat)
      const isNew = chat !== route.chat
      if (isNew || count === 0) firstUnread = unreadOf(messages)[0]?.id
      const follows =
        isNew || isNearEnd(log) || (messages.length > count && messages.at(-1)?.fromMe === true)
      chat = route.chat
      count = messages.length

      const contact = contactOf(state, chat)
      back.setAttribute('aria-label', words.back)
      inspect.setAttribute('aria-label', words.developer)
      inspect.title = words.developer
      latest.setAttribute('aria-label', words.latest)
      log.setAttribute('aria-label', words.messagesWith(contact.name))
      title.textContent = contact.name
      subtitle.textContent = subtitleOf(view, chat)
      face.replaceChildren(avatarOf(contact))
      reply.update(view)
      const rows = rowsOf(view, messages, firstUnread)
      fillKeyed(list, rows, {
        key: (row) => row.key,
        version: (row) => row.version,
        draw: (row) => drawRow(row, view, desk, reply),
      })
      if (follows) scrollToEnd(log)
      latest.hidden = isNearEnd(log)
    },
  }
}

function parts(desk: Desk, reply: Part) {
  const back = element(
    'a',
    { class: 'icon-button', href: hashOf({ screen: 'chats' }) },
    icon('back'),
  )
  const face = element('span', { class: 'bar__face' })
  const title = element('h1', { class: 'bar__title', tabindex: '-1' })
  const subtitle = element('p', { class: 'bar__subtitle' })
  const inspect = element(
    'button',
    { class: 'icon-button bar__inspect', type: 'button', onclick: () => desk.togglePanel(true) },
    icon('inspect'),
  )
  const bar = element(
    'header',
    { class: 'bar bar--chat' },
    back,
    face,
    element('div', { class: 'bar__names' }, title, subtitle),
    inspect,
  )
  const list = element('ol', { class: 'log__list' })
  const log = element(
    'div',
    { class: 'log scroll', role: 'log', tabindex: '0', 'aria-live': 'off' },
    list,
  )
  const latest = element(
    'button',
    { class: 'latest', type: 'button', hidden: true, onclick: () => scrollToEnd(log) },
    icon('down'),
  )
  const screen = element(
    'section',
    { class: 'screen screen--chat' },
    bar,
    element('div', { class: 'log-place' }, log, latest),
    reply.element,
  )
  log.addEventListener('scroll', () => (latest.hidden = isNearEnd(log)), { passive: true })

  return { screen, back, face, title, subtitle, inspect, list, log, latest }
}

function subtitleOf({ state, words }: View, chat: string): string {
  const contact = contactOf(state, chat)
  const typist = state.typing.get(chat)
  if (typist !== undefined) {
    return contact.members ? words.typesName(contactOf(state, typist).name) : words.typing
  }
  if (contact.members)
    return [
      ...communityOf(contact, words),
      contact.members.map((member) => nameOf(state, member, words.you)).join(', '),
    ].join(' · ')
  return contact.business ? words.businessAccount : shownNumber(chat)
}

type Row = { readonly key: string; readonly version: string } & (
  | { readonly kind: 'note'; readonly text: string; readonly look: 'day' | 'unread' | 'encryption' }
  | { readonly kind: 'message'; readonly message: MessageView; readonly isFirst: boolean }
  | { readonly kind: 'typing' }
)

function note(key: string, look: 'day' | 'unread' | 'encryption', text: string): Row {
  return { kind: 'note', key, version: text, look, text }
}

function rowsOf(
  view: View,
  messages: readonly MessageView[],
  firstUnread: string | undefined,
): readonly Row[] {
  const { words, settings, now, route } = view
  const rows: Row[] = []
  // Nothing is drawn that the first messages would push aside.
  if (view.state.connection === 'connecting') return rows
  const unreadFrom = messages.findIndex(({ id }) => id === firstUnread)
  const unread = messages.slice(unreadFrom).filter(({ fromMe }) => !fromMe).length
  daysOf(messages, settings).forEach((day, index) => {
    rows.push(note(`day ${day.at}`, 'day', dayOf(day.at, now, settings, words)))
    if (index === 0) rows.push(note('encryption', 'encryption', words.encryption))
    let author: string | undefined
    for (const message of day.messages) {
      if (message.id === firstUnread) {
        rows.push(note('unread', 'unread', words.unread(unread)))
        author = undefined
      }
      const isFirst = author !== message.from
      author = message.from
      const version = JSON.stringify([
        message,
        isFirst,
        settings,
        view.inspected === message.id,
        contactOf(view.state, message.from).name,
      ])
      rows.push({ kind: 'message', key: message.id, version, message, isFirst })
    }
  })
  if (messages.length === 0) rows.push(note('encryption', 'encryption', words.encryption))
  if (route.screen === 'chat' && view.state.typing.has(route.chat))
    rows.push({ kind: 'typing', key: 'typing', version: '' })
  return rows
}

function drawRow(row: Row, view: View, desk: Desk, actions: MenuActions): HTMLElement {
  switch (row.kind) {
    case 'note':
      return element(
        'li',
        { class: `note note--${row.look}` },
        element('span', {}, row.look === 'encryption' ? icon('lock') : undefined, row.text),
      )
    case 'typing': {
      const dots = [1, 2, 3].map(() => element('span', { class: 'dot' }))
      return element(
        'li',
        { class: 'row row--in', 'aria-hidden': 'true' },
        element('div', { class: 'bubble bubble--in bubble--first bubble--typing' }, ...dots),
      )
    }
    case 'message':
      return drawMessage(row, view, desk, actions)
  }
}

function drawMessage(
  { message, isFirst }: Row & { kind: 'message' },
  view: View,
  desk: Desk,
  actions: MenuActions,
): HTMLElement {
  const { words } = view
  const isInspected = view.inspected === message.id
  const bubble = drawBubble(bubbleViewOf(message, isFirst, view), words, {
    ...actionsOn(message, desk),
    copy: (code) => desk.copy(code, words.codeCopied),
    jump: jumpTo,
  })
  const inspect = element(
    'button',
    {
      class: 'inspect',
      type: 'button',
      'aria-label': words.inspect,
      title: words.inspect,
      'aria-pressed': `${isInspected}`,
      onclick: () => desk.inspect(message.id),
    },
    icon('inspect'),
  )
  const names = ['row', message.fromMe ? 'row--out' : 'row--in']
  if (isFirst) names.push('row--first')
  if (isInspected) names.push('row--inspected')
  const menu = message.state.deletedBy === undefined && menuButton(message, view, desk, actions)
  const tools = element('span', { class: 'row__tools' }, menu || undefined, inspect)
  return element('li', { class: names.join(' ') }, bubble, tools)
}

function actionsOn({ id, fromMe }: MessageView, desk: Desk) {
  const act = (name: string, body: object): void =>
    void desk.attempt(() => desk.api.act(id, name, body))
  return {
    tap: (choice: string) => act('tap', { id: choice }),
    vote: (options: readonly string[]) => act('vote', { options }),
    answer: (answer: string) => act('answer', { answer }),
    ...(fromMe ? {} : { open: () => act('open', {}) }),
  }
}

/** To a message above, which lights up for a moment. */
function jumpTo(id: string): void {
  const row = document.querySelector(`[data-key="${CSS.escape(id)}"]`)
  if (row === null) return
  row.scrollIntoView({ block: 'center' })
  row.classList.add('row--found')
  row.addEventListener('animationend', () => row.classList.remove('row--found'), { once: true })
}

function bubbleViewOf(
  message: MessageView,
  isFirst: boolean,
  { state, settings, words }: View,
): BubbleView {
  const { fromMe, view: content, files, status } = message
  const self = state.phone?.phone ?? ''
  const isGroup = contactOf(state, message.chat).members !== undefined
  return {
    fromMe,
    author: fromMe ? words.you : contactOf(state, message.from).name,
    showsAuthor: isGroup && !fromMe && isFirst,
    ...content,
    files,
    state: message.state,
    self,
    nameOf: (digits) => (digits === self ? words.you : contactOf(state, digits).name),
    drawn: message.drawn[settings.client],
    time: clockOf(message.at, settings),
    ...(fromMe ? { ticks: status } : {}),
    isFirst,
  }
}

function nameOf(state: PhoneState, number: string, you: string): string {
  return number === state.phone?.phone ? you : contactOf(state, number).name
}

function isNearEnd(log: HTMLElement): boolean {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX
}

function scrollToEnd(log: HTMLElement): void {
  log.scrollTop = log.scrollHeight
}
