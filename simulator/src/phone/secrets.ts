/**
 * What is sealed with the secret of another message: votes in a poll, answers to an event, corrections.
 *
 * The key is made from the secret and from the JIDs of both people. A JID is a LID or a number, and clients
 * differ in which they take; so the reader tries all four pairs.
 */

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** WhatsApp's labels, part of the key. */
export type SecretUse = 'Poll Vote' | 'Event Response' | 'Event Edit' | 'Message Edit'

export interface SecretOf {
  /** The 32 bytes in the original message. */
  readonly secret: Uint8Array
  /** The id of the original message. */
  readonly id: string
  readonly use: SecretUse
}

/** JIDs without device. */
export interface Pair {
  readonly creator: string
  readonly sender: string
}

export interface Sealed {
  readonly encPayload: Uint8Array
  readonly encIv: Uint8Array
}

const tagLength = 16

export function seal(about: SecretOf, pair: Pair, plaintext: Uint8Array): Sealed {
  const encIv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(about, pair), encIv)
  cipher.setAAD(boundTo(about, pair))
  const encrypted = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]
  return { encPayload: Buffer.concat(encrypted), encIv }
}

/** Undefined when none of the pairs opens it. */
export function open(
  about: SecretOf,
  pairs: readonly Pair[],
  { encPayload, encIv }: Partial<Record<keyof Sealed, Uint8Array | null>>,
): Uint8Array | undefined {
  if (!encPayload || encPayload.length < tagLength || encIv?.length !== 12) return undefined
  for (const pair of pairs) {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(about, pair), encIv)
    decipher.setAAD(boundTo(about, pair))
    decipher.setAuthTag(encPayload.subarray(-tagLength))
    try {
      return Buffer.concat([decipher.update(encPayload.subarray(0, -tagLength)), decipher.final()])
    } catch {
      // Another pair may fit.
    }
  }
  return undefined
}

/** Every pair of the forms in which two people may be named. */
export function pairsOf(creators: readonly string[], senders: readonly string[]): readonly Pair[] {
  return creators.flatMap((creator) => senders.map((sender) => ({ creator, sender })))
}

function keyOf({ secret, id, use }: SecretOf, { creator, sender }: Pair): Uint8Array {
  const info = Buffer.from(`${id}${creator}${sender}${use}`)
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), info, 32))
}

/** Corrections are bound to nothing. */
function boundTo({ id, use }: SecretOf, { sender }: Pair): Buffer {
  return Buffer.from(use === 'Poll Vote' || use === 'Event Response' ? `${id}\0${sender}` : '')
}
