/**
 * The arithmetic of WhatsApp's passkey step on the companion's side.
 *
 * Formats and labels are those of WhatsApp's own web client (`WAWebShortcakeLinking*`), which whatsmeow, zapo
 * and whatsapp-rust follow too (July 2026).
 */

import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { aesEncryptGCM, bytesToCrockford, Curve, type KeyPair, proto } from 'baileys'

/** What Baileys registers this device as; the phone words its question by it. */
export const deviceType = proto.DeviceProps.PlatformType.CHROME

const keyBytes = 32
const codeBytes = 5
/** What AES-GCM takes. */
const ivBytes = 12

/** What a companion makes afresh for each attempt. */
export interface CompanionSecrets {
  readonly keyPair: KeyPair
  readonly nonce: Buffer
}

export interface PrimaryIdentity {
  readonly publicKey: Uint8Array
  readonly nonce: Uint8Array
}

export function newCompanionSecrets(): CompanionSecrets {
  return { keyPair: Curve.generateKeyPair(), nonce: randomBytes(keyBytes) }
}

/** @param advSecret base64: the one that the phone scanned, or agreed on by code */
export function handoffKeyOf(advSecret: string): Buffer {
  return derive(Buffer.from(advSecret, 'base64'), '', 'shortcake-passkey-handoff-v1')
}

/** Shows the phone that this companion is the one whose QR or code it was given. */
export function handoffProof(handoffKey: Uint8Array, payload: Uint8Array): Buffer {
  return createHmac('sha256', handoffKey).update(payload).digest()
}

/** A `ProloguePayload`: the companion's key, and a commitment to its nonce. */
export function prologuePayload({ keyPair, nonce }: CompanionSecrets, ref: string): Uint8Array {
  const identity = proto.CompanionEphemeralIdentity.encode({
    publicKey: keyPair.public,
    deviceType,
    ref,
  }).finish()
  return proto.ProloguePayload.encode({
    companionEphemeralIdentity: identity,
    commitment: { hash: sha256(identity, nonce) },
  }).finish()
}

/** Undefined where it is no `PrimaryEphemeralIdentity` with a key and a nonce of 32 bytes. */
export function primaryIdentityOf(bytes: Uint8Array): PrimaryIdentity | undefined {
  try {
    const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(bytes)
    if (publicKey?.length !== keyBytes || nonce?.length !== keyBytes) return undefined
    return { publicKey, nonce }
  } catch {
    return undefined
  }
}

/** The code that both screens show, as in `ABCD-EFGH`. */
export function codeToCompare(companionNonce: Uint8Array, primary: PrimaryIdentity): string {
  const mask = sha256(companionNonce, primary.publicKey)
  const mixed = Buffer.alloc(codeBytes)
  for (let index = 0; index < codeBytes; index += 1)
    mixed[index] = (primary.nonce[index] ?? 0) ^ (mask[index] ?? 0)
  const code = bytesToCrockford(mixed)
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

export interface PairingKeys {
  readonly noiseKey: Uint8Array
  readonly identityKey: Uint8Array
  /** base64 */
  readonly advSecret: string
}

/** An `EncryptedPairingRequest`: what the phone signs, readable for it alone. Undefined where its key is none. */
export function encryptedPairingRequest(
  { noiseKey, identityKey, advSecret }: PairingKeys,
  to: {
    readonly keyPair: KeyPair
    readonly primary: PrimaryIdentity
    readonly ref: string
    /** A random one unless given: a test knows what comes out. */
    readonly iv?: Uint8Array
  },
): Uint8Array | undefined {
  const shared = agreed(to.keyPair, to.primary.publicKey)
  if (shared === undefined) return undefined
  const request = proto.PairingRequest.encode({
    companionPublicKey: noiseKey,
    companionIdentityKey: identityKey,
    advSecret: Buffer.from(advSecret, 'base64'),
  }).finish()
  const salt = `Companion Pairing ${deviceType} with ref ${to.ref}`
  const key = derive(shared, salt, 'Pairing Information Encryption Key')
  const iv = to.iv ?? randomBytes(ivBytes)
  const encryptedPayload = aesEncryptGCM(request, key, iv, new Uint8Array(0))
  for (const secret of [shared, key, request]) secret.fill(0)
  return proto.EncryptedPairingRequest.encode({ encryptedPayload, iv }).finish()
}

function agreed({ private: own }: KeyPair, publicKey: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(Curve.sharedKey(own, publicKey))
  } catch {
    return undefined
  }
}

function derive(key: Uint8Array, salt: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, keyBytes))
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}
