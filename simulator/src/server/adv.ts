/**
 * The signatures that tie a companion to its phone: the phone signs the
 * companion's identity, the companion signs back.
 */

import {
  Curve,
  encodeSignedDeviceIdentity,
  generateSignalPubKey,
  hmacSign,
  type KeyPair,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from 'baileys'
// Baileys' own Curve.verify ignores libsignal's answer, so the simulator asks libsignal itself.
import { verifySignature } from 'libsignal/src/curve.js'

export interface SignedCompanion {
  /** The `<device-identity>` of `<pair-success>`. */
  readonly content: Uint8Array
  /** Whether the companion's answer carries its signature over the same identity. */
  isConfirmedBy(answer: Uint8Array): boolean
}

/** What the phone makes once it knows the companion's identity and the secret that the companion showed or agreed on. */
export function signCompanion(
  phoneIdentity: KeyPair,
  companion: {
    readonly identityKey: Uint8Array
    readonly advSecret: Uint8Array
    readonly deviceNumber: number
    readonly timestamp: number
  },
): SignedCompanion {
  const details = proto.ADVDeviceIdentity.encode({
    rawId: companion.deviceNumber,
    timestamp: companion.timestamp,
    keyIndex: companion.deviceNumber,
    accountType: proto.ADVEncryptionType.E2EE,
    deviceType: proto.ADVEncryptionType.E2EE,
  }).finish()
  const accountSignature = Curve.sign(
    phoneIdentity.private,
    Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, companion.identityKey]),
  )
  const signed = encodeSignedDeviceIdentity(
    { details, accountSignatureKey: phoneIdentity.public, accountSignature },
    true,
  )
  const hmac = hmacSign(signed, companion.advSecret)
  return {
    content: proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish(),
    isConfirmedBy(answer) {
      const { details: answered, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(answer)
      if (!answered || !deviceSignature || !Buffer.from(details).equals(answered)) return false
      const message = Buffer.concat([
        WA_ADV_DEVICE_SIG_PREFIX,
        details,
        companion.identityKey,
        phoneIdentity.public,
      ])
      return verifySignature(generateSignalPubKey(companion.identityKey), message, deviceSignature)
    },
  }
}
