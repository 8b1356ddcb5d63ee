import { Type } from 'typebox'
import type { UrlRule } from '../../runtime/check-url.js'
import {
  type CallbackName,
  callbackKinds,
  callbackUrlOf,
  type EventKind,
} from '../callback-urls.js'
import { accountEndpoint } from '../endpoint.js'
import { identity, identityIn } from './identity.js'
import { due, exampleId, exampleToken } from './shapes.js'

const urlOf = (callback: string) =>
  Type.Optional(Type.String({ description: `The URL for ${callback}.` }))

const body = {
  name: Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'For people. Need not be unique.',
  }),
  ...identity,
  deliveryCallbackUrl: urlOf('DeliveryCallback'),
  receivedCallbackUrl: urlOf('ReceivedCallback'),
  receivedAndDeliveryCallbackUrl: urlOf(
    'ReceivedCallback, which then also has what the number itself sends',
  ),
  presenceChatCallbackUrl: urlOf('PresenceChatCallback'),
  disconnectedCallbackUrl: urlOf('DisconnectedCallback'),
  connectedCallbackUrl: urlOf('ConnectedCallback'),
  messageStatusCallbackUrl: urlOf('MessageStatusCallback'),
  disableEnqueueWhenDisconnected: Type.Optional(
    Type.Boolean({ description: 'Whether sends are refused while it is disconnected.' }),
  ),
}

type UrlAttribute = keyof typeof body & `${string}CallbackUrl`

const callbackOf: Readonly<Record<UrlAttribute, CallbackName>> = {
  deliveryCallbackUrl: 'delivery',
  receivedCallbackUrl: 'received',
  receivedAndDeliveryCallbackUrl: 'received',
  presenceChatCallbackUrl: 'chatPresence',
  disconnectedCallbackUrl: 'disconnected',
  connectedCallbackUrl: 'connected',
  messageStatusCallbackUrl: 'messageStatus',
}

export const createInstance = accountEndpoint({
  method: 'POST',
  path: '/instances/integrator/on-demand',
  tag: 'partner',
  summary: 'Makes an instance.',
  description: 'It costs nothing and does not end: trials and subscriptions have no meaning here.',
  audit: 'by-the-module',
  body,
  example: { name: 'Minha instância', deliveryCallbackUrl: 'https://example.com/whatsapp' },
  answer: Type.Object(
    {
      id: Type.String({ description: "The instance's id, for the path of its calls." }),
      token: Type.String({ description: 'Its token, for the path of its calls.' }),
      due: Type.Number({ description: 'Far ahead: nothing ends here. Milliseconds since 1970.' }),
      webhookSecret: Type.String({ description: '**Ours.** What callbacks are signed with.' }),
    },
    {
      description: 'The new instance. Pair it next.',
      examples: [
        {
          id: exampleId,
          token: exampleToken,
          due: 4_102_444_800_000,
          webhookSecret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
        },
      ],
    },
  ),
  refusals: { 409: 'Another instance has this id or this token.' },
  handle: async ({ by }, { body: given }, { instances, callbackRule }) => {
    const { instance, token } = await instances.create({
      name: given.name,
      settings: {
        notifySentByMe: given.receivedAndDeliveryCallbackUrl !== undefined,
        refuseWhileDisconnected: given.disableEnqueueWhenDisconnected ?? false,
      },
      callbacks: callbacksIn(given, callbackRule),
      by,
      ...identityIn(given),
    })
    const webhookSecret = await instances.signingSecretOf(instance.id)
    return { id: instance.id, token, due, webhookSecret }
  },
})

/** Throws `InvalidRequestError`. */
function callbacksIn(
  given: { readonly [A in UrlAttribute]?: string },
  rule: UrlRule,
): Map<EventKind, string> {
  const callbacks = new Map<EventKind, string>()
  for (const attribute of Object.keys(callbackOf).filter(isUrlAttribute)) {
    const url = callbackUrlOf(given[attribute] ?? null, attribute, rule)
    if (url === undefined) continue
    for (const kind of callbackKinds[callbackOf[attribute]]) callbacks.set(kind, url)
  }
  return callbacks
}

function isUrlAttribute(text: string): text is UrlAttribute {
  return Object.hasOwn(callbackOf, text)
}
