import { setCallback } from './set-callback.js'

export const updateWebhookDisconnected = setCallback('disconnected', {
  path: '/update-webhook-disconnected',
  summary: 'Sets the URL that is told of a lost connection.',
  description: 'DisconnectedCallback: with the reason, and what to do.',
})
