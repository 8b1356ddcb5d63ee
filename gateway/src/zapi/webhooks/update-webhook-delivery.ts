import { setCallback } from './set-callback.js'

export const updateWebhookDelivery = setCallback('delivery', {
  path: '/update-webhook-delivery',
  forPools: true,
  summary: 'Sets the URL that is told whether a send went out.',
  description: 'DeliveryCallback: one for each message, sent or failed.',
})
