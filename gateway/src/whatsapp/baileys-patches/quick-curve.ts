/**
 * Key agreement on X25519, without a detour.
 *
 * libsignal hands every key to OpenSSL in DER, where Node 20 reads a private one in ten times
 * the time of the agreement itself (0.38 ms of 0.50), and opening a session takes five of
 * them. As JWK the 32 bytes go in as they are. Node 24.22 reads both in the same time.
 *
 * New keys are left to libsignal: in Node 20, exporting a key that was just generated as JWK waits
 * forever when the garbage collector takes the job that generated it in that moment.
 */

import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'

export interface Curve {
  /** Keys of 32 bytes, the public one perhaps with Signal's type byte in front. Throws for any other. */
  calculateAgreement(publicKey: Buffer, privateKey: Buffer): Buffer
}

interface CurveWithKeys extends Curve {
  generateKeyPair(): { readonly pubKey: Buffer; readonly privKey: Buffer }
}

/** PKCS #8 of an X25519 key, up to its 32 bytes (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex')
const signalType = 5
const keyBytes = 32

export const quickCurve: Curve = {
  calculateAgreement(publicKey, privateKey) {
    const point =
      publicKey.length === keyBytes + 1 && publicKey[0] === signalType
        ? publicKey.subarray(1)
        : publicKey
    if (point.length !== keyBytes) throw new Error('Invalid public key')
    if (privateKey.length !== keyBytes) throw new Error('Incorrect private key length')
    const x = point.toString('base64url')
    const curve = { kty: 'OKP', crv: 'X25519', x }
    return diffieHellman({
      privateKey: privateKeyOf(privateKey),
      publicKey: createPublicKey({ key: curve, format: 'jwk' }),
    })
  },
}

/** Of its 32 bytes, without the public half. */
export function privateKeyOf(bytes: Uint8Array): KeyObject {
  return readsJwk
    ? readJwk(bytes)
    : createPrivateKey({ key: Buffer.concat([pkcs8, bytes]), format: 'der', type: 'pkcs8' })
}

/** `x` has to be there. Node 20 does not read it; Node 24.22 refuses the key where it is another one's. */
function readJwk(bytes: Uint8Array): KeyObject {
  const d = Buffer.from(bytes).toString('base64url')
  return createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', d, x: d }, format: 'jwk' })
}

const readsJwk = isTaken(() => readJwk(Buffer.alloc(keyBytes, 1)))

function isTaken(read: () => KeyObject): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

/**
 * Takes effect for what is imported afterwards, so call it before Baileys is loaded. A Node that
 * reads such keys otherwise goes on with libsignal's own way: says whether this one does not.
 */
export function quickenCurve(): boolean {
  const curve = curveOfLibsignal()
  if (!agreesWith(curve)) return false
  Object.assign(curve, quickCurve)
  return true
}

function agreesWith(curve: CurveWithKeys): boolean {
  try {
    const [ours, theirs] = [curve.generateKeyPair(), curve.generateKeyPair()]
    const secret = curve.calculateAgreement(ours.pubKey, theirs.privKey)
    return (
      quickCurve.calculateAgreement(ours.pubKey, theirs.privKey).equals(secret) &&
      quickCurve.calculateAgreement(theirs.pubKey, ours.privKey).equals(secret)
    )
  } catch {
    return false
  }
}

export function curveOfLibsignal(): CurveWithKeys {
  const libsignal: unknown = createRequire(import.meta.url)('libsignal')
  if (typeof libsignal === 'object' && libsignal !== null && 'curve' in libsignal) {
    const { curve } = libsignal
    if (isCurve(curve)) return curve
  }
  throw new Error('libsignal has no curve.calculateAgreement any more')
}

function isCurve(value: unknown): value is CurveWithKeys {
  return (
    typeof value === 'object' &&
    value !== null &&
    'calculateAgreement' in value &&
    'generateKeyPair' in value
  )
}
