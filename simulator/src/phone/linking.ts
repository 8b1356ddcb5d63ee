/** A phone links a companion: by the QR that it scans, or by the code that its owner types. */

import { Curve, type KeyPair } from 'baileys'
import type { Account, Device } from '../account.js'
import { PairingRefusedError } from '../model.js'
import { type FaultPort } from '../fault-port.js'
import { type SignedCompanion, signCompanion } from '../server/adv.js'
import { openBundle, unwrapKey, wrapKey } from '../server/link-code.js'
import type { Pairings, PairingOffer } from '../server/pairing.js'
import { secondsOf } from '../wire/stanza.js'
import type { LinkingScreen } from './linking-screen.js'
import { confirmByPasskey } from './passkey-linking.js'

export interface LinkingPhone {
  readonly account: Account
  readonly identityKey: KeyPair
  readonly desk: Pairings
  readonly screen: LinkingScreen
  readonly faults: Pick<FaultPort, 'passkeyFault'>
  readonly now: () => number
  /** Whether the signature under a pairing must belong to no key. */
  readonly forgesSignature: () => boolean
}

/** Throws `PairingRefusedError` when no device shows this QR, or another one does. */
export async function linkByQr(phone: LinkingPhone, qr: string): Promise<Device> {
  const [ref, noiseKey, identityKey, advSecret] = qr.slice(qr.indexOf('#') + 1).split(',')
  const offer = ref === undefined ? undefined : phone.desk.offerByRef(ref)
  if (offer === undefined) throw new PairingRefusedError('no companion shows this QR now')
  if (noiseKey !== base64(offer.noiseKey) || identityKey !== base64(offer.identityKey)) {
    throw new PairingRefusedError('the QR names other keys than its connection')
  }
  return complete(phone, offer, Buffer.from(advSecret ?? '', 'base64'))
}

/** Throws `PairingRefusedError` when no companion asked for this number, or the code is wrong. */
export async function linkByCode(phone: LinkingPhone, typed: string): Promise<Device> {
  const code = typed.replace(/[\s-]/g, '').toUpperCase()
  const offer = phone.desk.offerForNumber(phone.account.phone)
  if (offer === undefined) throw new PairingRefusedError('no companion waits for a code')

  const phoneEphemeral = Curve.generateKeyPair()
  const companionEphemeral = await unwrapKey(code, offer.linkRequest.wrappedCompanionKey)
  const { bundle, reply } = await phone.desk.exchangeKeys(offer, {
    wrappedKey: await wrapKey(code, phoneEphemeral.public),
    identityKey: phone.identityKey.public,
  })
  const keys = { phoneEphemeral, phoneIdentity: phone.identityKey, companionEphemeral }
  let advSecret: Uint8Array
  try {
    const opened = openBundle(bundle, keys)
    if (!Buffer.from(opened.companionIdentity).equals(offer.identityKey)) {
      throw new Error('the bundle names another companion')
    }
    advSecret = opened.advSecret
  } catch (error) {
    reply(false)
    throw new PairingRefusedError('the code is wrong', { cause: error })
  }
  reply(true)
  return complete(phone, offer, advSecret)
}

/** Asks for the passkey first where the account has to give it; the companion then has another secret. */
async function complete(
  phone: LinkingPhone,
  offer: PairingOffer,
  known: Uint8Array,
): Promise<Device> {
  if (phone.account.asksForPasskey === 'off') return signAndComplete(phone, offer, known)
  const gate = phone.desk.passkeys
  const advSecret = await confirmByPasskey({ ...phone, gate }, offer, known)
  const device = await signAndComplete(phone, offer, advSecret)
  phone.screen.show(undefined)
  return device
}

async function signAndComplete(
  phone: LinkingPhone,
  offer: PairingOffer,
  advSecret: Uint8Array,
): Promise<Device> {
  const number = phone.account.nextDeviceNumber()
  const signer = phone.forgesSignature() ? Curve.generateKeyPair() : phone.identityKey
  const keys = { public: phone.identityKey.public, private: signer.private }
  const signed: SignedCompanion = signCompanion(keys, {
    identityKey: offer.identityKey,
    advSecret,
    deviceNumber: number,
    timestamp: Number(secondsOf(phone.now())),
  })
  return phone.desk.complete(offer, phone.account, { number, signed })
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
