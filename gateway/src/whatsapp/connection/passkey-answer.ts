/**
 * What a browser signs, checked before it is sent: WhatsApp answers a wrong one with silence.
 *
 * Formats: WebAuthn level 3, 5.8.1 (client data) and 6.1 (authenticator data). The signature itself is left to
 * WhatsApp, which alone has the public key.
 */

import { createHash } from 'node:crypto'
import { PasskeyAnswerError } from '../../domain/errors.js'
import type { PasskeyAnswer, PasskeyOptions } from '../../domain/passkey.js'
import { explainPasskeyAnswer, type PasskeyAnswerProblem } from '../../domain/passkey-texts.js'

const rpId = 'whatsapp.com'
const origin = 'https://web.whatsapp.com'
const mostOptionBytes = 4_096
const shortestChallengeBytes = 16
const userPresent = 0x01
const userVerified = 0x04

/** As it goes on the wire. */
export interface SignedAssertion {
  readonly credentialId: Buffer
  /** JSON of exactly what WhatsApp Web sends; binary fields are base64url without padding. */
  readonly json: Buffer
}

/** Undefined where these are no options that a person should sign: another site, or no check of who signs. */
export function passkeyOptionsOf(json: Uint8Array): PasskeyOptions | undefined {
  if (json.length > mostOptionBytes) return undefined
  const options = objectIn(Buffer.from(json))
  if (options?.['rpId'] !== rpId || options['userVerification'] !== 'required') return undefined
  const { challenge } = options
  if (typeof challenge !== 'string') return undefined
  const length = bytesIn(challenge, mostOptionBytes)?.length ?? 0
  if (length < shortestChallengeBytes) return undefined
  return { ...options, challenge, rpId, userVerification: 'required' }
}

/**
 * The assertion of an answer to this challenge.
 *
 * @throws PasskeyAnswerError with what is wrong and how to mend it; quotes nothing of the answer
 */
export function signedAssertion(answer: PasskeyAnswer, challenge: string): SignedAssertion {
  const credentialId = fieldOf(answer.rawId, 'rawId', 1_023)
  const { response } = answer
  const clientData = fieldOf(response.clientDataJSON, 'response.clientDataJSON', 4_096)
  const data = fieldOf(response.authenticatorData, 'response.authenticatorData', 4_096)
  const signature = fieldOf(response.signature, 'response.signature', 1_024)
  const userHandle = response.userHandle
    ? fieldOf(response.userHandle, 'response.userHandle', 64)
    : undefined
  checkClientData(clientData, challenge)
  checkAuthenticatorData(data)
  const id = credentialId.toString('base64url')
  const sent = {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: userHandle?.toString('base64url') ?? null,
    },
  }
  return { credentialId, json: Buffer.from(JSON.stringify(sent)) }
}

function checkClientData(json: Buffer, challenge: string): void {
  const clientData = objectIn(json)
  if (clientData === undefined) refuse('response.clientDataJSON holds no JSON object')
  if (clientData['type'] !== 'webauthn.get') refuseFor('created')
  const signed = clientData['challenge']
  const isSame =
    typeof signed === 'string' &&
    bytesIn(signed, mostOptionBytes)?.equals(Buffer.from(challenge, 'base64')) === true
  if (!isSame) refuseFor('other-challenge')
  if (clientData['origin'] !== origin) refuseFor('other-page')
  if (clientData['crossOrigin'] === true) refuseFor('inside-other-page')
}

function checkAuthenticatorData(data: Buffer): void {
  if (data.length < 37) refuse('response.authenticatorData is too short')
  const hash = createHash('sha256').update(rpId).digest()
  if (!data.subarray(0, 32).equals(hash)) refuseFor('other-passkey')
  const flags = data[32] ?? 0
  if ((flags & userPresent) === 0) refuseFor('not-confirmed')
  if ((flags & userVerified) === 0) refuseFor('not-verified')
}

function fieldOf(text: string, name: string, mostBytes: number): Buffer {
  const bytes = bytesIn(text, mostBytes)
  if (bytes === undefined || bytes.length === 0)
    refuse(`${name} must be base64url of 1 to ${mostBytes} bytes`)
  return bytes
}

/** base64 and base64url, with and without padding. Undefined for anything else, and for more than `mostBytes`. */
function bytesIn(text: string, mostBytes: number): Buffer | undefined {
  if (text.length > mostBytes * 2 || !/^[\w+/-]*={0,2}$/u.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.length > mostBytes ? undefined : bytes
}

function objectIn(json: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function refuse(problem: string): never {
  throw new PasskeyAnswerError(`${problem}.`)
}

function refuseFor(problem: PasskeyAnswerProblem): never {
  const explanation = explainPasskeyAnswer(problem)
  throw new PasskeyAnswerError(`${explanation.cause.en} ${explanation.cure.en}`, explanation)
}
