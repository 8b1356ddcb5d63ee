/** What pages read and send of WhatsApp's passkey step. */

import { type Static, Type } from 'typebox'
import type { Explanation } from '../domain/disconnection-texts.js'
import { explainPasskeyFailure } from '../domain/passkey-texts.js'
import type { PasskeyState } from '../sessions/passkey-linking.js'
import { moment, optional } from './answer-shapes.js'

const bilingual = Type.Object({ en: Type.String(), pt: Type.String() })

const stateProperties = {
  /** `sessions/passkey-linking.ts` and `domain/passkey.ts` say what each means. */
  state: Type.Enum(['none', 'passkey', 'phone', 'code', 'finishing', 'linked', 'failed']),
  /** By the gateway's clock, for the countdown. */
  now: moment,
  /** When this state fails. */
  deadline: optional.moment,
  /** In state `passkey`: who signs later has to compare a code too. */
  codeAfter: optional.moment,
  /** In state `passkey`: for `PublicKeyCredential.parseRequestOptionsFromJSON`, on https://web.whatsapp.com alone. */
  options: Type.Optional(Type.Object({}, { additionalProperties: true })),
  /** What WhatsApp calls this device on the phone. */
  deviceName: optional.text,
  /** The number that is linked, digits only, where it was given for a pairing code. */
  phone: optional.text,
  /** In state `code`: the phone must show the same. */
  code: optional.text,
  /** In state `failed`: why, and what to try next. */
  failure: Type.Optional(Type.Object({ reason: Type.String(), cause: bilingual, cure: bilingual })),
  /** In state `passkey`, where WhatsApp is a simulator: the page of its phones, one of which can sign. */
  virtualPhonesUrl: optional.text,
}

export const passkeyAnswer = Type.Object(stateProperties)
/** While the link counts, what the person has to see before signing. */
export const passkeyLinkAnswer = Type.Object({ ...stateProperties, instanceName: optional.text })
export const madeLinkAnswer = Type.Object({ url: Type.String(), expiresAt: moment })

const binary = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description })
const signed = Type.Object(
  {
    rawId: binary(2_048, "The credential's id, base64url."),
    response: Type.Object(
      {
        clientDataJSON: binary(4_096, 'As the browser gives it, base64url.'),
        authenticatorData: binary(4_096, 'As the browser gives it, base64url.'),
        signature: binary(2_048, 'As the browser gives it, base64url.'),
        userHandle: Type.Optional(
          Type.Union([Type.String({ maxLength: 128 }), Type.Null()], {
            description: 'As the browser gives it, base64url.',
          }),
        ),
      },
      { description: "The authenticator's answer." },
    ),
  },
  { description: 'What `credential.toJSON()` gives; more attributes are ignored.' },
)
const token = Type.String({
  pattern: '^[A-Za-z0-9_-]{22}$',
  description: 'What stands behind # in the link.',
})
const same = Type.Boolean({ description: 'Whether the phone shows the same code.' })

export const answerBody = Type.Object({ answer: signed })
export const compareBody = Type.Object({ same })
export const linkBody = Type.Object({ token })
export const linkAnswerBody = Type.Object({ token, answer: signed })
export const linkCompareBody = Type.Object({ token, same })

export type PasskeyAnswerView = Static<typeof passkeyAnswer>
export type PasskeyLinkView = Static<typeof passkeyLinkAnswer>
export type MadeLinkAnswer = Static<typeof madeLinkAnswer>

export function viewPasskey(
  passkey: PasskeyState | undefined,
  now: number,
  virtualPhonesUrl?: string,
): PasskeyAnswerView {
  if (passkey === undefined) return { state: 'none', now }
  const { step, deviceName, phone } = passkey
  if (step.kind === 'linked') return { state: 'linked', now }
  if (step.kind === 'failed') {
    const { cause, cure }: Explanation = explainPasskeyFailure(step.reason)
    return { state: 'failed', now, failure: { reason: step.reason, cause, cure } }
  }
  const { kind: state, deadline } = step
  const phones = virtualPhonesUrl === undefined ? {} : { virtualPhonesUrl }
  return {
    state,
    now,
    deadline,
    deviceName,
    ...(phone === undefined ? {} : { phone }),
    ...(step.kind === 'passkey'
      ? { codeAfter: step.provenUntil, options: step.options, ...phones }
      : {}),
    ...(step.kind === 'code' ? { code: step.code } : {}),
  }
}
