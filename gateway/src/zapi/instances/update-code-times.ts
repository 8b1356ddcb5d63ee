import { Type } from 'typebox'
import { shortestUndeliverableSeconds } from '../../outbox/queue/undeliverable.js'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'

const secondsOrNull = (minimum: number, description: string) =>
  Type.Optional(
    Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      minimum,
      maximum: 86_400,
      description,
    }),
  )

export const updateCodeTimes = endpoint({
  method: 'PUT',
  path: '/update-code-times',
  tag: 'instance',
  forPools: true,
  summary: 'Sets how long codes live, and when their caller is told that one is not sent.',
  description:
    '**Ours.** What is not named stays as it is; null is what the gateway says (RECADO_CODE_LIFE_SECONDS, RECADO_UNDELIVERABLE_AFTER_SECONDS). Of a pool: for what is sent for it.',
  // Null takes the own value away.
  keepBlanks: true,
  body: {
    codeLifeSeconds: secondsOrNull(
      30,
      'How long a code of at most 15 characters is worth sending, where the call has no expiresIn.',
    ),
    undeliverableAfterSeconds: secondsOrNull(
      0,
      'How long after its acceptance an UndeliverableCallback tells that a code is not sent yet. 0: never; else at least 5.',
    ),
  },
  example: { codeLifeSeconds: 300, undeliverableAfterSeconds: 10 },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    const { undeliverableAfterSeconds: after } = body
    if (typeof after === 'number' && after !== 0 && after < shortestUndeliverableSeconds)
      throw new InvalidRequestError(
        `undeliverableAfterSeconds must be 0, or at least ${shortestUndeliverableSeconds}`,
      )
    await instances.updateSettings(instance.id, body)
    return { value: true }
  },
})
