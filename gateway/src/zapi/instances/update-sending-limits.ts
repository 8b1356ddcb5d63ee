import { Type } from 'typebox'
import {
  noSendingLimits,
  recommendedLimits,
  type SendingLimits,
} from '../../domain/sending-limits.js'
import { isTimeZone } from '../../outbox/limits/local-day.js'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { limitShape } from './sending-limits.js'

const presets = ['off', 'recommended'] as const

export const updateSendingLimits = endpoint({
  method: 'PUT',
  path: '/update-sending-limits',
  tag: 'queue',
  forPools: true,
  summary: 'Sets how much may be sent a day.',
  description:
    '**Ours.** Everything is off unless it is set. What is not named stays as it is. A message that a limit holds waits: the queue tells why and until when. Of a pool: what is sent for the pool, and `warmUp` for its members that have none of their own; limits of its members count too.',
  // An empty time takes the quiet hours away.
  keepBlanks: true,
  body: {
    preset: Type.Optional(
      Type.Enum([...presets], {
        description:
          'off: no limits of its own. recommended: 1,000 messages and 50 new people a day, warm-up, quiet hours from 21:00 to 08:00. What else is named counts on top of it.',
      }),
    ),
    ...Type.Partial(Type.Object(limitShape)).properties,
  },
  example: { preset: 'recommended', timeZone: 'America/Sao_Paulo' },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body: { preset, ...given } }, modules) => {
    const { timeZone } = instance.settings.sendingLimits
    const begun = beginningOf(preset, instance.settings.sendingLimits)
    const limits = { ...begun, timeZone, ...given }
    check(limits)
    await modules.sendingLimits.set(instance.id, limits)
    return { value: true }
  },
})

function beginningOf(
  preset: (typeof presets)[number] | undefined,
  present: SendingLimits,
): SendingLimits {
  if (preset === undefined) return present
  if (preset === 'off') return noSendingLimits
  return { ...noSendingLimits, ...recommendedLimits }
}

function check({ quietFrom, quietTo, timeZone }: SendingLimits): void {
  if (!isTimeZone(timeZone))
    throw new InvalidRequestError(
      'timeZone must be a name of the IANA database, such as America/Sao_Paulo',
    )
  if ((quietFrom === '') !== (quietTo === ''))
    throw new InvalidRequestError('quietFrom and quietTo must both be given, or both be empty')
  if (quietFrom !== '' && quietFrom === quietTo)
    throw new InvalidRequestError('quietTo must be another time than quietFrom')
}
