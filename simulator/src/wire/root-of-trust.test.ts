import { Curve, generateSignalPubKey, proto, WA_CERT_DETAILS } from 'baileys'
// Baileys' own Curve.verify ignores libsignal's answer.
import { verifySignature } from 'libsignal/src/curve.js'
import { expect, test } from 'vitest'
import { openRootOfTrust } from './root-of-trust.js'

type Certificate = proto.CertChain.INoiseCertificate | null | undefined

function isSignedBy(key: Uint8Array, certificate: Certificate): boolean {
  const { details, signature } = certificate ?? {}
  if (!details || !signature) throw new Error('the certificate is not whole')
  return verifySignature(generateSignalPubKey(key), details, signature)
}

function detailsOf(certificate: Certificate) {
  return proto.CertChain.NoiseCertificate.Details.decode(certificate?.details ?? new Uint8Array())
}

test('the chain leads from the root to the key that the server proves to own', async () => {
  const { publicKey, serverKey, certificateChain } = await openRootOfTrust()
  const { intermediate, leaf } = proto.CertChain.decode(certificateChain)
  const middle = detailsOf(intermediate)
  expect(isSignedBy(publicKey, intermediate)).toBe(true)
  expect(isSignedBy(Curve.generateKeyPair().public, intermediate)).toBe(false)
  expect(middle.issuerSerial).toBe(WA_CERT_DETAILS.SERIAL)
  expect(isSignedBy(middle.key ?? new Uint8Array(), leaf)).toBe(true)
  expect(Buffer.from(detailsOf(leaf).key ?? [])).toEqual(Buffer.from(serverKey.public))
})
