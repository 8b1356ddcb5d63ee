/** A pool of two members on a real database and outbox; the test says how the members' connections stand. */

import { randomBytes } from 'node:crypto'
import type { Database } from '../../src/db/database.js'
import { createVault } from '../../src/db/encryption.js'
import type { Actor } from '../../src/domain/audit.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { OnUnknown } from '../../src/domain/pool.js'
import { AuditLog } from '../../src/instances/audit-log.js'
import { InstanceLife } from '../../src/instances/instance-life.js'
import { Instances } from '../../src/instances/instances.js'
import type { Accepted } from '../../src/outbox/limits/admission.js'
import { PoolMessages } from '../../src/outbox/history/pool-messages.js'
import type { PooledMessage } from '../../src/outbox/message-row.js'
import { Failover } from '../../src/pools/failover.js'
import { type NumbersPort, PoolSends, type QueuesPort } from '../../src/pools/pool-sends.js'
import { Pools } from '../../src/pools/pools.js'
import { Presences, type Standing } from '../../src/pools/presence.js'
import type { Log } from '../../src/runtime/telemetry.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { ManualClock } from './manual-clock.js'
import { anOtp } from './outgoing-message.js'
import { anOutboxWorld, type OutboxWorld, type WorldOptions } from './outbox-world.js'
import { noEndpoints } from './stored-instance.js'

export const by: Actor = { role: 'partner', address: '192.0.2.1' }

export interface PoolWorld {
  readonly world: OutboxWorld
  readonly pools: Pools
  readonly poolSends: PoolSends<PooledMessage>
  readonly poolMessages: PoolMessages
  /** Of the process that runs now. */
  readonly failover: Failover<PooledMessage>
  readonly pool: InstanceId
  /** Both connected, and members with the same weight. */
  readonly first: InstanceId
  readonly second: InstanceId
  /** The pool accepts a code for this person. */
  send(code: string, phone?: string, onUnknown?: OnUnknown): Promise<Accepted>
  /** The connection of this member stands so from now on, and those who listen hear of it. */
  stand(instanceId: InstanceId, standing: Standing): void
  /** Where each message is, in the order of acceptance. */
  places(): Promise<readonly InstanceId[]>
  /** Who takes the place of this process after its end: `failover` from now on. */
  restartedFailover(): Failover<PooledMessage>
}

const person = '5511999990001'

export interface PoolWorldOptions
  extends Partial<Pick<WorldOptions, 'clock' | 'policy' | 'random'>> {
  /** Whether moving this message fails. */
  readonly breaks?: (message: PooledMessage) => boolean
  readonly log?: Log
}

export async function aPoolWorld(
  database: Database,
  { breaks = () => false, log = silentLog, ...options }: PoolWorldOptions = {},
): Promise<PoolWorld> {
  const clock =
    options.clock ?? new ManualClock(undefined, () => database.transaction(async () => {}))
  const vault = createVault(randomBytes(32))
  const standings = new Map<InstanceId, Standing>()
  const world = anOutboxWorld(database, {
    clock,
    random: options.random ?? (() => 0.5),
    policy: options.policy ?? { minGapMs: 0, maxGapMs: 0 },
    members: {
      takeOver: (...moved) => poolSends.takeOver(...moved),
      held: () => failover.wake(),
    },
  })
  const { restrictions, outbox, people } = world
  const newPresences = () =>
    new Presences({ clock, standingOf: (id) => standings.get(id) ?? 'gone' })
  let presences = newPresences()
  const numbers: NumbersPort = {
    presenceOf: (id) => presences.of(id),
    isBarred: async (instanceId, recipient, query) =>
      (await restrictions.bars({ instanceId, recipient }, query)) !== undefined,
    hasRoom: (instanceId, { recipient, priority = 'normal' }, query) =>
      world.holds.hasRoom({ instanceId, recipient, priority }, query),
    isKnown: async (instanceId, recipient, query) =>
      !(await restrictions.isStranger({ instanceId, recipient }, query)),
    expectedWaitMs: async (...asked) => (await world.sender.expectedWait(...asked)) ?? 0,
  }
  const base = { database, vault, clock, random: options.random ?? (() => 0), numbers }
  const waits = () => failover.wake()
  const queues: QueuesPort<PooledMessage> = {
    ofPerson: (...asked) => world.sender.moves.ofPerson(...asked),
    moveTo: (...asked) => world.sender.moves.moveTo(...asked),
  }
  const poolSends = new PoolSends({ ...base, people, queues, waits })
  const aFailover = () =>
    new Failover<PooledMessage>({
      ...base,
      log,
      waiting: {
        instances: () => world.sender.moves.instances(),
        movable: (...which) => world.sender.moves.movable(...which),
        move: async (message, why) => {
          if (breaks(message)) throw new Error('this one cannot be moved')
          return world.sender.moves.move(message, why)
        },
      },
      isRestricted: async (id) => (await restrictions.until(id)) !== undefined,
      isFull: (id) => world.holds.isFull(id),
    })
  let failover = aFailover()
  const pools = new Pools({
    ...base,
    instances: new Instances({ database, vault, clock, endpoints: noEndpoints }),
    audit: new AuditLog({ database, clock }),
    erase: (id, actor) => new InstanceLife({ database, clock }).delete(id, actor),
    changed: (id) => failover.membershipChanged(id),
  })
  const { id: pool } = (await pools.create({ name: 'Logins', by })).pool
  const [first, second] = [await world.anInstance(), await world.anInstance()]
  for (const member of [first, second]) {
    standings.set(member, 'open')
    await pools.setMember(pool, member, 1, by)
    // Who came first is seen by the time.
    await clock.advance(1)
  }
  return {
    world,
    pools,
    poolSends,
    poolMessages: new PoolMessages({ database }),
    get failover() {
      return failover
    },
    pool,
    first,
    second,
    send: (code, phone = person, onUnknown = 'wait') =>
      poolSends.accept(
        outbox,
        pool,
        { recipient: { kind: 'person', phone }, content: anOtp(code) },
        { onUnknown },
      ),
    stand(instanceId, standing) {
      standings.set(instanceId, standing)
      if (standing === 'open') world.connect(instanceId)
      else world.session.close(instanceId)
      failover.sessionChanged(instanceId)
    },
    async places() {
      const rows = await database.query
        .selectFrom('message')
        .select('instance_id')
        .orderBy('sequence')
        .execute()
      return rows.map((row) => row.instance_id as InstanceId)
    },
    restartedFailover() {
      presences = newPresences()
      failover = aFailover()
      return failover
    },
  }
}
