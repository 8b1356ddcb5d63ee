/**
 * What later messages do to one that the phone shows: reactions, corrections, deletions, pins, votes, answers
 * to events. A phone ignores what its sender may not do, and says so to those who watch.
 */

import { createHash } from 'node:crypto'
import { proto } from 'baileys'
import type { Account } from '../account.js'
import type { Change, ChangeBy } from '../draw/change.js'
import { contentOf } from '../draw/index.js'
import type { EventAnswer } from '../draw/view.js'
import type { EpochMs, MessageState, PhoneMessage } from '../model.js'
import { open, pairsOf, type SecretUse } from './secrets.js'

/** As long as WhatsApp's clients take a correction. */
export const EDIT_WINDOW_MS = 1_200_000
/** A day, a week, thirty days; 0 unpins. */
const pinSeconds: ReadonlySet<number> = new Set([0, 86_400, 604_800, 2_592_000])

export interface ChangeFrom {
  /** Digits of who changes it. */
  readonly from: string
  readonly at: EpochMs
  /** The people by digits. */
  readonly account: (digits: string) => Account | undefined
  /** Whether they may change the messages of others: who made the group. */
  readonly isAdmin: boolean
}

export type Changed =
  | { readonly kind: 'state'; readonly state: MessageState }
  /** Another content, to be drawn. */
  | { readonly kind: 'content'; readonly content: proto.IMessage }
  | { readonly kind: 'refused'; readonly why: string }

export function changed(message: PhoneMessage, { by }: Change, who: ChangeFrom): Changed {
  const { state } = message
  switch (by.change) {
    case 'reaction':
      return { kind: 'state', state: { ...state, reactions: reactionsWith(state, by, who.from) } }
    case 'edit':
      return edited(message, by.content, who)
    case 'delete':
      if (who.from !== message.from && !who.isAdmin) return refused('not its author')
      return { kind: 'state', state: { ...state, deletedBy: who.from } }
    case 'pin':
      if (!pinSeconds.has(by.seconds)) return refused(`pinned for ${by.seconds} seconds`)
      return { kind: 'state', state: pinnedWith(state, by.seconds, who.at) }
    case 'vote':
      return voted(message, by.vote.vote ?? {}, who)
    case 'event-response':
      return answered(message, by.answer, who)
    case 'encrypted-edit':
      return encryptedEdit(message, by.edit, who)
  }
}

function refused(why: string): Changed {
  return { kind: 'refused', why }
}

function reactionsWith(
  { reactions }: MessageState,
  { text }: Extract<ChangeBy, { change: 'reaction' }>,
  from: string,
): MessageState['reactions'] {
  const others = reactions.filter((each) => each.from !== from)
  return text === '' ? others : [...others, { from, text }]
}

function pinnedWith(state: MessageState, seconds: number, at: EpochMs): MessageState {
  const { pinnedUntil: _before, ...rest } = state
  return seconds === 0 ? rest : { ...rest, pinnedUntil: at + seconds * 1000 }
}

function edited(message: PhoneMessage, content: proto.IMessage, who: ChangeFrom): Changed {
  if (who.from !== message.from) return refused('not its author')
  if (message.state.deletedBy !== undefined) return refused('it is deleted')
  // For channels the server looks at the age.
  if (!isChannel(message.chat) && who.at - message.at > EDIT_WINDOW_MS)
    return refused('it is older than 20 minutes')
  const [was, is] = [wordsOf(contentOf(message.content)), wordsOf(contentOf(content))]
  if (was === undefined || was !== is) return refused('it is not of the same kind')
  return { kind: 'content', content }
}

/** Where the words of a message are that can be corrected: its text, or the caption of one kind of file. */
function wordsOf(content: proto.IMessage): string | undefined {
  if (typeof content.conversation === 'string' || content.extendedTextMessage) return 'text'
  return (['imageMessage', 'videoMessage', 'documentMessage'] as const).find(
    (name) => content[name],
  )
}

function isChannel(chat: string): boolean {
  return chat.endsWith('@newsletter')
}

