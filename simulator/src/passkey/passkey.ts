/**
 * The passkey of an account, and the authenticator that signs with it.
 *
 * A browser signs on `https://web.whatsapp.com` only; here the answer is made without one. The formats are
 * those of WebAuthn level 3: authenticator data (6.1), client data (5.8.1), `credential.toJSON()` (5.1).
 */

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export const RP_ID = 'whatsapp.com'
export const ORIGIN = 'https://web.whatsapp.com'

export const USER_PRESENT = 0x01
export const USER_VERIFIED = 0x04

export interface Passkey {
  readonly id: Buffer
  readonly userHandle: Buffer
  /** P-256. The server keeps this half. */
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** As `credential.toJSON()` gives it in a browser; binary fields are base64url without padding. */
export interface Assertion {
  readonly id: string
  readonly rawId: string
  readonly type: string
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    readonly userHandle?: string | null
  }
  readonly authenticatorAttachment?: string
  readonly clientExtensionResults?: object
}

export function newPasskey(): Passkey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { id: randomBytes(32), userHandle: randomBytes(16), ...pair }
}

/** What an authenticator puts into its answer. Each field has the right value unless given. */
export interface AssertionParts {
  readonly type?: string
  readonly challenge?: string
  readonly origin?: string
  readonly rpId?: string
  /** `USER_PRESENT | USER_VERIFIED` unless given. */
  readonly flags?: number
}

/** Signs the challenge (base64url), truthfully unless `said` differs. */
export function signAssertion(
  passkey: Passkey,
  challenge: string,
  said: AssertionParts = {},
): Assertion {
  const clientData = Buffer.from(
    JSON.stringify({
      type: said.type ?? 'webauthn.get',
      challenge: said.challenge ?? challenge,
      origin: said.origin ?? ORIGIN,
      crossOrigin: false,
    }),
  )
  const flags = said.flags ?? USER_PRESENT | USER_VERIFIED
  const counter = Buffer.alloc(4)
  const authenticatorData = Buffer.concat([
    sha256(Buffer.from(said.rpId ?? RP_ID)),
    Buffer.from([flags]),
    counter,
  ])
  const signed = Buffer.concat([authenticatorData, sha256(clientData)])
  const id = passkey.id.toString('base64url')
  return {
    id,
    rawId: id,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, passkey.privateKey).toString('base64url'),
      userHandle: passkey.userHandle.toString('base64url'),
    },
  }
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
