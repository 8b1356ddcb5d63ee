/** How the server judges the assertion of a prologue. */

import { verify } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ORIGIN, type Passkey, RP_ID, sha256, USER_PRESENT, USER_VERIFIED } from './passkey.js'

const strict = { additionalProperties: false }
const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]+$' })

/** Exactly what WhatsApp Web sends: a browser's `toJSON()` has more fields. */
const SentAssertion = Type.Object(
  {
    id: Base64Url,
    rawId: Base64Url,
    type: Type.Literal('public-key'),
    response: Type.Object(
      {
        clientDataJSON: Base64Url,
        authenticatorData: Base64Url,
        signature: Base64Url,
        userHandle: Type.Union([Base64Url, Type.Null()]),
      },
      strict,
    ),
  },
  strict,
)
const ClientData = Type.Object({
  type: Type.Literal('webauthn.get'),
  challenge: Type.String(),
  origin: Type.Literal(ORIGIN),
  crossOrigin: Type.Optional(Type.Literal(false)),
})

/** Why the server does not accept it; undefined when it does. */
export function assertionProblem(
  sent: { readonly assertion: Uint8Array; readonly credentialId: Uint8Array },
  expected: { readonly challenge: string; readonly passkey: Passkey },
): string | undefined {
  const assertion = parsed(Buffer.from(sent.assertion))
  if (!Value.Check(SentAssertion, assertion)) return 'the assertion has another shape'
  if (assertion.id !== assertion.rawId) return 'id and rawId differ'
  if (!bytes(assertion.rawId).equals(sent.credentialId)) return 'credential_id is not rawId'
  return (
    clientDataProblem(bytes(assertion.response.clientDataJSON), expected.challenge) ??
    signatureProblem(assertion, expected.passkey)
  )
}

function clientDataProblem(json: Buffer, challenge: string): string | undefined {
  const clientData = parsed(json)
  if (!Value.Check(ClientData, clientData)) return 'clientDataJSON names another type or origin'
  return clientData.challenge === challenge ? undefined : 'another challenge was signed'
}

function signatureProblem(
  { rawId, response }: Static<typeof SentAssertion>,
  passkey: Passkey,
): string | undefined {
  if (!bytes(rawId).equals(passkey.id)) return 'it is not the passkey of this account'
  const userHandle = response.userHandle ?? passkey.userHandle.toString('base64url')
  if (!bytes(userHandle).equals(passkey.userHandle)) return 'userHandle names another user'
  const data = bytes(response.authenticatorData)
  if (data.length < 37) return 'authenticatorData is too short'
  if (!data.subarray(0, 32).equals(sha256(Buffer.from(RP_ID)))) return 'rpIdHash is wrong'
  const wanted = USER_PRESENT | USER_VERIFIED
  if (((data[32] ?? 0) & wanted) !== wanted) return 'the user was not verified'
  const signed = Buffer.concat([data, sha256(bytes(response.clientDataJSON))])
  const isGood = verify('sha256', signed, passkey.publicKey, bytes(response.signature))
  return isGood ? undefined : 'the signature is wrong'
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8'))
  } catch {
    return undefined
  }
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
