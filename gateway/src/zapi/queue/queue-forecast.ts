import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

const wait = (what: string) =>
  Type.Unsafe<number | null>({
    type: ['number', 'null'],
    description: `Seconds that ${what} would wait; null while the instance is disconnected.`,
  })

export const queueForecast = endpoint({
  method: 'GET',
  path: '/queue/forecast',
  tag: 'queue',
  summary: 'Tells how long a new message would wait now.',
  description:
    '**Ours.** An estimate from what waits and the pacing: later codes overtake a text, and a retry takes a turn of its own.',
  answer: Type.Object(
    {
      connected: Type.Boolean({ description: 'Whether the instance can send now.' }),
      high: wait('a new code, or a message with priority high,'),
      normal: wait('a new text'),
      low: wait('a message with priority low'),
      waiting: Type.Object(
        {
          high: Type.Integer({ description: 'How many wait with priority high.' }),
          normal: Type.Integer({ description: 'How many wait with priority normal.' }),
          low: Type.Integer({ description: 'How many wait with priority low.' }),
        },
        { description: 'What waits, with what is being sent.' },
      ),
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
  handle: async ({ instance }, _input, { outbox }) => {
    const { open, waiting } = await outbox.forecast(instance.id)
    return {
      connected: open !== undefined,
      high: inSeconds(open?.waitsMs.high),
      normal: inSeconds(open?.waitsMs.normal),
      low: inSeconds(open?.waitsMs.low),
      waiting,
    }
  },
})

function inSeconds(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1_000
}
