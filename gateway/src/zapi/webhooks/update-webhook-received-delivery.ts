import { value } from '../answer-schemas.js'
import { callbackKinds, callbackUrlOf } from '../callback-urls.js'
import { endpoint } from '../endpoint.js'
import { callbackUrl, exampleUrl } from './set-callback.js'

export const updateWebhookReceivedDelivery = endpoint({
  method: 'PUT',
  path: '/update-webhook-received-delivery',
  tag: 'webhooks',
  summary: 'Sets the URL that is told what the number receives and what it sends itself.',
  description: 'ReceivedCallback, with `fromMe` for what the number sends. An empty value ends it.',
  keepBlanks: true,
  body: { value: callbackUrl },
  example: { value: exampleUrl },
  audit: 'callbacks-changed',
  answer: value,
  handle: async ({ instance }, { body }, { webhooks, instances, callbackRule }) => {
    const url = callbackUrlOf(body.value, 'value', callbackRule)
    await webhooks.setEndpoint(instance.id, callbackKinds.received, url)
    await instances.updateSettings(instance.id, { notifySentByMe: url !== undefined })
    return { value: true }
  },
})
