/** How numbers and receivers stand now, read from the modules: for alerts, and for the pages that show what is wrong. */

import type { AlertSettings } from '../alerts/alert-settings.js'
import { factsOf, type NumberStanding, type Standing } from '../alerts/faults.js'
import type { Fault } from '../alerts/rules.js'
import type { InstanceId } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import { readOldestWaiting } from '../outbox/history/outbox-figures.js'
import type { Restrictions } from '../outbox/limits/restrictions.js'
import type { Sessions } from '../sessions/sessions.js'
import { readFailingReceivers } from '../webhooks/failing-receivers.js'
import type { Base } from './base.js'

export interface StandingModules {
  readonly instances: Pick<Instances, 'list' | 'find'>
  readonly sessions: Pick<Sessions, 'status'>
  readonly restrictions: Pick<Restrictions, 'until'>
}

/** Of all instances, or of one. */
export async function readStanding(
  { database, clock }: Pick<Base, 'database' | 'clock'>,
  { instances, sessions, restrictions }: StandingModules,
  only?: InstanceId,
): Promise<Pick<Standing, 'now' | 'numbers' | 'receivers'>> {
  const { query } = database
  const one = only === undefined ? undefined : await instances.find(only)
  const all = only === undefined ? await instances.list() : one === undefined ? [] : [one]
  const names = new Map<string, string>(all.map(({ id, name }) => [id, name]))
  const oldest = await readOldestWaiting(query)
  const numbers: NumberStanding[] = []
  for (const { id: instanceId, name, isPool, cancelledAt } of all) {
    if (isPool || cancelledAt !== undefined) continue
    const { state, disconnection } = sessions.status(instanceId)
    numbers.push({
      instanceId,
      name,
      isOpen: state === 'open',
      disconnection,
      restrictedUntil: await restrictions.until(instanceId),
      oldestWaitingAt: oldest.get(instanceId),
    })
  }
  const failing = await readFailingReceivers(query, only)
  const receivers = failing.map((each) => ({
    ...each,
    name: names.get(each.instanceId) ?? each.instanceId,
  }))
  return { now: clock.now(), numbers, receivers }
}

/** What of that is wrong, by the rules of the alerts. */
export async function readTroubles(
  base: Pick<Base, 'database' | 'clock'>,
  modules: StandingModules,
  { rules }: AlertSettings,
  only?: InstanceId,
): Promise<readonly Fault[]> {
  const standing = await readStanding(base, modules, only)
  return factsOf({ ...standing, silentReceivers: [] }, rules).wrong
}
