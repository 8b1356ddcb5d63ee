/** Votes, answers to invitations, and reactions in communities: sealed with the secret of what they are about, see `message-secret.ts`. */

import { createHash } from 'node:crypto'
import {
  decryptEventResponse,
  decryptPollVote,
  normalizeMessageContent,
  proto,
  toNumber,
  type WAMessage,
} from 'baileys'
import type { IncomingContent } from '../../domain/incoming-content.js'
import { type Author, targetInOurView, targetOf } from './incoming-act.js'
import {
  firstThatOpens,
  type SecretRecord,
  openSealed,
  readSecretRecord,
} from './message-secret.js'
import type { WhatsappId } from '../../domain/message-id.js'
import { isWhatsappId } from '../jid.js'
import { sealedEditIn } from './sealed-edits.js'

/** Whether the message can only be read with the secret of an earlier one: that one's id. */
export function sealedAnswerTo({ message }: WAMessage): WhatsappId | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  const key =
    content?.pollUpdateMessage?.pollCreationMessageKey ??
    content?.encEventResponseMessage?.eventCreationMessageKey ??
    content?.encReactionMessage?.targetMessageKey ??
    sealedEditIn(content)?.targetMessageKey
  return isWhatsappId(key?.id) ? key.id : undefined
}

/** `waiting` where the secret is unknown, or does not fit. */
export function openAnswer(
  { message }: WAMessage,
  author: Author,
  kept: Uint8Array | undefined,
): IncomingContent {
  const content = normalizeMessageContent(message ?? undefined)
  const opened =
    kept &&
    (openVote(content?.pollUpdateMessage, author, readSecretRecord(kept)) ??
      openReply(content?.encEventResponseMessage, author, readSecretRecord(kept)) ??
      openReaction(content?.encReactionMessage, author, readSecretRecord(kept)))
  return opened ?? { kind: 'waiting', viewOnce: false }
}

function openVote(
  update: proto.Message.IPollUpdateMessage | null | undefined,
  author: Author,
  { secret, creator, options }: SecretRecord,
): IncomingContent | undefined {
  const { vote, pollCreationMessageKey: key } = update ?? {}
  const poll = targetInOurView(key, author)
  if (!vote || poll === undefined) return undefined
  const opened = firstThatOpens(creator, author.sender, (pollCreatorJid, voterJid) =>
    decryptPollVote(vote, {
      pollCreatorJid,
      voterJid,
      pollMsgId: poll.whatsappId,
      pollEncKey: Buffer.from(secret, 'base64'),
    }),
  )
  if (opened === undefined) return undefined
  const chosen = new Set(opened.selectedOptions.map((hash) => Buffer.from(hash).toString('hex')))
  const names = options.filter((name) =>
    chosen.has(createHash('sha256').update(name).digest('hex')),
  )
  return { kind: 'poll-vote', poll, options: names }
}

const responses: ReadonlyMap<number, 'going' | 'not-going' | 'maybe'> = new Map([
  [proto.Message.EventResponseMessage.EventResponseType.GOING, 'going'],
  [proto.Message.EventResponseMessage.EventResponseType.NOT_GOING, 'not-going'],
  [proto.Message.EventResponseMessage.EventResponseType.MAYBE, 'maybe'],
])

function openReply(
  reply: proto.Message.IEncEventResponseMessage | null | undefined,
  author: Author,
  { secret, creator }: SecretRecord,
): IncomingContent | undefined {
  const event = targetOf(reply?.eventCreationMessageKey, author)
  if (!reply || event === undefined) return undefined
  const opened = firstThatOpens(creator, author.sender, (eventCreatorJid, responderJid) =>
    decryptEventResponse(reply, {
      eventCreatorJid,
      responderJid,
      eventMsgId: event.whatsappId,
      eventEncKey: Buffer.from(secret, 'base64'),
    }),
  )
  const response = responses.get(opened?.response ?? 0)
  if (opened === undefined || response === undefined) return undefined
  return { kind: 'event-reply', response, at: toNumber(opened.timestampMs ?? 0), event }
}

function openReaction(
  sealed: proto.Message.IEncReactionMessage | null | undefined,
  author: Author,
  { secret, creator }: SecretRecord,
): IncomingContent | undefined {
  const target = targetOf(sealed?.targetMessageKey, author)
  if (!sealed || target === undefined) return undefined
  const opened = firstThatOpens(creator, author.sender, (creatorJid, reactorJid) =>
    proto.Message.ReactionMessage.decode(
      openSealed(sealed, secret, `${target.whatsappId}${creatorJid}${reactorJid}Enc Reaction`),
    ),
  )
  if (opened === undefined) return undefined
  const at = toNumber(opened.senderTimestampMs ?? 0)
  return { kind: 'reaction', emoji: opened.text ?? '', at, target }
}
