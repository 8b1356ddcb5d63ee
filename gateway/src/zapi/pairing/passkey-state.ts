/** How the calls about pairing tell where WhatsApp's passkey step stands. */

import { Type } from 'typebox'
import { explainPasskeyFailure } from '../../domain/passkey-texts.js'
import type { PasskeyOptions, PasskeyStep } from '../../domain/passkey.js'

export interface PasskeyStateAnswer {
  readonly state: 'none' | 'linked' | PasskeyStep['kind']
  /** Milliseconds since 1970, as all that follow. */
  readonly deadline?: number
  readonly codeAfter?: number
  readonly challenge?: PasskeyOptions
  readonly code?: string
  readonly reason?: string
  readonly cause?: string
  readonly cure?: string
}

/** Ours, all of it. */
export function passkeyStateAnswer(
  step: PasskeyStep | { readonly kind: 'linked' } | undefined,
): PasskeyStateAnswer {
  switch (step?.kind) {
    case undefined:
      return { state: 'none' }
    case 'linked':
      return { state: 'linked' }
    case 'passkey':
      return {
        state: 'passkey',
        deadline: step.deadline,
        codeAfter: step.provenUntil,
        challenge: step.options,
      }
    case 'code':
      return { state: 'code', deadline: step.deadline, code: step.code }
    case 'phone':
    case 'finishing':
      return { state: step.kind, deadline: step.deadline }
    case 'failed': {
      const { cause, cure } = explainPasskeyFailure(step.reason)
      return { state: 'failed', reason: step.reason, cause: cause.en, cure: cure.en }
    }
  }
}

/**
 * In place of a QR or a pairing code. Z-API documents a `challenge` there without showing one: it is what
 * `PublicKeyCredential.parseRequestOptionsFromJSON` takes, and there only while an answer is awaited.
 */
export function neededAnswer(step: PasskeyStep): object {
  const { challenge, ...state } = passkeyStateAnswer(step)
  return challenge === undefined ? { passkey: state } : { challenge, passkey: state }
}

const challenge = Type.Object(
  {
    challenge: Type.String({ description: 'What has to be signed, base64url.' }),
    rpId: Type.String({ description: 'whatsapp.com' }),
    userVerification: Type.String({ description: 'required' }),
  },
  {
    additionalProperties: true,
    description:
      "WhatsApp's request, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. It can be signed on https://web.whatsapp.com alone.",
  },
)

const stateProperties = {
  state: Type.Enum(['none', 'passkey', 'phone', 'code', 'finishing', 'linked', 'failed'], {
    description:
      'none: WhatsApp has not asked. passkey: the owner signs. phone: the owner confirms on the phone. code: the codes are compared. finishing: the phone completes the linking. linked, failed: it is over.',
  }),
  deadline: Type.Optional(
    Type.Integer({ description: 'When this state fails. Milliseconds since 1970.' }),
  ),
  codeAfter: Type.Optional(
    Type.Integer({
      description:
        'In state passkey: who signs later has to compare a code too. Milliseconds since 1970.',
    }),
  ),
  code: Type.Optional(Type.String({ description: 'In state code: the phone must show the same.' })),
  reason: Type.Optional(Type.String({ description: 'In state failed: why, by name.' })),
  cause: Type.Optional(Type.String({ description: 'The same as a sentence.' })),
  cure: Type.Optional(Type.String({ description: 'What to try next.' })),
}

export const passkeyState = Type.Object(
  { ...stateProperties, challenge: Type.Optional(challenge) },
  {
    description: 'The state at this moment.',
    examples: [
      {
        state: 'passkey',
        deadline: 1_795_900_600_000,
        codeAfter: 1_795_900_300_000,
        challenge: {
          challenge: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
          timeout: 600_000,
          rpId: 'whatsapp.com',
          allowCredentials: [],
          userVerification: 'required',
          extensions: { uvm: true },
        },
      },
    ],
  },
)

/** What qr-code, qr-code/image and phone-code answer while WhatsApp asks for the passkey. */
export const needed = Type.Object({
  challenge: Type.Optional(challenge),
  passkey: Type.Object(stateProperties, { description: '**Ours.** Where the step stands.' }),
})

export const succeeded = Type.Union(
  [
    Type.Object({ success: Type.Literal(true, { description: 'It was accepted.' }) }),
    Type.Object({
      success: Type.Literal(false, { description: 'It was not.' }),
      reason: Type.String({ description: 'One sentence: what is wrong, and what to try next.' }),
    }),
  ],
  { description: 'Whether it was accepted.', examples: [{ success: true }] },
)
