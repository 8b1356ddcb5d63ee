/**
 * Signatures that are really checked.
 *
 * Baileys 7.0.0-rc14 asks libsignal to verify three things and does not look at
 * the answer: the server's certificate, the account signature of a pairing
 * (`Curve.verify` in Utils/crypto.js) and the signed prekey of each recipient
 * (`verifySignature(…, true)` in libsignal's session_builder.js). All three call one
 * function of libsignal, and all take a throw for a refusal: so it is replaced by
 * one that throws.
 *
 * It runs on Node's Ed25519: 0.2 ms where the JavaScript of libsignal takes 11.
 */

import { createPublicKey, verify } from 'node:crypto'
import libsignal from 'libsignal'

interface Curve {
  verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

class ForgedSignatureError extends Error {
  override readonly name = 'ForgedSignatureError'
}

/** Takes effect for what is imported afterwards, so call it before Baileys is loaded. Doing it again changes nothing. */
export function checkSignatures(): void {
  curveOfLibsignal().verifySignature = (publicKey, message, signature) => {
    if (isSignedBy(publicKey, message, signature)) return true
    throw new ForgedSignatureError('the signature does not belong to this key and message')
  }
}

/**
 * Whether the holder of the X25519 key signed the message, by XEdDSA
 * (https://signal.org/docs/specifications/xeddsa/): an Ed25519 signature by the same key
 * on the other form of the curve, its sign in the signature's highest bit.
 *
 * `publicKey` has 32 bytes, or 33 with Signal's type byte in front; a signature has 64.
 * Anything else is not a signature.
 */
export function isSignedBy(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = publicKey.length === 33 && publicKey[0] === 5 ? publicKey.subarray(1) : publicKey
  const last = signature[63]
  if (key.length !== 32 || signature.length !== 64 || last === undefined) return false
  const edwards = edwardsKeyOf(key)
  edwards[31] = (edwards[31] ?? 0) | (last & 0x80)
  const unsigned = Buffer.from(signature)
  unsigned[63] = last & 0x7f
  const der = Buffer.concat([ed25519Prefix, edwards])
  try {
    const parsed = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return verify(undefined, message, parsed, unsigned)
  } catch {
    // Not a point of the curve.
    return false
  }
}

/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')
const prime = 2n ** 255n - 19n

/** The y of the same point on the Edwards curve: (u - 1) / (u + 1). */
function edwardsKeyOf(montgomery: Uint8Array): Buffer {
  const u = readLittleEndian(montgomery) % 2n ** 255n
  return writeLittleEndian(mod((u - 1n) * inverse(u + 1n)))
}

function readLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`)
}

function writeLittleEndian(number: bigint): Buffer {
  return Buffer.from(Buffer.from(number.toString(16).padStart(64, '0'), 'hex').toReversed())
}

function mod(number: bigint): bigint {
  const rest = number % prime
  return rest < 0n ? rest + prime : rest
}

/** By Euclid. Public keys are no secret, so its time may depend on them. 0 has none and gives 0. */
function inverse(number: bigint): bigint {
  let [high, low] = [prime, mod(number)]
  let [before, after] = [0n, 1n]
  while (low > 1n) {
    const quotient = high / low
    ;[high, low] = [low, high - quotient * low]
    ;[before, after] = [after, before - quotient * after]
  }
  return low === 0n ? 0n : mod(after)
}

function curveOfLibsignal(): Curve {
  const exported: object = libsignal
  if ('curve' in exported && isCurve(exported.curve)) return exported.curve
  throw new Error('libsignal has no curve.verifySignature any more: signatures would go unchecked')
}

function isCurve(value: unknown): value is Curve {
  return typeof value === 'object' && value !== null && 'verifySignature' in value
}
