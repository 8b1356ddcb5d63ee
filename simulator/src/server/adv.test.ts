import { Curve, proto, WA_ADV_DEVICE_SIG_PREFIX } from 'baileys'
import { expect, test } from 'vitest'
import { signCompanion } from './adv.js'

const phone = Curve.generateKeyPair()
const companion = Curve.generateKeyPair()
const stranger = Curve.generateKeyPair()
const signed = signCompanion(phone, {
  identityKey: companion.public,
  advSecret: new Uint8Array(32),
  deviceNumber: 1,
  timestamp: 1_763_856_000,
})

/** As a companion answers: with its signature over what the phone signed. */
function answer(
  signer: { readonly private: Uint8Array },
  change = (details: Uint8Array) => details,
) {
  const outer = proto.ADVSignedDeviceIdentityHMAC.decode(signed.content)
  const { details } = proto.ADVSignedDeviceIdentity.decode(outer.details ?? new Uint8Array())
  const answered = change(details ?? new Uint8Array())
  const message = [WA_ADV_DEVICE_SIG_PREFIX, answered, companion.public, phone.public]
  const deviceSignature = Curve.sign(signer.private, Buffer.concat(message))
  return proto.ADVSignedDeviceIdentity.encode({ details: answered, deviceSignature }).finish()
}

test('a companion is confirmed by its own signature and by no other', () => {
  expect(signed.isConfirmedBy(answer(companion))).toBe(true)
  expect(signed.isConfirmedBy(answer(stranger))).toBe(false)
})

test('a signature over another identity, or none, confirms nothing', () => {
  const other = proto.ADVDeviceIdentity.encode({ rawId: 2, keyIndex: 2 }).finish()
  expect(signed.isConfirmedBy(answer(companion, () => other))).toBe(false)
  expect(signed.isConfirmedBy(new Uint8Array())).toBe(false)
})
