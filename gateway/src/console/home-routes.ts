/** All instances with what became of the messages of today, and what is wrong with each. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Fault } from '../alerts/rules.js'
import type { Instance } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import type { DayFigures, MessageDays } from '../outbox/history/day-figures.js'
import type { QueueForecast } from '../outbox/queue/forecast.js'
import type { Clock } from '../runtime/clock.js'
import type { ReceiverPlaces } from '../webhooks/receiver-places.js'
import { described } from './described.js'
import { homeAnswer } from './home-answers.js'
import { type SummaryOptions, summaryWith } from './instance-routes.js'
import * as sent from './requests.js'
import { isPassing, shownTrouble, type TroubleReader } from './troubles.js'
import { withoutAbsent } from './words.js'

export interface HomeRoutesOptions extends SummaryOptions {
  readonly instances: Pick<Instances, 'list'>
  readonly days: Pick<MessageDays, 'figures' | 'waiting' | 'lastSends'>
  /** When each instance last had a message in any chat. */
  readonly lastMessages: () => Promise<ReadonlyMap<string, number>>
  readonly receiverPlaces: Pick<ReceiverPlaces, 'all'>
  readonly troubles: TroubleReader
  readonly forecast: (instanceId: Instance['id']) => Promise<QueueForecast>
  /** A code is late after so long. */
  readonly lateAfterMs: number
  readonly clock: Pick<Clock, 'now'>
}

export function homeRoutes(options: HomeRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, clock, lateAfterMs } = options
  return async (app) => {
    app.get('/home', {
      ...described('All instances, with the figures of the day.', homeAnswer, {
        querystring: sent.homeQuery,
      }),
      handler: async ({ query }) => {
        const all = await instances.list()
        const known = await readAll(options, Number(query.since))
        const now = clock.now()
        return {
          now,
          lateAfterMs,
          instances: await Promise.all(
            all.map((instance) => describe(instance, known, options, now)),
          ),
        }
      },
    })
  }
}

type Known = Awaited<ReturnType<typeof readAll>>

async function readAll(options: HomeRoutesOptions, since: number) {
  const { days, lastMessages, receiverPlaces, troubles, lateAfterMs } = options
  const [figures, waiting, sends, messages, places, faults] = await Promise.all([
    days.figures({ since, lateAfterMs }),
    days.waiting(),
    days.lastSends(),
    lastMessages(),
    receiverPlaces.all(),
    troubles(),
  ])
  return { figures, waiting, sends, messages, places, faults }
}

const noFigures: DayFigures = { sent: 0, failed: 0, late: 0 }

async function describe(instance: Instance, known: Known, options: HomeRoutesOptions, now: number) {
  const { id } = instance
  const faults = known.faults.filter(({ subject }) => subject.instanceId === id)
  const lastMessageAt = Math.max(known.sends.get(id) ?? 0, known.messages.get(id) ?? 0)
  const { open } = await options.forecast(id)
  return withoutAbsent({
    ...(await summaryWith(instance, known.waiting.get(id) ?? 0, options)),
    troubles: faults.filter((fault) => !isPassing(fault, now)).map(shownTrouble),
    today: known.figures.get(id) ?? noFigures,
    lastMessageAt: lastMessageAt === 0 ? undefined : lastMessageAt,
    receivers: receiversOf(known.places.get(id), faults),
    waitMs: open === undefined ? undefined : Math.round(open.waitsMs.normal),
  })
}

function receiversOf(
  place: { readonly isPaused: boolean } | undefined,
  faults: readonly Fault[],
): 'none' | 'good' | 'paused' | 'failing' {
  if (faults.some(({ subject }) => subject.kind === 'receiver-failing')) return 'failing'
  if (place === undefined) return 'none'
  return place.isPaused ? 'paused' : 'good'
}
