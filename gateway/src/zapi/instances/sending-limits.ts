import { type Static, Type } from 'typebox'
import type { SendingLimits } from '../../domain/sending-limits.js'
import type { LimitStanding } from '../../outbox/limits/sending-holds.js'
import { type MostFrom, mostSources } from '../../outbox/limits/sending-limits.js'
import { endpoint } from '../endpoint.js'

const orNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description })

export const limitShape = {
  dailyMessages: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: 'Most messages a day. 0: no limit.',
  }),
  dailyNewPeople: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: 'Most people a day with whom the number has no conversation. 0: no limit.',
  }),
  warmUp: Type.Unsafe<boolean | null>({
    type: ['boolean', 'null'],
    description:
      'true: 20 messages on the first day, more each day, and the daily limit (1,000 without one) from day 14 on. A day counts on which the number sent something. Of a pool: for its members that have null. null (so it is unless set): as the pools of the number say; false: no warm-up, whatever they say.',
  }),
  quietFrom: Type.String({
    pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9])?$',
    description: 'From then on messages with priority low wait, HH:MM. Empty: no such hours.',
  }),
  quietTo: Type.String({
    pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9])?$',
    description: 'Until then, HH:MM; the next day if it is not after quietFrom.',
  }),
  timeZone: Type.String({
    maxLength: 64,
    description: 'Where days begin and quiet hours count, such as America/Sao_Paulo. UTC if unset.',
  }),
  limitCodes: Type.Boolean({
    description:
      'false (so it is unless set): codes and other messages with priority high neither count nor wait. true: they do.',
  }),
}

/** Where the most messages of a day come from, and the warm-up. */
export const mostShape = {
  mostFrom: Type.Unsafe<MostFrom | null>({
    type: ['string', 'null'],
    enum: [...mostSources, null],
    description:
      'Which limit mostMessages is: daily-messages, warm-up (of the number), pool-warm-up (of its pool); null: no limit.',
  }),
  warmUpDay: orNull('The day of the warm-up, from 1; null: none, or it is over.'),
  warmUpPool: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'The id of the pool whose warmUp the number has; null: its own, or none.',
  }),
}

export function mostOf({
  most,
  mostFrom,
  warmUpDay,
  limits,
}: LimitStanding): Static<Type.TObject<typeof mostShape>> & { mostMessages: number | null } {
  return {
    mostMessages: most === Infinity ? null : most,
    mostFrom: mostFrom ?? null,
    warmUpDay: warmUpDay ?? null,
    warmUpPool: limits.warmUpPool ?? null,
  }
}

const answer = Type.Object(
  {
    ...limitShape,
    today: Type.Object(
      {
        endsAt: Type.Integer({ description: 'When the day ends, milliseconds since 1970.' }),
        messages: Type.Integer({ description: 'How many messages were sent that count.' }),
        mostMessages: orNull('How many may be; null: no limit.'),
        newPeople: Type.Integer({
          description: 'How many people it has begun to write to; counted where that is limited.',
        }),
        ...mostShape,
      },
      { description: 'Where the number, or the pool, stands.' },
    ),
  },
  {
    description: 'The limits and today.',
    examples: [
      {
        dailyMessages: 1_000,
        dailyNewPeople: 50,
        warmUp: true,
        quietFrom: '21:00',
        quietTo: '08:00',
        timeZone: 'America/Sao_Paulo',
        limitCodes: false,
        today: {
          endsAt: 1_795_662_000_000,
          messages: 12,
          mostMessages: 27,
          newPeople: 3,
          mostFrom: 'warm-up',
          warmUpDay: 2,
          warmUpPool: null,
        },
      },
    ],
  },
)

export type SendingLimitsAnswer = Static<typeof answer>

export const sendingLimits = endpoint({
  method: 'GET',
  path: '/sending-limits',
  tag: 'queue',
  forPools: true,
  summary: 'Tells how much may be sent a day, and how much was sent today.',
  description: '**Ours.** Of a number, or of a pool: then what was sent for the pool counts.',
  answer,
  handle: async ({ instance: { id, isPool, settings } }, _input, modules) =>
    answerOf(settings.sendingLimits, await modules.sendingLimits.standing({ id, isPool })),
})

function answerOf(own: SendingLimits, standing: LimitStanding): SendingLimitsAnswer {
  const { limits, day, messages, newPeople } = standing
  return {
    ...own,
    // Of a number that has neither limits nor a time zone of its own: that of its pool.
    timeZone: limits.timeZone,
    today: { endsAt: day.endsAt, messages, newPeople, ...mostOf(standing) },
  }
}
