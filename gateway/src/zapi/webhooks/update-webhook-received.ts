import { setCallback } from './set-callback.js'

export const updateWebhookReceived = setCallback('received', {
  path: '/update-webhook-received',
  aliases: ['/update-webhook-receive'],
  summary: 'Sets the URL that is told what the number receives.',
  description: 'ReceivedCallback: one for each message.',
})
