/** What the API document says of callbacks: where they go, and those that were given up. */

import { operation } from '../http/operation.js'
import * as answer from './answer-schemas.js'
import * as schema from './request-schemas.js'
import * as webhook from './webhook-answers.js'

const setter = (summary: string, description: string, tag: 'webhooks' | 'partner' = 'webhooks') =>
  operation({
    tag,
    summary,
    description: `${description} An empty value ends it.`,
    body: schema.callbackBody,
    answer: answer.value,
  })

/** By the name of the callback. */
export const setCallback = {
  delivery: setter(
    'Sets where it is told that a send went out, or did not.',
    'DeliveryCallback: one for each message, whatever becomes of it.',
  ),
  received: setter(
    'Sets where it is told what the number receives.',
    'ReceivedCallback: one for each message.',
  ),
  connected: setter(
    'Sets where a connection is told.',
    'ConnectedCallback: a phone was linked, or the connection is back.',
  ),
  disconnected: setter(
    'Sets where a lost connection is told.',
    'DisconnectedCallback: with the reason, and what to do.',
  ),
  messageStatus: setter(
    'Sets where it is told that messages were delivered and read.',
    'MessageStatusCallback: RECEIVED means delivered.',
  ),
  chatPresence: setter('Sets where it is told who is typing.', 'PresenceChatCallback.'),
  proxy: setter(
    'Sets where it is told that a connection was made without its proxy.',
    'ProxyCallback: the proxy failed three times in a row; the next connection tries it again.',
    'partner',
  ),
}

export const setReceivedAndSent = setter(
  'Sets where it is told what the number receives and what it sends itself.',
  'ReceivedCallback, with `fromMe` for what the number sends.',
)

export const setEveryCallback = operation({
  tag: 'webhooks',
  summary: 'Sets one URL for all callbacks.',
  description: 'Replaces what was set one by one. An empty value ends all of them.',
  body: schema.everyCallbackBody,
  answer: answer.value,
})

export const setNotifySentByMe = operation({
  tag: 'webhooks',
  summary: 'Sets whether what the number sends is told too.',
  description: 'It comes as ReceivedCallback with `fromMe`.',
  body: schema.notifySentByMeBody,
  answer: answer.value,
})

export const setFilters = operation({
  tag: 'webhooks',
  summary: 'Sets which callbacks are not told.',
  description: 'Each name takes away what it names; names that nobody knows are refused.',
  body: schema.filtersBody,
  answer: answer.value,
})

export const listDead = operation({
  tag: 'webhooks',
  summary: 'Lists the callbacks that were given up.',
  description: '**Ours.** At most 100 a page, without what they say.',
  querystring: schema.listCallbacksQuery,
  answer: webhook.deadCallbacks,
})

export const showCallback = operation({
  tag: 'webhooks',
  summary: 'Shows one callback.',
  description: '**Ours.** What arrived is forgotten after 7 days, the rest after 30.',
  params: schema.callbackParams,
  querystring: schema.showCallbackQuery,
  answer: webhook.oneCallback,
})

export const replayOne = operation({
  tag: 'webhooks',
  summary: 'Sends one callback again that was given up.',
  description: '**Ours.** It goes with the same id and the same body.',
  params: schema.callbackParams,
  answer: answer.value,
  refusals: { 409: 'It was not given up: it arrived, or is still being tried.' },
})

export const replayAll = operation({
  tag: 'webhooks',
  summary: 'Sends all callbacks again that were given up since a moment.',
  description: '**Ours.** They go with the same ids and the same bodies, in their order.',
  body: schema.replayBody,
  answer: webhook.replayed,
})

export const signingSecret = operation({
  tag: 'webhooks',
  summary: 'Gives the secret that callbacks of this instance are signed with.',
  description: '**Ours.** Signatures are those of Standard Webhooks.',
  answer: webhook.signingSecret,
})
