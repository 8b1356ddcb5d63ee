/** Why an instance is not connected: our addition to Z-API's answers. */

import { Type } from 'typebox'
import { explain } from '../domain/disconnection-texts.js'
import { type Disconnection, remedyOf } from '../domain/disconnection.js'

export function disconnectionAnswer(disconnection: Disconnection) {
  const { reason, since, until } = disconnection
  const { cause, cure } = explain(disconnection)
  const answer = { reason, since, cause: cause.en, cure: cure.en, remedy: remedyOf(reason) }
  return until === undefined ? answer : { ...answer, until }
}

export const disconnection = Type.Object(
  {
    reason: Type.String({
      description: 'By name, such as `banned`: docs/operator-reference.md lists them all.',
    }),
    since: Type.Integer({ description: 'Milliseconds since 1970.' }),
    cause: Type.String({ description: 'One sentence.' }),
    cure: Type.String({ description: 'What helps.' }),
    remedy: Type.Enum(['wait', 'pair', 'reconnect'], {
      description:
        'wait: the gateway keeps trying. pair: it needs a new QR code. reconnect: a person has to act, then `restore-session`.',
    }),
    until: Type.Optional(
      Type.Integer({ description: 'When WhatsApp ends it by itself. Milliseconds since 1970.' }),
    ),
  },
  { description: '**Ours**, only while it is not connected: why.' },
)
