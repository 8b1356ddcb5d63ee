import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { callbackUrlOf, everyKind } from '../callback-urls.js'
import { endpoint } from '../endpoint.js'
import { callbackUrl, exampleUrl } from './set-callback.js'

export const updateEveryWebhooks = endpoint({
  method: 'PUT',
  path: '/update-every-webhooks',
  tag: 'webhooks',
  summary: 'Sets one URL for all callbacks.',
  description: 'Replaces the URLs that were set one by one. An empty value ends all of them.',
  keepBlanks: true,
  body: {
    value: callbackUrl,
    notifySentByMe: Type.Optional(
      Type.Boolean({ description: 'Also tell what this number sends from other devices.' }),
    ),
  },
  example: { value: exampleUrl, notifySentByMe: true },
  audit: 'callbacks-changed',
  answer: value,
  handle: async ({ instance }, { body }, { webhooks, instances, callbackRule }) => {
    const { notifySentByMe } = body
    const url = callbackUrlOf(body.value, 'value', callbackRule)
    await webhooks.setEndpoint(instance.id, everyKind, url)
    if (notifySentByMe !== undefined)
      await instances.updateSettings(instance.id, { notifySentByMe })
    return { value: true }
  },
})
