/** What the API document says of the calls of partners about one instance. */

import { Type } from 'typebox'
import { operation } from '../http/operation.js'
import { mostNetworks } from '../runtime/caller-rule.js'

const tag = 'partner'

const nothing = Type.Null({ description: 'Done. The body is empty.' })

const done = Type.Object(
  { value: Type.Boolean({ description: 'true: it is done.' }) },
  {
    examples: [{ value: true }],
  },
)

const previousUntil = Type.Union([Type.Integer(), Type.Null()], {
  description: 'Until when the one before still counts, in epoch milliseconds; null: it does not.',
})

const longestOverlapSeconds = 30 * 24 * 3600

const overlapBody = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: longestOverlapSeconds,
        description: 'How long the one before still counts. 24 hours if left out, 0: no longer.',
      }),
    ),
  },
  { examples: [{ overlapSeconds: 3600 }] },
)

const networks = Type.Array(Type.String({ maxLength: 64 }), {
  maxItems: mostNetworks,
  description: 'CIDRs and single addresses. Empty: everybody may call.',
})

const withCalls = Type.Boolean({
  description: 'Taken and without effect: there is nothing to subscribe to here.',
})

export const subscribe = operation({
  tag,
  summary: 'Takes a cancelled instance back into use.',
  description:
    'Nothing is paid here. An instance in use stays as it is; one that was cancelled can be called and paired again.',
  body: Type.Object({ withCalls: Type.Optional(withCalls) }, { examples: [{ withCalls: true }] }),
  answer: nothing,
  status: 201,
})

export const cancel = operation({
  tag,
  summary: 'Takes an instance out of use.',
  description:
    'Its phone is unlinked, what waits is cancelled, and every call on it answers 400. It is deleted after 15 days unless it is subscribed again.',
  answer: nothing,
  status: 201,
})

export const updateSubscription = operation({
  tag,
  summary: 'Changes nothing, because there is nothing to subscribe to.',
  description: 'Answers as Z-API does, so that a client of it need not know the difference.',
  body: Type.Object({ withCalls }, { examples: [{ withCalls: true }] }),
  answer: nothing,
  status: 201,
})

export const deleteInstance = operation({
  tag,
  summary: 'Deletes an instance at once, with everything that belongs to it.',
  description:
    '**Ours.** Its phone is unlinked. Messages, keys and callbacks that are owed are gone; nobody can bring them back.',
  answer: done,
})

export const configureProxy = operation({
  tag,
  summary: "Sets the proxy of an instance's connection to WhatsApp.",
  description:
    'socks5, http or https, tried before it is stored. An open connection is made anew through it. Without a proxyUrl, or with enable false, the connection is direct.',
  body: Type.Object(
    {
      proxyUrl: Type.Union([Type.String({ maxLength: 2048 }), Type.Null()], {
        description: 'The address of the proxy, with user and password if it asks for them.',
      }),
      enable: Type.Union([Type.Boolean(), Type.Null()], { description: 'Whether it is used.' }),
    },
    { examples: [{ proxyUrl: 'socks5://proxy.example.com:1080', enable: true }] },
  ),
  answer: done,
  refusals: { 400: 'The JSON text "Proxy is not reachable", or what is wrong with its URL.' },
})

export const rotateToken = operation({
  tag,
  summary: 'Gives an instance a new token.',
  description:
    '**Ours.** The new one is shown this once; callbacks carry it from now on. The one before counts until the overlap ends.',
  body: overlapBody,
  answer: Type.Object(
    {
      token: Type.String({ description: 'The new token.' }),
      previousUntil,
    },
    { examples: [{ token: 'E0F1D2C3B4A5968778695A4B', previousUntil: 1795478400000 }] },
  ),
})

export const rotateSecret = operation({
  tag,
  summary: 'Gives an instance a new secret for the signatures of its callbacks.',
  description:
    '**Ours.** Until the overlap ends, callbacks carry the signatures by both, separated by a space, as Standard Webhooks has it.',
  body: overlapBody,
  answer: Type.Object(
    {
      webhookSecret: Type.String({ description: 'The new secret.' }),
      previousUntil,
    },
    {
      examples: [
        {
          webhookSecret: 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
          previousUntil: null,
        },
      ],
    },
  ),
})

const callers = Type.Object({ networks }, { examples: [{ networks: ['203.0.113.0/24'] }] })

export const readCallers = operation({
  tag,
  summary: 'The addresses that may call on an instance.',
  description: '**Ours.** Empty: everybody who may call the gateway at all.',
  answer: callers,
})

export const setCallers = operation({
  tag,
  summary: 'Sets the addresses that may call on an instance.',
  description:
    '**Ours.** Others get 403 before their body is read. Calls with the partner token are not under this list.',
  body: callers,
  answer: done,
})
