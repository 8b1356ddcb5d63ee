import { setCallback } from './set-callback.js'

export const updateWebhookPasskey = setCallback('passkey', {
  path: '/update-webhook-passkey',
  summary: "Sets the URL that is told when WhatsApp asks for a number's passkey.",
  description: '**Ours.** PasskeyCallback, once for each pairing that is asked.',
})
