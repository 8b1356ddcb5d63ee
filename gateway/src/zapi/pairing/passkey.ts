import { endpoint } from '../endpoint.js'
import { passkeyState, passkeyStateAnswer } from './passkey-state.js'

export const passkey = endpoint({
  method: 'GET',
  path: '/passkey',
  access: 'pairing',
  tag: 'instance',
  summary: "Tells where WhatsApp's passkey step stands.",
  description:
    '**Ours.** WhatsApp asks some numbers for their passkey when a device is linked: docs/linking-a-number.md. How the step ended can be read until the next one begins.',
  answer: passkeyState,
  handle: async ({ instance }, _input, { sessions }) =>
    passkeyStateAnswer(sessions.status(instance.id).passkey?.step),
})
