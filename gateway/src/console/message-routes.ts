/** What an instance sends: the messages, what happened to each, and what still waits. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { MessageStatus as DomainStatus } from '../domain/message-status.js'
import type { InstanceId } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import type { MessageHistories, MessageHistory } from '../outbox/history/message-history.js'
import type { MessageListing } from '../outbox/history/message-listing.js'
import type { WaitingMessages } from '../outbox/history/waiting-messages.js'
import type { Clock } from '../runtime/clock.js'
import type { Sessions } from '../sessions/sessions.js'
import { described } from './described.js'
import { diagnose } from './diagnosis.js'
import { knownInstance } from './known-instance.js'
import { cancelledAnswer, messageAnswer, messagesAnswer, queueAnswer } from './message-answers.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'
import { timelineOf } from './timeline.js'
import { nameOf, placeIn, withoutAbsent } from './words.js'

export interface MessageRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly listing: Pick<MessageListing, 'page'>
  readonly histories: Pick<MessageHistories, 'find'>
  readonly waiting: Pick<WaitingMessages, 'page' | 'count' | 'cancel' | 'cancelAll'>
  readonly sessions: Pick<Sessions, 'status'>
  readonly clock: Pick<Clock, 'now'>
}

const pageSize = 50

const statusesShown: Readonly<Record<'waiting' | 'arrived' | 'failed', readonly DomainStatus[]>> = {
  waiting: ['queued', 'sending', 'unknown'],
  arrived: ['sent', 'delivered', 'read', 'played'],
  failed: ['failed', 'expired', 'cancelled'],
}

export function messageRoutes(options: MessageRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, listing, histories } = options
  return async (app) => {
    app.get('/instances/:instanceId/messages', {
      ...described('The messages, the newest first.', messagesAnswer, {
        params: sent.instanceParams,
        querystring: sent.messagesQuery,
      }),
      handler: async ({ params, query: { before, show = 'all' } }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const page = await listing.page(id, {
          before: placeIn(before),
          statuses: show === 'all' ? undefined : statusesShown[show],
          limit: pageSize,
        })
        const messages = page.map(
          ({ recipient, sequence: _sequence, whatsappId: _whatsappId, ...message }) => ({
            ...message,
            to: nameOf(recipient),
          }),
        )
        return { messages: messages.map(withoutAbsent), ...nextOf(page) }
      },
    })

    app.get('/instances/:instanceId/messages/:messageId', {
      ...described('What became of one message, and what helps.', messageAnswer, {
        params: sent.messageParams,
      }),
      handler: async ({ params }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const history = await histories.find(id, params.messageId)
        if (history === undefined)
          throw new RefusedError(404, 'There is no such message. They are forgotten after a month.')
        return describe(history, options, await namesIn(history, instances))
      },
    })

    await app.register(queueRoutes(options))
  }
}

function queueRoutes({ instances, waiting }: MessageRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/instances/:instanceId/queue', {
      ...described('What waits, in the order of the queue.', queueAnswer, {
        params: sent.instanceParams,
        querystring: sent.queueQuery,
      }),
      handler: async ({ params, query }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const page = await waiting.page(id, {
          after: placeIn(query.before),
          text: query.text,
          limit: pageSize,
        })
        const messages = page.messages.map((message) =>
          withoutAbsent({
            id: message.id,
            to: nameOf(message.recipient),
            status: message.status,
            text: message.text,
            code: message.code,
            acceptedAt: message.acceptedAt,
            heldBy: message.heldBy,
            expectedAt: message.expectedAt,
          }),
        )
        return withoutAbsent({ count: await waiting.count(id), messages, next: page.next })
      },
    })

    app.delete('/instances/:instanceId/queue/:messageId', {
      ...described('Takes one message out of the line.', cancelledAnswer, {
        params: sent.messageParams,
      }),
      handler: async ({ params }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const outcome = await waiting.cancel(id, params.messageId)
        if (outcome === 'unheard-of') throw new RefusedError(404, 'There is no such message.')
        if (outcome === 'too-late')
          throw new RefusedError(409, 'It is being sent, was sent, or has ended: too late.')
        return { cancelled: outcome === 'cancelled' ? 1 : 0, kept: 0 }
      },
    })

    app.delete('/instances/:instanceId/queue', {
      ...described('Takes out everything that has not left.', cancelledAnswer, {
        params: sent.instanceParams,
      }),
      handler: async ({ params }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        return waiting.cancelAll(id)
      },
    })
  }
}

/** The members that a message of a pool went through. */
async function namesIn(
  { pool }: MessageHistory,
  instances: MessageRoutesOptions['instances'],
): Promise<ReadonlyMap<InstanceId, string>> {
  const ids = new Set(pool?.moves.flatMap(({ from, to }) => [from, to]) ?? [])
  const names = new Map<InstanceId, string>()
  for (const id of ids) names.set(id, (await instances.find(id))?.name ?? id)
  return names
}

function describe(
  history: MessageHistory,
  { sessions, clock }: MessageRoutesOptions,
  names: ReadonlyMap<InstanceId, string>,
) {
  const refusal = history.attempts.findLast(({ outcome }) => outcome === 'refused')
  return withoutAbsent({
    id: history.id,
    whatsappId: history.whatsappId,
    to: nameOf(history.recipient),
    status: history.status,
    acceptedAt: history.acceptedAt,
    expiresAt: history.expiresAt,
    steps: timelineOf(history, (id) => names.get(id) ?? id),
    diagnosis: diagnose({
      status: history.status,
      failure: history.failure?.reason,
      refusalCode: refusal?.refusalCode ?? history.fallback?.refusalCode,
      attempts: history.attempts.length,
      fellBack: history.fallback?.refusalCode !== undefined,
      isConnected: sessions.status(history.instanceId).state === 'open',
      sentAt: history.sentAt,
      now: clock.now(),
    }),
  })
}

function nextOf(page: readonly { readonly sequence: number }[]): { next?: number } {
  const last = page.length < pageSize ? undefined : page.at(-1)
  return last === undefined ? {} : { next: last.sequence }
}
