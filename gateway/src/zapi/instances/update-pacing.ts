import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'

const gapMs = (description: string) =>
  Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 0,
    maximum: 600_000,
    description,
  })

export const updatePacing = endpoint({
  method: 'PUT',
  path: '/update-pacing',
  tag: 'instance',
  summary: 'Sets the gap between two messages of this number.',
  description:
    '**Ours.** Each gap is drawn between both ends. Counts from the next message that leaves; a `delayMessage` of a call goes before it. null for both is what the gateway says (RECADO_PACING_MIN_MS, RECADO_PACING_MAX_MS).',
  // Null takes the own value away.
  keepBlanks: true,
  body: {
    minGapMs: gapMs('The shortest gap, in milliseconds.'),
    maxGapMs: gapMs('The longest gap, in milliseconds. Not less than minGapMs.'),
  },
  example: { minGapMs: 2_000, maxGapMs: 6_000 },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body: { minGapMs, maxGapMs } }, { instances }) => {
    if ((minGapMs === null) !== (maxGapMs === null))
      throw new InvalidRequestError(
        'minGapMs and maxGapMs must both be numbers, or both be null to take the values of the gateway',
      )
    if (minGapMs !== null && maxGapMs !== null && minGapMs > maxGapMs)
      throw new InvalidRequestError('minGapMs must not be more than maxGapMs')
    await instances.updateSettings(instance.id, { minGapMs, maxGapMs })
    return { value: true }
  },
})
