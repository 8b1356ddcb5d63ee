/**
 * The phone's arithmetic of pairing by an eight-character code.
 *
 * Both sides encrypt a throw-away key with the code, so only who knows the code
 * agrees on a secret; the companion then sends its identity under that secret.
 */

import { randomBytes } from 'node:crypto'
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  type KeyPair,
} from 'baileys'

const SALT = 32
const IV = 16
const KEY = 32
const GCM_IV = 12

/** `salt | iv | AES-CTR(key)` */
export async function wrapKey(code: string, publicKey: Uint8Array): Promise<Uint8Array> {
  const salt = randomBytes(SALT)
  const iv = randomBytes(IV)
  const codeKey = await derivePairingCodeKey(code, salt)
  return Buffer.concat([salt, iv, aesEncryptCTR(publicKey, codeKey, iv)])
}

/** A wrong code gives a wrong key, not an error: that shows only in `openBundle`. */
export async function unwrapKey(code: string, wrapped: Uint8Array): Promise<Uint8Array> {
  const codeKey = await derivePairingCodeKey(code, Buffer.from(wrapped.subarray(0, SALT)))
  const iv = wrapped.subarray(SALT, SALT + IV)
  return aesDecryptCTR(wrapped.subarray(SALT + IV, SALT + IV + KEY), codeKey, iv)
}

export interface OpenedBundle {
  readonly companionIdentity: Uint8Array
  readonly advSecret: Uint8Array
}

/** Throws when the code was wrong on either side, or the bundle was made for another phone. */
export function openBundle(
  bundle: Uint8Array,
  keys: {
    readonly phoneEphemeral: KeyPair
    readonly phoneIdentity: KeyPair
    readonly companionEphemeral: Uint8Array
  },
): OpenedBundle {
  const shared = Curve.sharedKey(keys.phoneEphemeral.private, keys.companionEphemeral)
  const key = hkdf(shared, 32, {
    salt: Buffer.from(bundle.subarray(0, SALT)),
    info: 'link_code_pairing_key_bundle_encryption_key',
  })
  const iv = bundle.subarray(SALT, SALT + GCM_IV)
  const opened = aesDecryptGCM(bundle.subarray(SALT + GCM_IV), key, iv, new Uint8Array(0))
  const companionIdentity = opened.subarray(0, KEY)
  const phoneIdentity = opened.subarray(KEY, 2 * KEY)
  const random = opened.subarray(2 * KEY)
  if (!phoneIdentity.equals(keys.phoneIdentity.public)) {
    throw new Error('the bundle names another phone')
  }
  const identityShared = Curve.sharedKey(keys.phoneIdentity.private, companionIdentity)
  const advSecret = hkdf(Buffer.concat([shared, identityShared, random]), 32, {
    info: 'adv_secret',
  })
  return { companionIdentity, advSecret }
}
