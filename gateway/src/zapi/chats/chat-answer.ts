/** A chat in Z-API's words. */

import { Type } from 'typebox'
import type { Directory } from '../../directory/directory.js'
import { type ChatId, chatKey, type PersonId } from '../../domain/chat.js'
import type { KnownChat, KnownContact } from '../../domain/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Note } from '../../domain/label.js'
import { phoneOf } from '../to-zapi.js'

/** What every answer about a chat has. Z-API writes truth values and times as texts here. */
export const chatAnswer = {
  phone: Type.String({ description: 'The number, the LID, the group or the channel.' }),
  name: Type.String({
    description:
      'The name in the address book, else that of the group, of the business, or the one that the person chose. Empty if none is known.',
  }),
  unread: Type.String({ description: 'How many messages are unread; 1 if it was marked unread.' }),
  messagesUnread: Type.Integer({ description: 'How many messages are unread.' }),
  lastMessageTime: Type.String({
    description: 'When the last message was sent, in seconds since 1970; 0 if none is known.',
  }),
  archived: Type.String({ description: '`true` or `false`.' }),
  pinned: Type.String({ description: '`true` or `false`.' }),
  isMuted: Type.String({ description: '`1` or `0`.' }),
  muteEndTime: Type.Optional(
    Type.Integer({
      description:
        'Until when it is muted, in milliseconds since 1970; -1 for ever. Only if it is.',
    }),
  ),
  isMarkedSpam: Type.String({
    description: '`true` if it was reported, or the person is a stranger who is not accepted yet.',
  }),
  isGroup: Type.Boolean({ description: 'Whether it is a group.' }),
  isGroupAnnouncement: Type.Boolean({
    description: 'Whether it is the group in which a community tells its news.',
  }),
  notes: Type.Optional(
    Type.Object(
      {
        id: Type.String({ description: 'Of the note.' }),
        content: Type.String({ description: 'The note.' }),
        createdAt: Type.Integer({ description: 'In milliseconds since 1970.' }),
        lastUpdateAt: Type.Integer({ description: 'In milliseconds since 1970.' }),
      },
      {
        description: 'What was written down with POST /chats/{phone}/notes. Only if there is one.',
      },
    ),
  ),
}

export const chatExample = {
  phone: '5511999999999',
  name: 'Ana Souza',
  unread: '2',
  messagesUnread: 2,
  lastMessageTime: '1730918668',
  archived: 'false',
  pinned: 'true',
  isMuted: '0',
  isMarkedSpam: 'false',
  isGroup: false,
  isGroupAnnouncement: false,
}

export function chatKeys(
  known: KnownChat,
  contact: KnownContact | undefined,
  note: Note | undefined,
) {
  const { chat, mutedUntil, unread = 0, lastMessageAt = 0 } = known
  const isMuted = mutedUntil !== undefined && mutedUntil !== null
  return {
    phone: phoneOf(chat),
    name: nameOf(known, contact),
    unread: String(Math.max(unread, known.isMarkedUnread === true ? 1 : 0)),
    messagesUnread: unread,
    lastMessageTime: String(Math.floor(lastMessageAt / 1_000)),
    archived: String(known.isArchived ?? false),
    pinned: String((known.pinnedAt ?? null) !== null),
    isMuted: isMuted ? '1' : '0',
    ...(isMuted ? { muteEndTime: mutedUntil === 'always' ? -1 : mutedUntil } : {}),
    isMarkedSpam: String(known.isSpam ?? false),
    isGroup: chat.kind === 'group',
    isGroupAnnouncement: known.isAnnouncement ?? false,
    ...(note && { notes: noteAnswer(note) }),
  }
}

function noteAnswer({ id, content, createdAt, changedAt }: Note) {
  return { id, content, createdAt, lastUpdateAt: changedAt }
}

/** Empty if none is known. */
export function nameOf(known: KnownChat | undefined, contact: KnownContact | undefined): string {
  return contact?.name ?? known?.name ?? contact?.verifiedName ?? contact?.pushName ?? ''
}

/** Who the persons among the chats are, by the key of their chat. */
export async function contactsOf(
  directory: Directory,
  instanceId: InstanceId,
  chats: readonly ChatId[],
): Promise<(chat: ChatId) => KnownContact | undefined> {
  const people = chats.flatMap((chat) => (chat.kind === 'person' ? [personOf(chat)] : []))
  const found = await directory.contacts.findAll(instanceId, people)
  const byName = new Map(
    found.flatMap((contact) => namesOf(contact.person).map((name) => [name, contact])),
  )
  return (chat) =>
    chat.kind === 'person'
      ? namesOf(chat)
          .map((name) => byName.get(name))
          .find(Boolean)
      : undefined
}

function personOf({ phone, lid }: PersonId): PersonId {
  return { phone, lid }
}

function namesOf({ phone, lid }: PersonId): readonly string[] {
  return [
    ...(phone === undefined ? [] : [chatKey({ kind: 'person', phone })]),
    ...(lid === undefined ? [] : [chatKey({ kind: 'person', lid })]),
  ]
}
