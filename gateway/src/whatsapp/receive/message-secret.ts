/**
 * The secret that comes with a message. What others send about it later (votes, answers, edits, reactions in communities)
 * is encrypted with it once more, so it is kept.
 *
 * The key also depends on the names of both people, and WhatsApp has two for each: whichever pair
 * opens what was sent was meant.
 */

import { aesDecryptGCM, hmacSign, normalizeMessageContent, type proto } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { lidJid, phoneJid } from '../jid.js'

/** Where the secrets are, sealed. `sessions/answer-secret-store.ts` implements it. */
export interface AnswerSecretPort {
  /** The first one counts. */
  keep(
    instanceId: InstanceId,
    whatsappId: string,
    secret: Uint8Array,
    keepForMs: number,
  ): Promise<void>
  find(instanceId: InstanceId, whatsappId: string): Promise<Uint8Array | undefined>
}

/** Answers come for weeks. */
export const answerableMs = 90 * 24 * 3_600_000
/** WhatsApp lets people edit for a quarter of an hour, and reactions come soon; both may wait for us while we are away. */
const editableMs = 3 * 24 * 3_600_000

export interface StoredSecret {
  readonly secret: Uint8Array
  readonly keepForMs: number
}

export interface SecretRecord {
  /** Base64. */
  readonly secret: string
  readonly creator: PersonId
  readonly options: readonly string[]
}

/** What has to be kept of a message for whatever is sealed about it later; `undefined` without a secret. */
export function answerSecretOf(
  message: proto.IMessage | null | undefined,
  creator: PersonId,
): StoredSecret | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  const poll = pollIn(content)
  const secret = (content?.messageContextInfo ?? message?.messageContextInfo)?.messageSecret
  if (!secret?.length) return undefined
  const options = (poll?.options ?? []).map(({ optionName }) => optionName ?? '')
  const kept: SecretRecord = { secret: Buffer.from(secret).toString('base64'), creator, options }
  return {
    secret: Buffer.from(JSON.stringify(kept)),
    keepForMs: (poll ?? content?.eventMessage) ? answerableMs : editableMs,
  }
}

/** A poll or an event. */
export function isAnswerable(message: proto.IMessage): boolean {
  const content = normalizeMessageContent(message)
  return Boolean(pollIn(content) ?? content?.eventMessage)
}

export function pollIn(
  content: proto.IMessage | undefined,
): proto.Message.IPollCreationMessage | null | undefined {
  return (
    content?.pollCreationMessage ??
    content?.pollCreationMessageV2 ??
    content?.pollCreationMessageV3 ??
    content?.pollCreationMessageV4?.message?.pollCreationMessage ??
    content?.pollCreationMessageV5
  )
}

/**
 * Decrypts what is sealed with the secret of a message in the form of whatsmeow's `msgsecret.go`:
 * as a vote, but without associated data. Throws when the key is not made of this secret and these names.
 */
export function openSealed(
  { encPayload, encIv }: { encPayload?: Uint8Array | null; encIv?: Uint8Array | null },
  secret: string,
  names: string,
): Uint8Array {
  const sign = Buffer.concat([Buffer.from(names), Buffer.of(1)])
  const root = hmacSign(Buffer.from(secret, 'base64'), new Uint8Array(32), 'sha256')
  const none = new Uint8Array()
  return aesDecryptGCM(encPayload ?? none, hmacSign(sign, root, 'sha256'), encIv ?? none, none)
}

/** `undefined` when no pair of names does. */
export function firstThatOpens<T>(
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

export function readSecretRecord(kept: Uint8Array): SecretRecord {
  // `answerSecretOf` wrote it, and the vault kept it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(Buffer.from(kept).toString()) as SecretRecord
}
