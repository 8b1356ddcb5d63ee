import { setCallback } from './set-callback.js'

export const updateWebhookConnected = setCallback('connected', {
  path: '/update-webhook-connected',
  summary: 'Sets the URL that is told of a connection.',
  description: 'ConnectedCallback: a phone was linked, or the connection is back.',
})
