/**
 * Encryption at rest: AES-256-GCM with keys derived from the master key.
 *
 * `context` names the place of the value (table, instance, id). It is
 * authenticated and not stored, so bytes copied from one row to another do not
 * open. Each context also has its own key, so random nonces cannot run out.
 *
 * Sealed: one byte version, 12 bytes nonce, the ciphertext, 16 bytes tag.
 */

import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto'
import { MasterKeyError } from '../domain/errors.js'

export interface Vault {
  seal(plain: Uint8Array, context: string): Uint8Array
  /** Throws `MasterKeyError` when key, context or bytes do not match. Never retryable. */
  open(sealed: Uint8Array, context: string): Uint8Array
  /** 32 bytes that only this master key gives, always the same for the same `context`. */
  deriveSecret(context: string): Uint8Array
}

export const masterKeyBytes = 32

const version = 1
const nonceBytes = 12
const tagBytes = 16

/** `masterKey` holds 32 random bytes; it is copied. */
export function createVault(masterKey: Uint8Array): Vault {
  if (masterKey.length !== masterKeyBytes) {
    throw new MasterKeyError(`a master key has ${masterKeyBytes} bytes, not ${masterKey.length}`)
  }
  // HKDF (RFC 5869) by hand: its first step is the same for every context, and 32 bytes are one block.
  const extracted = createHmac('sha256', Buffer.alloc(masterKeyBytes)).update(masterKey).digest()
  const derive = (purpose: 'seal' | 'secret', context: string): Buffer =>
    createHmac('sha256', extracted).update(`recado/${purpose}/1/${context}\u0001`).digest()

  return {
    seal: (plain, context) => seal(plain, context, derive('seal', context)),
    open: (sealed, context) => open(sealed, context, derive('seal', context)),
    deriveSecret: (context) => derive('secret', context),
  }
}

function seal(plain: Uint8Array, context: string, key: Buffer): Uint8Array {
  const nonce = newNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = cipher.update(plain)
  const rest = cipher.final()
  return Buffer.concat([Buffer.of(version), nonce, body, rest, cipher.getAuthTag()])
}

/** Asking the system for 12 bytes takes as long as for a thousand. */
const nonces = Buffer.alloc(nonceBytes * 128)
let usedNonces = nonces.length

function newNonce(): Buffer {
  if (usedNonces === nonces.length) {
    randomFillSync(nonces)
    usedNonces = 0
  }
  usedNonces += nonceBytes
  return Buffer.from(nonces.subarray(usedNonces - nonceBytes, usedNonces))
}

function open(sealed: Uint8Array, context: string, key: Buffer): Uint8Array {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < 1 + nonceBytes + tagBytes || bytes[0] !== version) throw unopenable()

  const nonce = bytes.subarray(1, 1 + nonceBytes)
  const body = bytes.subarray(1 + nonceBytes, -tagBytes)
  const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(context))
  cipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([cipher.update(body), cipher.final()])
  } catch (cause) {
    throw unopenable(cause)
  }
}

function unopenable(cause?: unknown): MasterKeyError {
  return new MasterKeyError(
    'a stored value does not open: it was sealed with another master key, or was changed since',
    { cause },
  )
}
