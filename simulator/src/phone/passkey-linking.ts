/**
 * The phone's half of WhatsApp's passkey step: it learns from the companion, under a fresh secret, the keys
 * and the ADV secret that the pairing is completed with.
 *
 * The formats are those of WhatsApp's own client (`WAWebShortcakeLinking*`, June 2026).
 */

import {
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { Curve, type KeyPair, proto } from 'baileys'
import type { Account } from '../account.js'
import { PairingRefusedError } from '../model.js'
import { type FaultPort } from '../fault-port.js'
import type { PairingOffer } from '../server/pairing.js'
import type { PasskeyGate, Prologue } from '../server/passkey-gate.js'
import type { LinkingScreen } from './linking-screen.js'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ'

export interface PasskeyLinkingPhone {
  readonly account: Account
  readonly gate: PasskeyGate
  readonly screen: LinkingScreen
  readonly faults: Pick<FaultPort, 'passkeyFault'>
}

/**
 * Resolves with the new ADV secret of the companion.
 *
 * @param oldSecret the one that the phone scanned, or agreed on by code
 * @throws PairingRefusedError when something does not fit, the companion has gone, or the owner cancels
 */
export function confirmByPasskey(
  phone: PasskeyLinkingPhone,
  offer: PairingOffer,
  oldSecret: Uint8Array,
): Promise<Uint8Array> {
  return phone.screen.during(offer.platform, () => exchange(phone, offer, oldSecret))
}

async function exchange(
  { account, gate, screen, faults }: PasskeyLinkingPhone,
  offer: PairingOffer,
  oldSecret: Uint8Array,
): Promise<Uint8Array> {
  const prologue = await gate.ask(offer.connection, account)
  const companion = companionIn(prologue, offer)
  if (prologue.proof !== undefined) checkProof(prologue.payload, prologue.proof, oldSecret)
  await Promise.race([screen.untilConfirmed(offer.platform), gate.gone(offer.connection)])
  screen.show({ step: 'finishing' })

  const pair = Curve.generateKeyPair()
  const nonce = randomBytes(32)
  const isShort = faults.passkeyFault(account.phone, 'malformed') !== undefined
  const publicKey = isShort ? pair.public.subarray(0, 31) : pair.public
  const own = proto.PrimaryEphemeralIdentity.encode({ publicKey, nonce }).finish()
  const companionNonce = await gate.continueWith(offer.connection, own)
  if (!sha256(companion.identity, companionNonce).equals(companion.commitment))
    throw new PairingRefusedError('the companion did not commit itself to this nonce')
  if (prologue.proof === undefined)
    screen.show({ step: 'compare', code: codeOf(nonce, companionNonce, pair.public) })

  const encrypted = await gate.pairingRequest(offer.connection)
  screen.show({ step: 'finishing' })
  const salt = `Companion Pairing ${offer.deviceType} with ref ${companion.ref}`
  return newSecretIn(decrypted(encrypted, keyOf(pair, companion.publicKey, salt)), offer)
}

interface Companion {
  /** The very bytes that the companion committed itself to. */
  readonly identity: Uint8Array
  readonly commitment: Buffer
  readonly publicKey: Uint8Array
  readonly ref: string
}

function companionIn({ payload, ref }: Prologue, offer: PairingOffer): Companion {
  const { companionEphemeralIdentity: identity, commitment } = proto.ProloguePayload.decode(payload)
  const {
    publicKey,
    deviceType,
    ref: named,
  } = proto.CompanionEphemeralIdentity.decode(identity ?? Buffer.alloc(0))
  const hash = commitment?.hash
  if (!identity || publicKey?.length !== 32 || hash?.length !== 32)
    throw new PairingRefusedError('the prologue is malformed')
  if (named !== ref || ref === undefined)
    throw new PairingRefusedError('the prologue names another reference')
  if (deviceType !== offer.deviceType)
    throw new PairingRefusedError('the prologue names another kind of device')
  return { identity, publicKey, ref, commitment: Buffer.from(hash) }
}

/** Shows that who signs is who showed the QR or the code. */
function checkProof(payload: Uint8Array, proof: Uint8Array, oldSecret: Uint8Array): void {
  const key = hkdf(oldSecret, Buffer.alloc(0), 'shortcake-passkey-handoff-v1')
  const expected = createHmac('sha256', key).update(payload).digest()
  if (proof.length !== expected.length || !timingSafeEqual(expected, proof))
    throw new PairingRefusedError('the proof is not by the companion that was scanned')
}

function codeOf(nonce: Buffer, companionNonce: Uint8Array, publicKey: Uint8Array): string {
  const mask = sha256(companionNonce, publicKey)
  const bits = [0, 1, 2, 3, 4]
    .map((index) => ((nonce[index] ?? 0) ^ (mask[index] ?? 0)).toString(2).padStart(8, '0'))
    .join('')
  const letters = (bits.match(/.{5}/gu) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

function keyOf(pair: KeyPair, companionKey: Uint8Array, salt: string): Buffer {
  const shared = Curve.sharedKey(pair.private, companionKey)
  return hkdf(shared, Buffer.from(salt), 'Pairing Information Encryption Key')
}

function decrypted(encrypted: Uint8Array, key: Buffer): Uint8Array {
  try {
    const { encryptedPayload, iv } = proto.EncryptedPairingRequest.decode(encrypted)
    const sealed = Buffer.from(encryptedPayload ?? [])
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv ?? []))
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  } catch (cause) {
    throw new PairingRefusedError('the pairing request cannot be decrypted', { cause })
  }
}

function newSecretIn(request: Uint8Array, offer: PairingOffer): Uint8Array {
  const { companionPublicKey, companionIdentityKey, advSecret } =
    proto.PairingRequest.decode(request)
  if (
    !isSame(companionPublicKey, offer.noiseKey) ||
    !isSame(companionIdentityKey, offer.identityKey)
  )
    throw new PairingRefusedError('the pairing request names other keys than its connection')
  if (advSecret?.length !== 32) throw new PairingRefusedError('the pairing request has no secret')
  return advSecret
}

function isSame(sent: Uint8Array | null | undefined, offered: Uint8Array): boolean {
  return Buffer.from(sent ?? []).equals(offered)
}

function hkdf(key: Uint8Array, salt: Uint8Array, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, 32))
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}
