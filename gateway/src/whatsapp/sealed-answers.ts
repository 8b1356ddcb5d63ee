/**
 * Votes and answers to invitations. Their sender encrypts them once more, with
 * a secret that came with the poll or the event, so that secret is kept.
 *
 * The key also depends on the names of both people, and WhatsApp has two for
 * each: whichever pair opens the answer was meant.
 */

import { createHash } from 'node:crypto'
import {
  decryptEventResponse,
  decryptPollVote,
  normalizeMessageContent,
  proto,
  toNumber,
  type WAMessage,
} from 'baileys'
import type { PersonId } from '../domain/chat.js'
import type { IncomingContent } from '../domain/incoming-content.js'
import type { InstanceId } from '../domain/instance.js'
import { type Author, targetInOurView, targetOf } from './incoming-act.js'
import { lidJid, phoneJid } from './jid.js'

/** Where the secrets are, sealed. `sessions/answer-secret-store.ts` implements it. */
export interface AnswerSecretPort {
  keep(instanceId: InstanceId, whatsappId: string, secret: Uint8Array): Promise<void>
  find(instanceId: InstanceId, whatsappId: string): Promise<Uint8Array | undefined>
}

interface Kept {
  /** Base64. */
  readonly secret: string
  readonly creator: PersonId
  readonly options: readonly string[]
}

/** What has to be kept of a poll or an event; `undefined` for every other message. */
export function answerSecretOf(
  message: proto.IMessage | null | undefined,
  creator: PersonId,
): Uint8Array | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  const poll =
    content?.pollCreationMessage ?? content?.pollCreationMessageV2 ?? content?.pollCreationMessageV3
  const secret = (content?.messageContextInfo ?? message?.messageContextInfo)?.messageSecret
  if (!secret?.length || !(poll ?? content?.eventMessage)) return undefined
  const options = (poll?.options ?? []).map(({ optionName }) => optionName ?? '')
  const kept: Kept = { secret: Buffer.from(secret).toString('base64'), creator, options }
  return Buffer.from(JSON.stringify(kept))
}

/** Whether the message can only be read with the secret of an earlier one: that one's id. */
export function sealedAnswerTo({ message }: WAMessage): string | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  const key =
    content?.pollUpdateMessage?.pollCreationMessageKey ??
    content?.encEventResponseMessage?.eventCreationMessageKey
  return key?.id || undefined
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
    (openVote(content?.pollUpdateMessage, author, readKept(kept)) ??
      openReply(content?.encEventResponseMessage, author, readKept(kept)))
  return opened ?? { kind: 'waiting', viewOnce: false }
}

function openVote(
  update: proto.Message.IPollUpdateMessage | null | undefined,
  author: Author,
  { secret, creator, options }: Kept,
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
  { secret, creator }: Kept,
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

function firstThatOpens<T>(
  creator: PersonId,
  answerer: PersonId,
  open: (creatorJid: string, answererJid: string) => T,
): T | undefined {
  for (const creatorJid of jidsOf(creator))
    for (const answererJid of jidsOf(answerer)) {
      try {
        return open(creatorJid, answererJid)
      } catch {
        // Not this pair of names.
      }
    }
  return undefined
}

function jidsOf({ lid, phone }: PersonId): readonly string[] {
  return [
    ...(lid === undefined ? [] : [lidJid(lid)]),
    ...(phone === undefined ? [] : [phoneJid(phone)]),
  ]
}

/* oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `answerSecretOf` wrote it, and the vault kept it */
const readKept = (kept: Uint8Array) => JSON.parse(Buffer.from(kept).toString()) as Kept
