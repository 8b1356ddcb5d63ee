/** The callbacks of an instance, as the console lists them. It changes them by the calls of programs (`call-routes.ts`). */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Instances } from '../instances/instances.js'
import type { DeadLetters, Letter } from '../webhooks/dead-letters.js'
import type { DeliveryListing } from '../webhooks/delivery-listing.js'
import { mostAttempts } from '../webhooks/delivery-retry.js'
import { callbackAnswer, callbacksAnswer } from './callback-answers.js'
import { described } from './described.js'
import { knownInstance } from './known-instance.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'
import { nameOfChat, placeIn, withoutAbsent } from './words.js'

export interface CallbackRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly deliveries: Pick<DeliveryListing, 'page'>
  readonly deadLetters: Pick<DeadLetters, 'find'>
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
  const { instances, deliveries, deadLetters, maskedBody } = options
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
  }
}
