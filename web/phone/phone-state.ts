/** What the page knows of its phone, and how what the simulator tells changes it. Pure: nothing here draws or asks. */

import type {
  ChannelView,
  ChatView,
  ContactView,
  GroupView,
  MessageView,
  PhoneChange,
  PhoneView,
} from '../../simulator/src/control-answers.js'
import type { Label, LinkedDevice, Typing } from '../../simulator/src/model.js'

export interface PhoneState {
  readonly connection: 'connecting' | 'live' | 'lost' | 'unknown-phone'
  readonly phone: PhoneView | undefined
  readonly linkedDevices: readonly LinkedDevice[]
  readonly contacts: readonly ContactView[]
  /** By key. */
  readonly messages: ReadonlyMap<string, MessageView>
  readonly chats: readonly ChatView[]
  readonly labels: readonly Label[]
  readonly groups: readonly GroupView[]
  readonly channels: readonly ChannelView[]
  readonly statuses: readonly MessageView[]
  /** Who types, by chat. */
  readonly typing: ReadonlyMap<string, string>
}

export interface Chat {
  readonly id: string
  readonly contact: ContactView
  readonly last: MessageView | undefined
  readonly unread: number
}

export const nothingYet: PhoneState = {
  connection: 'connecting',
  phone: undefined,
  linkedDevices: [],
  contacts: [],
  messages: new Map(),
  chats: [],
  labels: [],
  groups: [],
  channels: [],
  statuses: [],
  typing: new Map(),
}

/** A snapshot replaces all that is known; a change only what it names. */
export function withChange(
  state: PhoneState,
  change: PhoneChange,
  kind: 'snapshot' | 'change',
): PhoneState {
  const from = kind === 'snapshot' ? nothingYet : state
  const messages = new Map(from.messages)
  const typing = new Map(state.typing)
  for (const message of change.messages ?? []) {
    const isNew = !state.messages.has(message.key)
    messages.set(message.key, message)
    // A sent message ends the typing.
    if (isNew && typing.get(message.chat) === message.from) typing.delete(message.chat)
  }
  for (const key of change.removed ?? []) messages.delete(key)
  return {
    connection: 'live',
    phone: change.phone ?? from.phone,
    linkedDevices: change.linkedDevices ?? from.linkedDevices,
    contacts: change.contacts ?? from.contacts,
    chats: change.chats ?? from.chats,
    labels: change.labels ?? from.labels,
    groups: change.groups ?? from.groups,
    channels: change.channels ?? from.channels,
    statuses: change.statuses ?? from.statuses,
    messages,
    typing,
  }
}

export function withTyping(state: PhoneState, { chat, from, state: what }: Typing): PhoneState {
  const typing = new Map(state.typing)
  if (what === 'paused') typing.delete(chat)
  else typing.set(chat, from)
  return { ...state, typing }
}

export function withoutTyping(state: PhoneState): PhoneState {
  return state.typing.size === 0 ? state : { ...state, typing: new Map() }
}

/** In the order in which they came. */
export function messagesOf(
  messages: ReadonlyMap<string, MessageView>,
  chat: string,
): readonly MessageView[] {
  return [...messages.values()].filter((message) => message.chat === chat)
}

/** Every conversation that has messages: those that are pinned first, then the latest first. */
export function chatsOf(state: PhoneState): readonly Chat[] {
  const chats = new Map<string, Chat>()
  for (const message of state.messages.values()) {
    const { chat: id } = message
    const unread = (chats.get(id)?.unread ?? 0) + (isUnread(message) ? 1 : 0)
    chats.set(id, { id, contact: contactOf(state, id), last: message, unread })
  }
  const pinnedAt = (chat: Chat): number => chatStateOf(state, chat.id).pinnedAt ?? 0
  return [...chats.values()].toSorted(
    (one, other) => pinnedAt(other) - pinnedAt(one) || (other.last?.at ?? 0) - (one.last?.at ?? 0),
  )
}

/** Of a chat that nothing was made of, it says so. */
export function chatStateOf({ chats }: PhoneState, id: string): ChatView {
  return chats.find((chat) => chat.id === id) ?? { id, labels: [] }
}

/** Neither groups nor channels. */
export function peopleOf({ contacts }: PhoneState): readonly ContactView[] {
  return contacts.filter(({ members, isChannel }) => members === undefined && !isChannel)
}

export function isArchived(state: PhoneState, id: string): boolean {
  return chatStateOf(state, id).archived === true
}

/** By person, the own ones first. */
export function storiesOf({ statuses, phone }: PhoneState): readonly Stories[] {
  const people = new Set([phone?.phone ?? '', ...statuses.map(({ from }) => from)])
  return [...people]
    .map((from) => ({ from, stories: statuses.filter((story) => story.from === from) }))
    .filter(({ stories }) => stories.length > 0)
}

export interface Stories {
  /** Digits. */
  readonly from: string
  /** In the order in which they came. At least one. */
  readonly stories: readonly MessageView[]
}

export function hasNewStories({ statuses }: PhoneState): boolean {
  return statuses.some(isUnread)
}

export interface ChatWish {
  readonly text: string
  readonly kind: 'all' | 'unread' | 'groups'
}

export const everyChat: ChatWish = { text: '', kind: 'all' }

/** The chats that a search finds, by name, number or last message. */
export function chatsFound(chats: readonly Chat[], { text, kind }: ChatWish): readonly Chat[] {
  const wanted = plainLetters(text.trim())
  return chats.filter(({ id, contact, last, unread }) => {
    if (kind === 'unread' && unread === 0) return false
    if (kind === 'groups' && contact.members === undefined) return false
    return plainLetters(`${contact.name}\n${id}\n${last?.text ?? ''}`).includes(wanted)
  })
}

/** `Família` is found by `familia`. */
function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

export function unreadOf(messages: readonly MessageView[]): readonly MessageView[] {
  return messages.filter(isUnread)
}

/** Someone who is not in the list is shown by number. */
export function contactOf({ contacts }: Pick<PhoneState, 'contacts'>, id: string): ContactView {
  return (
    contacts.find((contact) => contact.id === id) ?? { id, name: shownNumber(id), business: false }
  )
}

/** `+55 11 99999-0001`; what is not a Brazilian number stays together. */
export function shownNumber(digits: string): string {
  const brazilian = /^55(\d\d)(\d{4,5})(\d{4})$/.exec(digits)
  if (brazilian) return `+55 ${brazilian[1]} ${brazilian[2]}-${brazilian[3]}`
  return /^\d+$/.test(digits) ? `+${digits}` : digits
}

function isUnread({ fromMe, status }: MessageView): boolean {
  return !fromMe && status !== 'read'
}
