/** Limits on a real database, with those of the instances or those that a test sets. */

import type { Database } from '../../src/db/database.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { areOn, type SendingLimits } from '../../src/domain/sending-limits.js'
import type { Restrictions } from '../../src/outbox/limits/restrictions.js'
import type { LinkedNumbers } from '../../src/outbox/limits/linked-numbers.js'
import type { PeoplePort } from '../../src/outbox/limits/people.js'
import { type LimitsPort, SendingHolds } from '../../src/outbox/limits/sending-holds.js'
import type { Clock } from '../../src/runtime/clock.js'

const noLimits: LimitsPort = {
  limitsOf: async () => undefined,
  isAnyPoolLimited: async () => false,
}

export function limitsFrom(limits: ReadonlyMap<InstanceId, SendingLimits>): LimitsPort {
  return {
    limitsOf: async (id) => limits.get(id),
    isAnyPoolLimited: async () => [...limits.values()].some(areOn),
  }
}

export function sendingHolds({
  database,
  clock,
  restrictions,
  limits = noLimits,
  numbers = { note: async () => false, since: async () => 0 },
  people = { whole: async (_, person) => person },
}: {
  readonly database: Database
  readonly clock: Clock
  readonly restrictions: Restrictions
  readonly limits?: LimitsPort
  readonly numbers?: Pick<LinkedNumbers, 'note' | 'since'>
  readonly people?: Pick<PeoplePort, 'whole'>
}): SendingHolds {
  return new SendingHolds({
    database,
    clock,
    limits,
    numbers,
    people,
    isKnown: async (instanceId, recipient, query) =>
      !(await restrictions.isStranger({ instanceId, recipient }, query)),
  })
}
