/**
 * Encrypts votes, answers to events and edits of events with the secret of the message that they are
 * about; `message-secret.ts` opens them. The form is that of whatsmeow's `msgsecret.go`.
 */

import { randomBytes } from 'node:crypto'
import { aesEncryptGCM, hmacSign, jidNormalizedUser, type WASocket } from 'baileys'
import { type EarlierMessage, NotPossibleError } from './earlier-message.js'

export type SecretUse = 'Poll Vote' | 'Event Response' | 'Event Edit'

export interface Sealed {
  readonly encPayload: Uint8Array
  readonly encIv: Uint8Array
}

/** Throws `NotPossibleError` where the secret of the message is unknown. */
export function sealAnswer(
  { kept, message, authorJid }: EarlierMessage,
  use: SecretUse,
  plaintext: Uint8Array,
  sock: Pick<WASocket, 'authState'>,
): Sealed {
  const secret = message.messageContextInfo?.messageSecret
  if (!secret?.length || authorJid === undefined) throw new NotPossibleError('not-answerable')
  const creator = jidNormalizedUser(authorJid)
  const own = ownJidLike(creator, sock)
  const names = Buffer.from(`${kept.whatsappId}${creator}${own}${use}`)
  const root = hmacSign(secret, new Uint8Array(32), 'sha256')
  const key = hmacSign(Buffer.concat([names, Buffer.of(1)]), root, 'sha256')
  const encIv = randomBytes(12)
  const boundTo = use === 'Event Edit' ? '' : `${kept.whatsappId}\0${own}`
  return { encPayload: aesEncryptGCM(plaintext, key, encIv, Buffer.from(boundTo)), encIv }
}

/** Both people are named in one way: by LID, or by number. */
function ownJidLike(creator: string, { authState }: Pick<WASocket, 'authState'>): string {
  const { id = '', lid } = authState.creds.me ?? {}
  return jidNormalizedUser(creator.endsWith('@lid') ? (lid ?? id) : id)
}
