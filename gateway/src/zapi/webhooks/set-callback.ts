/** What the setters of one callback share: `{"value": "https://…"}`. */

import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import {
  type CallbackName,
  callbackKinds,
  callbackUrlOf,
  type EventKind,
} from '../callback-urls.js'
import { type Endpoint, endpoint } from '../endpoint.js'

export const callbackUrl = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  description: 'Where callbacks are POSTed to: https://… . "" or null ends them.',
})

export const exampleUrl = 'https://example.com/whatsapp'

/** A call that sets the URL of one of Z-API's callbacks. */
export function setCallback(
  callback: CallbackName,
  call: {
    readonly path: string
    readonly aliases?: readonly string[]
    readonly tag?: 'webhooks' | 'partner'
    readonly summary: string
    readonly description: string
    readonly forPools?: boolean
  },
): Endpoint {
  const kinds: readonly EventKind[] = callbackKinds[callback]
  return endpoint({
    method: 'PUT',
    tag: 'webhooks',
    ...call,
    description: `${call.description} An empty value ends it.`,
    keepBlanks: true,
    body: { value: callbackUrl },
    example: { value: exampleUrl },
    audit: 'callbacks-changed',
    answer: value,
    handle: async ({ instance }, { body }, { webhooks, callbackRule }) => {
      await webhooks.setEndpoint(
        instance.id,
        kinds,
        callbackUrlOf(body.value, 'value', callbackRule),
      )
      return { value: true }
    },
  })
}
