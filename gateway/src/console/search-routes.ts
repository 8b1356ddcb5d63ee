/** The messages of all instances: found, listed, and given as a file. */

import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { contentKinds } from '../domain/content/index.js'
import { failureReasons } from '../domain/gateway-event.js'
import { isInstanceId } from '../domain/instance.js'
import { messageStatuses } from '../domain/message-status.js'
import { priorities } from '../domain/priority.js'
import type { Instances } from '../instances/instances.js'
import {
  mostCounted,
  type MessageSearch,
  type SearchWish,
} from '../outbox/history/message-search.js'
import type { Clock } from '../runtime/clock.js'
import { described } from './described.js'
import { csvOf } from './message-csv.js'
import { foundAnswer } from './message-answers.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'
import { nameOf, placeIn, withoutAbsent } from './words.js'

export interface SearchRoutesOptions {
  readonly instances: Pick<Instances, 'list'>
  readonly search: Pick<MessageSearch, 'page' | 'count' | 'all'>
  readonly clock: Pick<Clock, 'now'>
}

const pageSize = 100

export function searchRoutes(options: SearchRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, search, clock } = options
  return async (app) => {
    app.get('/messages', {
      ...described('Messages of all instances, the newest first.', foundAnswer, {
        querystring: sent.searchQuery,
      }),
      handler: async ({ query }) => {
        const wish = wishIn(query)
        const before = placeIn(query.before)
        // The total stands on the first page.
        const [page, total] = await Promise.all([
          search.page(wish, { before, limit: pageSize }),
          before === undefined ? search.count(wish) : undefined,
        ])
        const names = await namesOf(instances)
        const messages = page.map(({ recipient, sequence: _sequence, ...message }) =>
          withoutAbsent({
            ...message,
            to: nameOf(recipient),
            instanceName: names.get(message.instanceId) ?? message.instanceId,
          }),
        )
        const next = page.length < pageSize ? undefined : page.at(-1)?.sequence
        const isMore = total === undefined ? undefined : total >= mostCounted
        return withoutAbsent({ messages, next, total, isMore })
      },
    })

    app.get('/messages.csv', {
      schema: { hide: true, querystring: sent.searchQuery },
      handler: async ({ query }, reply) => {
        const wish = wishIn(query)
        const lines = csvOf(search.all(wish), await namesOf(instances))
        const day = new Date(clock.now()).toISOString().slice(0, 10)
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="messages-${day}.csv"`)
          .send(Readable.from(lines, { objectMode: false }))
      },
    })
  }
}

async function namesOf(instances: SearchRoutesOptions['instances']) {
  const all = await instances.list()
  return new Map<string, string>(all.map(({ id, name }) => [id, name]))
}

function wishIn(query: Static<typeof sent.searchQuery>): SearchWish {
  const text = query.text?.trim()
  return {
    instanceId: instanceIn(query.instance),
    text: text === '' ? undefined : text,
    statuses: someOf(messageStatuses, query.status, 'status'),
    kinds: someOf(contentKinds, query.kind, 'kind'),
    reasons: someOf(failureReasons, query.reason, 'reason'),
    priorities: someOf(priorities, query.priority, 'priority'),
    since: placeIn(query.since),
    until: placeIn(query.until),
  }
}

function instanceIn(text: string | undefined): SearchWish['instanceId'] {
  if (text === undefined || isInstanceId(text)) return text
  throw new RefusedError(400, 'instance must be the id of an instance')
}

/** Words of a list with commas. Throws `RefusedError`. */
function someOf<T extends string>(
  all: readonly T[],
  text: string | undefined,
  attribute: string,
): readonly T[] | undefined {
  if (text === undefined || text === '') return undefined
  return text.split(',').map((word) => {
    const known = all.find((each) => each === word)
    if (known === undefined)
      throw new RefusedError(400, `${attribute} must be some of ${all.join(', ')}, with commas`)
    return known
  })
}
