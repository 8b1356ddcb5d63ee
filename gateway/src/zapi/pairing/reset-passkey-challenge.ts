import { Type } from 'typebox'
import { AlreadyConnectedError, PairingError, PasskeyNeededError } from '../../domain/errors.js'
import { endpoint } from '../endpoint.js'

export const resetPasskeyChallenge = endpoint({
  method: 'POST',
  path: '/reset-passkey-challenge',
  access: 'pairing',
  tag: 'instance',
  summary: 'Drops the challenge and begins another pairing.',
  description: 'Ask for the new QR after it. An instance that is connected stays so.',
  audit: 'passkey-reset',
  answer: Type.Union(
    [
      Type.Object({ success: Type.Literal(true, { description: 'It was accepted.' }) }),
      Type.Object({
        success: Type.Literal(false, { description: 'It was not.' }),
        error: Type.String({ description: "Z-API's text: there is no new QR yet." }),
      }),
    ],
    { description: 'Whether a new QR is there.', examples: [{ success: true }] },
  ),
  handle: async ({ instance }, _input, { sessions }) => {
    try {
      await sessions.restartPairing(instance.id)
      return { success: true }
    } catch (cause) {
      // WhatsApp asks again at once, or there is nothing to pair.
      if (cause instanceof PasskeyNeededError || cause instanceof AlreadyConnectedError)
        return { success: true }
      if (!(cause instanceof PairingError)) throw cause
      return { success: false, error: 'Failed to restart instance after challenge reset' }
    }
  },
})
