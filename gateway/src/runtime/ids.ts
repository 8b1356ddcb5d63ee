/** The ids and tokens that we make, in the forms that callers know. */

/* oxlint-disable typescript/no-unsafe-type-assertion -- this is the place where new ids get their brand */

import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { MediaId } from '../domain/incoming-content.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId, WhatsappId } from '../domain/message.js'

/** Gives so many random bytes. */
export type RandomBytes = (size: number) => Uint8Array

/** UUIDv7 without dashes, upper case. Each one of a process is greater than the one before. */
export function newMessageId(): MessageId {
  return v7().replaceAll('-', '').toUpperCase() as MessageId
}

/** 22 characters as WhatsApp Web makes them: `3EB0` and 18 upper-case hex digits. */
export function newWhatsappId(random: RandomBytes = randomBytes): WhatsappId {
  return `3EB0${hex(9, random).toUpperCase()}` as WhatsappId
}

/** 32 characters of 192 random bits, fit for a path. */
export function newMediaId(random: RandomBytes = randomBytes): MediaId {
  return Buffer.from(random(24)).toString('base64url') as MediaId
}

/** 32 upper-case hex digits, the first a `3`. */
export function newInstanceId(random: RandomBytes = randomBytes): InstanceId {
  return `3${hex(16, random).slice(1).toUpperCase()}` as InstanceId
}

/** 24 upper-case hex digits. */
export function newInstanceToken(random: RandomBytes = randomBytes): string {
  return hex(12, random).toUpperCase()
}

/** `F`, 32 lower-case hex digits, `S`. */
export function newClientToken(random: RandomBytes = randomBytes): string {
  return `F${hex(16, random)}S`
}

/** 64 lower-case hex digits. */
export function newPartnerToken(random: RandomBytes = randomBytes): string {
  return hex(32, random)
}

/** 11 of 0-9 and A-Z, as WhatsApp's clients name an order. */
export function newOrderReference(random: RandomBytes = randomBytes): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  return [...random(11)].map((byte) => alphabet[byte % alphabet.length]).join('')
}

/** `FA48-HS63`: eight of 32 letters and digits, without those that look alike. 40 random bits. */
export function newExtensionToken(random: RandomBytes = randomBytes): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const text = [...random(8)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** `recado_mcp_` and 64 lower-case hex digits. */
export function newMcpToken(random: RandomBytes = randomBytes): string {
  return `recado_mcp_${hex(32, random)}`
}

/** How every API key begins, so that a key is known as one. */
export const apiKeyPrefix = 'recado_key_'

/** `recado_key_` and 64 lower-case hex digits. */
export function newApiKey(random: RandomBytes = randomBytes): string {
  return `${apiKeyPrefix}${hex(32, random)}`
}

/** 12 lower-case hex digits: what a token is called where it must not be shown. */
export function newTokenId(random: RandomBytes = randomBytes): string {
  return hex(6, random)
}

function hex(bytes: number, random: RandomBytes): string {
  return Buffer.from(random(bytes)).toString('hex')
}