function voted(
  message: PhoneMessage,
  sealed: proto.Message.IPollEncValue,
  who: ChangeFrom,
): Changed {
  const poll = message.view.parts.find((part) => part.type === 'poll')
  if (poll?.type !== 'poll') return refused('it is no poll')
  const plaintext = opened(message, 'Poll Vote', sealed, who)
  if (plaintext === undefined) return refused('the vote cannot be opened')
  const { selectedOptions } = proto.Message.PollVoteMessage.decode(plaintext)
  const chosen = new Set(selectedOptions.map((hash) => Buffer.from(hash).toString('hex')))
  const options = poll.options.filter((option) => chosen.has(hashOf(option).toString('hex')))
  if (options.length < chosen.size) return refused('the vote is for an option that is not there')
  if (poll.selectable > 0 && options.length > poll.selectable) return refused('too many options')
  const others = message.state.votes.filter(({ from }) => from !== who.from)
  const votes = options.length === 0 ? others : [...others, { from: who.from, options }]
  return { kind: 'state', state: { ...message.state, votes } }
}

/** A vote names options by this. */
export function hashOf(option: string): Buffer {
  return createHash('sha256').update(option).digest()
}

const { GOING, NOT_GOING, MAYBE } = proto.Message.EventResponseMessage.EventResponseType
const answers: ReadonlyMap<number, EventAnswer> = new Map([
  [GOING, 'going'],
  [NOT_GOING, 'not-going'],
  [MAYBE, 'maybe'],
])

function answered(
  message: PhoneMessage,
  sealed: proto.Message.IEncEventResponseMessage,
  who: ChangeFrom,
): Changed {
  const plaintext = opened(message, 'Event Response', sealed, who)
  if (plaintext === undefined) return refused('the answer cannot be opened')
  const { response } = proto.Message.EventResponseMessage.decode(plaintext)
  const answer = answers.get(response ?? 0)
  if (answer === undefined) return refused('an answer that is not known')
  const others = message.state.answers.filter(({ from }) => from !== who.from)
  return {
    kind: 'state',
    state: { ...message.state, answers: [...others, { from: who.from, answer }] },
  }
}

const { EVENT_EDIT, MESSAGE_EDIT } = proto.Message.SecretEncryptedMessage.SecretEncType

function encryptedEdit(
  message: PhoneMessage,
  edit: proto.Message.ISecretEncryptedMessage,
  who: ChangeFrom,
): Changed {
  const isEvent = edit.secretEncType === EVENT_EDIT
  if (!isEvent && edit.secretEncType !== MESSAGE_EDIT) return refused('an edit that is not known')
  if (who.from !== message.from) return refused('not its author')
  const plaintext = opened(message, isEvent ? 'Event Edit' : 'Message Edit', edit, who)
  if (plaintext === undefined) return refused('the edit cannot be opened')
  const inside = proto.Message.decode(plaintext)
  const { editedMessage } = inside.protocolMessage ?? {}
  const content = editedMessage ? proto.Message.create(editedMessage) : inside
  // The secret stays: the next edit is sealed with it, too.
  content.messageContextInfo ??= message.content.messageContextInfo ?? null
  return isEvent ? { kind: 'content', content } : edited(message, content, who)
}

function opened(
  message: PhoneMessage,
  use: SecretUse,
  sealed: Parameters<typeof open>[2],
  who: ChangeFrom,
): Uint8Array | undefined {
  const secret = secretOf(message)
  const [creator, sender] = [who.account(message.from), who.account(who.from)]
  if (!secret || !creator || !sender) return undefined
  return open({ secret, id: message.id, use }, pairsOf(jidsOf(creator), jidsOf(sender)), sealed)
}

function jidsOf(account: Account): readonly string[] {
  return [account.jid('lid'), account.jid('pn')]
}

/** Undefined for a message that nothing can be sealed with. */
export function secretOf({ content }: PhoneMessage): Uint8Array | undefined {
  const inner = content.deviceSentMessage?.message?.messageContextInfo
  const secret = content.messageContextInfo?.messageSecret ?? inner?.messageSecret
  return secret?.length ? secret : undefined
}
