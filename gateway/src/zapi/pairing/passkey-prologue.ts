import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { attempt } from './attempt.js'
import { succeeded } from './passkey-state.js'

const binary = (description: string, maxLength: number) =>
  Type.String({ minLength: 1, maxLength, description: `${description} base64 or base64url.` })

export const passkeyPrologue = endpoint({
  method: 'POST',
  path: '/passkey-prologue',
  access: 'pairing',
  tag: 'instance',
  summary: 'Answers the challenge with what the passkey signed.',
  description:
    'As `credential.toJSON()` gives it in a browser on https://web.whatsapp.com. It is checked before WhatsApp gets it, because WhatsApp answers a wrong one with silence.',
  body: {
    id: Type.Optional(Type.String({ maxLength: 2_048, description: 'The same as rawId.' })),
    rawId: binary("The credential's id,", 2_048),
    type: Type.Optional(Type.Literal('public-key', { description: 'public-key' })),
    response: Type.Object(
      {
        authenticatorData: binary('As the browser gives it,', 4_096),
        clientDataJSON: binary('As the browser gives it,', 4_096),
        signature: binary('As the browser gives it,', 2_048),
        userHandle: Type.Optional(
          Type.Unsafe<string | null>({
            type: ['string', 'null'],
            maxLength: 128,
            description: 'As the browser gives it, base64 or base64url; null where it gives none.',
          }),
        ),
      },
      { description: "The authenticator's answer." },
    ),
    clientExtensionResults: Type.Optional(
      Type.Object({}, { additionalProperties: true, description: 'Not used.' }),
    ),
  },
  example: {
    id: 'q83vEjRWeJA',
    rawId: 'q83vEjRWeJA',
    type: 'public-key',
    response: {
      authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAA',
      clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0',
      signature: 'MEUCIQDq83vEjRWeJA',
      userHandle: null,
    },
  },
  audit: 'passkey-answered',
  answer: succeeded,
  handle: ({ instance }, { body }, { sessions }) =>
    attempt(sessions.answerPasskey(instance.id, body)),
})
