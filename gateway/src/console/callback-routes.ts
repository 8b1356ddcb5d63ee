/** What the outside is told, and telling it again. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AuditLog } from '../instances/audit-log.js'
import type { Instances } from '../instances/instances.js'
import type { DeadLetters, Letter } from '../webhooks/dead-letters.js'
import type { DeliveryListing } from '../webhooks/delivery-listing.js'
import { mostAttempts } from '../webhooks/delivery-retry.js'
import { done } from './answer-shapes.js'
import { callbackAnswer, callbacksAnswer, replayedAnswer } from './callback-answers.js'
import { actorOf } from './authenticate.js'
import { described } from './described.js'
import { knownInstance } from './instance-routes.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'
import { nameOfChat, placeIn, withoutAbsent } from './words.js'

export interface CallbackRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly deliveries: Pick<DeliveryListing, 'page'>
  readonly deadLetters: Pick<DeadLetters, 'find' | 'replay' | 'replayAll'>
  readonly audit: Pick<AuditLog, 'record'>
  /** The body of a callback with no code in it. The dialect that wrote it knows where they stand. */
  readonly maskedBody: (json: string) => unknown
}

const pageSize = 50

function summaryOf({ eventKind: kind, chat, ...letter }: Letter) {
  const { id, messageId, whatsappId, url, status, attempts, error } = letter
  const { createdAt, endedAt, nextAttemptAt } = letter
  const phone = chat && nameOfChat(chat)
  const subject = { phone, messageId, whatsappId }
  const progress = { status, attempts, mostAttempts, error, createdAt, endedAt, nextAttemptAt }
  return withoutAbsent({ id, kind, ...subject, url, ...progress })
}

const unknownText =
  'There is no such callback. What arrived is forgotten after 7 days, the rest after 30.'

export function callbackRoutes(options: CallbackRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, deliveries, deadLetters, maskedBody, audit } = options
  return async (app) => {
    app.get('/instances/:instanceId/callbacks', {
      ...described('The callbacks, the newest first.', callbacksAnswer, {
        params: sent.instanceParams,
        querystring: sent.callbacksQuery,
      }),
      handler: async ({ params, query }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const wish = { before: placeIn(query.before), status: query.status, limit: pageSize }
        const page = await deliveries.page(id, wish)
        const callbacks = page.map(summaryOf)
        const next = page.length < pageSize ? undefined : page.at(-1)?.sequence
        return withoutAbsent({ callbacks, next })
      },
    })

    app.get('/instances/:instanceId/callbacks/:callbackId', {
      ...described('One callback with its body, codes masked.', callbackAnswer, {
        params: sent.callbackParams,
      }),
      handler: async ({ params }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const found = await deadLetters.find(id, params.callbackId)
        if (found === undefined) throw new RefusedError(404, unknownText)
        const body = found.body === undefined ? undefined : maskedBody(found.body)
        return withoutAbsent({ ...summaryOf(found.letter), tries: [...found.tries], body })
      },
    })

    app.post('/instances/:instanceId/callbacks/:callbackId/replay', {
      ...described('Sends a failed callback again.', done, {
        params: sent.callbackParams,
      }),
      handler: async (request) => {
        const { params } = request
        const { id } = await knownInstance(instances, params.instanceId)
        const outcome = await deadLetters.replay(id, params.callbackId)
        if (outcome === 'unheard-of') throw new RefusedError(404, unknownText)
        if (outcome === 'not-dead')
          throw new RefusedError(409, 'It did not fail: it arrived, or is still being tried.')
        return { done: true } as const
      },
    })

    app.post('/instances/:instanceId/callbacks/replay', {
      ...described('Sends all again that failed since then.', replayedAnswer, {
        params: sent.instanceParams,
        body: sent.replayAllBody,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const replayed = await deadLetters.replayAll(id, request.body.since)
        const detail = `${replayed} callbacks`
        await audit.record({
          act: 'callbacks-replayed',
          by: actorOf(request),
          instanceId: id,
          detail,
        })
        return { replayed }
      },
    })
  }
}
