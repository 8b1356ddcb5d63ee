/** The list of chats: whom the phone has written with, the last message of each, and how many are unread. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import type { Client } from '../../simulator/src/model.js'
import { element, fillKeyed } from '../bubble/element.js'
import { icon, ticksIcon } from '../bubble/icons.js'
import { labelOfKind } from '../bubble/part-words.js'
import { plainOf, spansOf } from '../bubble/rich-text.js'
import { avatarOf } from './avatar.js'
import { stampOf } from './days.js'
import { chatSearch } from './chat-search.js'
import type { Desk, Part, View } from './desk.js'
import { menuButton } from './menu.js'
import {
  type Chat,
  chatsFound,
  chatsOf,
  contactOf,
  type PhoneState,
  shownNumber,
} from './phone-state.js'
import { hashOf } from './route.js'
import type { Words } from './words.js'

export function chatList(desk: Desk): Part {
  const title = element('h1', { class: 'bar__title', tabindex: '-1' })
  const own = element('p', { class: 'bar__subtitle' })
  const menu = menuButton(desk)
  const list = element('ul', { class: 'chats chats--ranked' })
  const empty = element('div', { class: 'empty', hidden: true })
  const write = element(
    'a',
    { class: 'round-button', href: hashOf({ screen: 'new-chat' }) },
    icon('chat'),
  )
  let latest: View | undefined
  const search = chatSearch(() => latest && update(latest))
  const bar = element(
    'header',
    { class: 'bar' },
    element('div', { class: 'bar__names' }, title, own),
    menu.element,
  )
  const screen = element(
    'section',
    { class: 'screen screen--chats' },
    bar,
    ...search.elements,
    element('div', { class: 'scroll' }, list, empty),
    write,
  )

  const update = (view: View): void => {
    latest = view
    const { state, words, settings } = view
    const all = chatsOf(state)
    const chats = chatsFound(all, search.wish())
    title.textContent = settings.client === 'ios' ? words.chats : 'WhatsApp'
    search.update(words)
    own.textContent = state.phone ? `${state.phone.name} · ${shownNumber(state.phone.phone)}` : ' '
    write.setAttribute('aria-label', words.newChat)
    write.title = words.newChat
    list.setAttribute('aria-label', words.chats)
    menu.update(view)
    fillKeyed(list, chats, {
      key: (chat) => chat.id,
      version: (chat) =>
        JSON.stringify([chat, typistOf(chat, state), view.settings, stampFor(chat, view)]),
      draw: (chat) => rowOf(chat, view),
    })
    rank(list)
    list.hidden = chats.length === 0
    empty.hidden = chats.length > 0 || state.connection !== 'live'
    empty.replaceChildren(
      icon('chat'),
      element('p', { class: 'empty__title' }, all.length > 0 ? words.noneFound : words.noChats),
      element('p', {}, all.length > 0 ? undefined : words.noChatsHint),
    )
  }
  return { element: screen, update }
}

/** Each row is moved to its place, so that another order is seen to come about. */
function rank(list: HTMLElement): void {
  list.style.setProperty('--rows', `${list.children.length}`)
  Array.from(list.children).forEach((row, index) => {
    if (row instanceof HTMLElement) row.style.setProperty('--rank', `${index}`)
  })
}

function rowOf(chat: Chat, view: View): HTMLElement {
  const { words, state, settings } = view
  const { contact, last, unread } = chat
  const typist = typistOf(chat, state)
  const badge =
    unread === 0
      ? undefined
      : element(
          'span',
          { class: 'badge' },
          element('span', { 'aria-hidden': 'true' }, `${unread}`),
          element('span', { class: 'unseen' }, words.unread(unread)),
        )
  const text =
    typist === undefined
      ? element(
          'span',
          { class: 'chat-row__text' },
          ...(last ? previewOf(last, words, state, settings.client) : []),
        )
      : element('span', { class: 'chat-row__text chat-row__text--typing' }, words.typing)
  return element(
    'li',
    {},
    element(
      'a',
      {
        class: unread > 0 ? 'chat-row chat-row--unread' : 'chat-row',
        href: hashOf({ screen: 'chat', chat: chat.id }),
      },
      avatarOf(contact),
      element('span', { class: 'chat-row__name' }, contact.name),
      element('span', { class: 'chat-row__time' }, stampFor(chat, view)),
      text,
      badge,
    ),
  )
}

function previewOf(
  message: MessageView,
  words: Words,
  state: PhoneState,
  client: Client,
): readonly (Node | string)[] {
  const { fromMe, status, image } = message
  const ticks = fromMe ? [tickOf(status, words)] : []
  const isGroup = contactOf(state, message.chat).members !== undefined
  const author = isGroup && !fromMe ? [`${contactOf(state, message.from).name}: `] : []
  switch (message.drawn[client]) {
    case 'placeholder':
      return [...ticks, ...author, words.couldNotLoad]
    case 'nothing':
      return [...ticks, ...author, '…']
    case 'whole':
    case 'without-button':
      return [
        ...ticks,
        ...author,
        ...(image ? [icon('image')] : []),
        message.state.deletedBy === undefined
          ? plainOf(spansOf(message.text)) || labelOfKind(message.view.kind, words.parts)
          : words.parts.deleted,
      ]
  }
}

function tickOf(status: MessageView['status'], words: Words): HTMLElement {
  const ticks = ticksIcon(status === 'sent' ? 'sent' : 'delivered')
  if (status === 'read') ticks.classList.add('ticks--read')
  return element(
    'span',
    { class: 'chat-row__ticks' },
    ticks,
    element('span', { class: 'unseen' }, `${words[status]}: `),
  )
}

function typistOf(chat: Chat, state: PhoneState): string | undefined {
  return state.typing.get(chat.id)
}

function stampFor({ last }: Chat, { now, settings, words }: View): string {
  return last ? stampOf(last.at, now, settings, words) : ''
}
