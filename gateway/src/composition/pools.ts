/** Pools: what is addressed to them goes to their members. */

import type { BuiltDirectory } from './directory.js'
import { remedyOf } from '../domain/disconnection.js'
import type { InstanceId } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import type { PeoplePort } from '../outbox/limits/people.js'
import { holdOf, warmUpDays } from '../outbox/limits/sending-limits.js'
import { PoolMessages } from '../outbox/history/pool-messages.js'
import type { Restrictions } from '../outbox/limits/restrictions.js'
import type { Outbox } from '../outbox/outbox.js'
import type { PooledMessage } from '../outbox/message-row.js'
import { priorityOfNew } from '../outbox/queue/expiry.js'
import type { Sender } from '../outbox/queue/sender.js'
import { Failover } from '../pools/failover.js'
import { type NumbersPort, PoolSends, type QueuesPort, wholeInPool } from '../pools/pool-sends.js'
import { PoolStandings } from '../pools/pool-standings.js'
import { PoolStore } from '../pools/pool-store.js'
import { Presences, type Standing } from '../pools/presence.js'
import type { Sessions } from '../sessions/sessions.js'
import type { SendsPort } from '../zapi/modules.js'
import type { Base } from './base.js'
import type { BuiltLimits } from './limits.js'

export interface PoolsBuildOptions {
  readonly people: BuiltDirectory['people']
  readonly limits: Pick<BuiltLimits, 'holds' | 'isKnown'>
  readonly restrictions: Restrictions
  readonly sender: () => Pick<Sender, 'moves' | 'expectedWait'>
  readonly sessions: () => Pick<Sessions, 'status'>
}

export interface BuiltPools {
  readonly poolSends: PoolSends<PooledMessage>
  /** To be started once sessions are. */
  readonly failover: Failover<PooledMessage>
  readonly numbers: NumbersPort
}

export function buildPools(base: Omit<Base, 'metrics'>, options: PoolsBuildOptions): BuiltPools {
  const { people, limits, restrictions, sender, sessions } = options
  const presences = new Presences({ ...base, standingOf: (id) => standingIn(sessions(), id) })
  const numbers: NumbersPort = {
    presenceOf: (id) => presences.of(id),
    isBarred: async (instanceId, recipient, query) =>
      (await restrictions.bars({ instanceId, recipient }, query)) !== undefined,
    hasRoom: (instanceId, { recipient, priority = 'normal' }, query) =>
      limits.holds.hasRoom({ instanceId, recipient, priority }, query),
    isKnown: limits.isKnown,
    expectedWaitMs: async (...asked) => (await sender().expectedWait(...asked)) ?? 0,
  }
  const failover = new Failover<PooledMessage>({
    ...base,
    numbers,
    waiting: {
      // The node that runs an instance looks after what waits for it.
      instances: async () =>
        (await sender().moves.instances()).filter((id) => base.database.fence.runs(id)),
      movable: (...which) => sender().moves.movable(...which),
      move: (message, why) => sender().moves.move(message, why),
    },
    isRestricted: async (instanceId) => (await restrictions.until(instanceId)) !== undefined,
    isFull: (instanceId) => limits.holds.isFull(instanceId),
  })
  const waits = () => failover.wake()
  const queues: QueuesPort<PooledMessage> = {
    ofPerson: (...asked) => sender().moves.ofPerson(...asked),
    moveTo: (...asked) => sender().moves.moveTo(...asked),
  }
  const poolSends = new PoolSends({ ...base, numbers, people, queues, waits })
  return { poolSends, failover, numbers }
}

/** For calls, the console and the figures. */
export function poolStandingsOf(
  base: Pick<Base, 'database' | 'clock' | 'vault'>,
  {
    numbers,
    outbox,
    restrictions,
    holds,
  }: {
    readonly numbers: Pick<NumbersPort, 'presenceOf'>
    readonly outbox: Pick<Outbox, 'forecast'>
    readonly restrictions: Pick<Restrictions, 'until'>
    readonly holds: BuiltLimits['holds']
  },
): { readonly poolStandings: PoolStandings; readonly poolMessages: PoolMessages } {
  const { database, clock, vault } = base
  const store = new PoolStore(vault)
  const poolMessages = new PoolMessages({ database })
  const poolStandings = new PoolStandings({
    clock,
    membersOf: (id) => store.members(database.query, id),
    presenceOf: (id) => numbers.presenceOf(id),
    restrictedUntil: (id) => restrictions.until(id),
    isFull: (id) => holds.isFull(id),
    forecast: (id) => outbox.forecast(id),
    waitingFor: (id) => poolMessages.waiting(id),
    heldUntil: async (id, priority) => {
      const standing = await holds.standing({ id, isPool: true })
      if (standing === undefined) return undefined
      const at = { now: clock.now(), warmUpDay: warmUpDays }
      return holdOf({ priority, isNewPerson: true }, standing, standing.limits, at)?.until
    },
  })
  return { poolStandings, poolMessages }
}

/** An instance's message goes to the outbox, a pool's to one of its members. */
export function sendsOf(
  instances: Pick<Instances, 'find'>,
  outbox: Outbox,
  pools: PoolSends<PooledMessage>,
): SendsPort {
  return {
    accept: async (addressed, submission, { onUnknown, ...options } = {}) => {
      const isPool = (await instances.find(addressed))?.isPool ?? false
      if (!isPool) return outbox.accept(addressed, submission, options)
      const priority = priorityOfNew(submission)
      return pools.accept(outbox, addressed, { ...submission, priority }, { ...options, onUnknown })
    },
  }
}

/** A person of a pool has the names that one of its members knows. */
export function peopleOfPools(
  { vault }: Pick<Base, 'vault'>,
  instances: Pick<Instances, 'find'>,
  people: PeoplePort,
): PeoplePort {
  const store = new PoolStore(vault)
  return {
    learn: (...pairs) => people.learn(...pairs),
    whole: async (instanceId, person, query) => {
      const whole = await people.whole(instanceId, person, query)
      if (whole.phone !== undefined && whole.lid !== undefined) return whole
      // Instances are cached, and members are not: most messages are for one number.
      const isPool = (await instances.find(instanceId, { query }))?.isPool ?? false
      if (!isPool) return whole
      return wholeInPool(await store.members(query, instanceId), whole, people, query)
    },
  }
}

function standingIn(sessions: Pick<Sessions, 'status'>, instanceId: InstanceId): Standing {
  const { state, disconnection } = sessions.status(instanceId)
  if (state === 'open') return 'open'
  if (state === 'ended') return 'gone'
  return disconnection !== undefined && remedyOf(disconnection.reason) !== 'wait' ? 'gone' : 'lost'
}
