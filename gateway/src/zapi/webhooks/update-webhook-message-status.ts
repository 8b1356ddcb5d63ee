import { setCallback } from './set-callback.js'

export const updateWebhookMessageStatus = setCallback('messageStatus', {
  path: '/update-webhook-message-status',
  forPools: true,
  summary: 'Sets the URL that is told when messages were delivered and read.',
  description: 'MessageStatusCallback: RECEIVED means delivered.',
})
