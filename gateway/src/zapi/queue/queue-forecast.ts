import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { countsByPriority, inSeconds } from './forecast-shape.js'

const wait = (what: string) =>
  Type.Unsafe<number | null>({
    type: ['number', 'null'],
    description: `Seconds that ${what} would wait; null while nothing can be sent.`,
  })

export const queueForecast = endpoint({
  method: 'GET',
  path: '/queue/forecast',
  tag: 'queue',
  forPools: true,
  summary: 'Tells how long a new message would wait now.',
  description:
    '**Ours.** An estimate from what waits and the pacing: later codes overtake a text, and a retry takes a turn of its own. Of a pool: a message to a person whom no member knows.',
  answer: Type.Object(
    {
      connected: Type.Boolean({
        description: 'Whether the instance, or a member of the pool, can send now.',
      }),
      high: wait('a new code, or a message with priority high,'),
      normal: wait('a new text'),
      low: wait('a message with priority low'),
      waiting: countsByPriority('What waits, with what is being sent.'),
    },
    {
      description: 'The wait at this moment.',
      examples: [
        {
          connected: true,
          high: 1.4,
          normal: 61.4,
          low: 61.4,
          waiting: { high: 0, normal: 30, low: 0 },
        },
      ],
    },
  ),
  handle: async ({ instance: { id, isPool } }, _input, { outbox, poolStandings }) => {
    if (isPool) {
      const { waitsMs, waiting } = await poolStandings.of(id)
      return { connected: waitsMs !== undefined, ...inSeconds(waitsMs), waiting }
    }
    const { open, waiting } = await outbox.forecast(id)
    return { connected: open !== undefined, ...inSeconds(open?.waitsMs), waiting }
  },
})
