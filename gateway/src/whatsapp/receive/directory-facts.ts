/** What WhatsApp tells of chats and people, in our words. */

import { type BaileysEventMap, type proto, toNumber } from 'baileys'
import type { ChatId, PersonId } from '../../domain/chat.js'
import type { ChatFacts, ContactFacts, DirectoryFact } from '../../domain/directory.js'
import type { EpochMs } from '../../domain/time.js'
import type { SyncAction } from '../baileys-patches/sync-actions.js'
import { chatOfJid, personOfJid, withOtherAddress } from '../jid.js'

type ChatUpdate = BaileysEventMap['chats.update'][number]
type Contact = Partial<BaileysEventMap['contacts.upsert'][number]>
type Seconds = Parameters<typeof toNumber>[0]

/** What the settings that the phone shares say of a chat, or a message that changes one. */
export function factOfUpdate(update: ChatUpdate): DirectoryFact | undefined {
  const chat = chatOfJid(update.id)
  if (chat === undefined) return undefined
  const facts: ChatFacts = {
    isArchived: update.archived ?? undefined,
    ...('pinned' in update ? { pinnedAt: pinnedOf(update.pinned) } : {}),
    ...('muteEndTime' in update ? { mutedUntil: mutedOf(update.muteEndTime) } : {}),
    ...readOf(update.unreadCount),
  }
  const isTold = Object.values(facts).some((fact) => fact !== undefined)
  return isTold ? { kind: 'chat', chat, facts } : undefined
}

/** A chat that was cleared or deleted, up to the last message that the device knew which did it. */
export function factOfErasure({
  index: [kind, jid],
  value,
}: SyncAction): DirectoryFact | undefined {
  const chat = kind === 'clearChat' || kind === 'deleteChat' ? chatOfJid(jid) : undefined
  const range = (value.clearChatAction ?? value.deleteChatAction)?.messageRange
  const until = timeOf(range?.lastMessageTimestamp) ?? timeOf(value.timestamp)
  if (chat === undefined || until === undefined) return undefined
  // WhatsApp counts seconds there.
  return { kind: 'chat-cleared', chat, until: until + 999 }
}

/** 0: read, -1: marked unread. What is more was counted from messages, which are counted here too. */
function readOf(unread: number | null | undefined): ChatFacts {
  if (unread === 0) return { unread: 0, isMarkedUnread: false }
  return unread === -1 ? { isMarkedUnread: true } : {}
}

/** Of the address book. */
export function factOfContact(contact: Contact): DirectoryFact | undefined {
  const person = personIn(contact)
  if (person === undefined || contact.name === undefined) return undefined
  return { kind: 'contact', person, facts: { name: contact.name, isSaved: contact.name !== '' } }
}

/** A person who was taken out of the address book. */
export function factOfRemoval({
  index: [kind, jid],
  isRemoval,
}: SyncAction): DirectoryFact | undefined {
  const person = isRemoval && kind === 'contact' ? personOfJid(jid) : undefined
  return person && unsaved(person)
}

export function unsaved(person: PersonId): DirectoryFact {
  return { kind: 'contact', person, facts: { name: '', shortName: '', isSaved: false } }
}

/** The name of a business comes with its messages. */
export function factOfBusiness(contact: Contact): DirectoryFact | undefined {
  const person = personIn(contact)
  const { verifiedName } = contact
  if (person === undefined || !verifiedName) return undefined
  return { kind: 'contact', person, facts: { verifiedName } }
}

export function factOfPushName(jid: string, pushName: string): DirectoryFact | undefined {
  const person = personOfJid(jid)
  return person && { kind: 'contact', person, facts: { pushName } }
}

/** A chat as the history has it. */
export function factsOfConversation(conversation: proto.IConversation): readonly DirectoryFact[] {
  const chat = chatIn(conversation)
  if (chat === undefined || conversation.isParentGroup === true) return []
  const name = conversation.displayName || conversation.name || undefined
  const unread = conversation.unreadCount ?? undefined
  const facts: ChatFacts = {
    name,
    isArchived: conversation.archived ?? undefined,
    pinnedAt: pinnedOf(conversation.pinned),
    mutedUntil: mutedOf(conversation.muteEndTime),
    unread,
    isMarkedUnread: conversation.markedAsUnread ?? undefined,
    isSpam: isPresent(conversation.notSpam) ? !conversation.notSpam : undefined,
    isAnnouncement: conversation.isDefaultSubgroup ?? undefined,
    timerSeconds: conversation.ephemeralExpiration ?? undefined,
    lastMessageAt: timeOf(conversation.lastMsgTimestamp ?? conversation.conversationTimestamp),
  }
  return [
    { kind: 'chat', chat, facts },
    ...(chat.kind === 'person' && name !== undefined ? [named(chat, { name })] : []),
  ]
}

function named({ phone, lid }: PersonId, facts: ContactFacts): DirectoryFact {
  return { kind: 'contact', person: { phone, lid }, facts }
}

export function chatIn({ id, pnJid, lidJid }: proto.IConversation): ChatId | undefined {
  const chat = chatOfJid(id)
  if (chat?.kind !== 'person') return chat
  const withPhone = withOtherAddress(chat, personOfJid(pnJid))
  return { kind: 'person', ...withOtherAddress(withPhone, personOfJid(lidJid)) }
}

function personIn({ id, lid, phoneNumber }: Contact): PersonId | undefined {
  const person = personOfJid(id)
  if (person === undefined) return undefined
  return withOtherAddress(withOtherAddress(person, personOfJid(lid)), personOfJid(phoneNumber))
}

function pinnedOf(at: Seconds): EpochMs | null {
  return timeOf(at) ?? null
}

/** -1, and in the history the largest number that there is: for ever. */
function mutedOf(at: Seconds): ChatFacts['mutedUntil'] {
  const until = toNumber(at ?? 0)
  if (until < 0 || until >= Number.MAX_SAFE_INTEGER) return 'always'
  return timeOf(until) ?? null
}

/** Seconds in the history, milliseconds in the settings. */
function timeOf(at: Seconds): EpochMs | undefined {
  const value = toNumber(at ?? 0)
  if (value <= 0) return undefined
  return value < 100_000_000_000 ? value * 1_000 : value
}

function isPresent(value: boolean | null | undefined): boolean {
  return value !== undefined && value !== null
}
