/**
 * Plays random days of three nodes on a real PostgreSQL: heartbeats, freezes, clocks that run too
 * fast or too slow, writes that stand open while a lease changes hands. At no moment may two nodes
 * act for one instance, and no write of an earlier owner may follow one of a later owner.
 */

import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import { Fence, stillHeld } from '../db/fence.js'
import type { Database } from '../db/database.js'
import { openDatabase } from '../db/open-database.js'
import { LeaseLostError, StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import { LeaseStore } from './lease-store.js'
import { LeaseTime, leaseTimesOf } from './lease-time.js'

const leaseMs = 12_000
const instances = ['A', 'B', 'C'] as unknown as readonly InstanceId[]
const which = fc.nat(2)

type Action =
  | { readonly kind: 'pass'; readonly ms: number }
  | {
      readonly kind: 'heartbeat' | 'take' | 'freeze' | 'thaw' | 'give-up-one'
      readonly node: number
    }
  | {
      readonly kind: 'write' | 'open-write' | 'late-write'
      readonly node: number
      readonly instance: number
    }
  | { readonly kind: 'close-write' }

const anAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(6_000) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('heartbeat' as const), node: which }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('take' as const), node: which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('freeze' as const, 'thaw' as const, 'give-up-one' as const),
      node: which,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('write' as const, 'open-write' as const, 'late-write' as const),
      node: which,
      instance: which,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('close-write' as const) }) },
)

/** Which epoch wrote for which instance, in the order of the commits. */
interface Written {
  readonly instance: InstanceId
  readonly epoch: number
}

class World {
  nowMs = 1_000_000
  readonly written: Written[] = []
  readonly #database: Database
  readonly #store: LeaseStore
  readonly #nodes: readonly ModelNode[]
  #open: { readonly close: () => void; readonly closed: Promise<void> } | undefined

  constructor(database: Database, rates: readonly number[]) {
    this.#database = database
    this.#store = new LeaseStore({ leaseMs, now: () => sql`${sql.lit(this.nowMs)}::bigint` })
    this.#nodes = rates.map((rate, index) => new ModelNode(`n${index}`, () => this.nowMs * rate))
  }

  async play(action: Action): Promise<void> {
    if (action.kind === 'pass') this.nowMs += action.ms
    else if (action.kind === 'close-write') await this.closeWrite()
    else await this.#playNode(action, this.#nodes[action.node] ?? raise())
    await this.#checkOwners()
  }

  async closeWrite(): Promise<void> {
    this.#open?.close()
    await this.#open?.closed
    this.#open = undefined
  }

  async #playNode(
    action: Exclude<Action, { kind: 'pass' | 'close-write' }>,
    node: ModelNode,
  ): Promise<void> {
    const { query } = this.#database
    if (action.kind === 'thaw') node.isFrozen = false
    if (node.isFrozen) return
    // A node gives nothing up before its own writes are over.
    if (action.kind === 'give-up-one') await this.closeWrite()
    const instance = 'instance' in action ? (instances[action.instance] ?? raise()) : undefined
    if (action.kind === 'freeze') node.isFrozen = true
    else if (action.kind === 'heartbeat') await node.heartbeat(this.#store, query)
    else if (action.kind === 'take' && !node.time.isOver)
      node.hold(await this.#store.take(query, node.id, { most: 2 }))
    else if (action.kind === 'give-up-one') await node.giveUpOne(this.#store, query)
    else if (action.kind === 'write' && instance !== undefined) await this.#write(node, instance)
    else if (instance !== undefined) await this.#openWrite(node, instance, action.kind)
  }

  /** It stands open while others act, as a frozen process leaves it: after its proof, or just before. */
  async #openWrite(node: ModelNode, instance: InstanceId, kind: string): Promise<void> {
    await this.closeWrite()
    const mayClose = new AbortController()
    const isOpen = new AbortController()
    const stand = () => {
      isOpen.abort()
      return aborted(mayClose.signal)
    }
    const at = kind === 'late-write' ? { before: stand } : { after: stand }
    const closed = this.#write(node, instance, at).finally(() => isOpen.abort())
    this.#open = { close: () => mayClose.abort(), closed }
    await aborted(isOpen.signal)
  }

  async #write(
    { fence }: ModelNode,
    instance: InstanceId,
    { before, after }: Partial<Record<'before' | 'after', () => Promise<void>>> = {},
  ): Promise<void> {
    try {
      await this.#database.transaction(async ({ query, afterCommit }) => {
        const proof = fence.proofOf(instance) ?? raise()
        await before?.()
        const { rows } = await sql`select 1 where ${stillHeld(instance, proof)}`.execute(query)
        if (rows.length === 0) throw new LeaseLostError()
        await after?.()
        afterCommit(() => this.written.push({ instance, epoch: proof.epoch }))
      })
    } catch (cause) {
      const isRefused = cause instanceof LeaseLostError || cause instanceof StoreUnavailableError
      if (!isRefused) throw cause
    }
  }

  /** What may be written to a socket asks the own clock alone. */
  async #checkOwners(): Promise<void> {
    for (const instance of instances) {
      const acting = this.#nodes.filter(({ fence }) => fence.holds(instance)).map(({ id }) => id)
      if (acting.length === 0) continue
      const owner = await this.#store.ownerOf(this.#database.query, instance)
      const isRight = acting.length === 1 && acting[0] === owner?.nodeId
      if (!isRight) throw new Error(`${acting.join(', ')} act for ${owner?.nodeId ?? 'none'}`)
    }
  }
}

class ModelNode {
  readonly id: string
  readonly fence = new Fence()
  readonly time: LeaseTime
  readonly #held = new Map<InstanceId, number>()
  isFrozen = false

  constructor(id: string, passedMs: () => number) {
    this.id = id
    this.time = new LeaseTime(leaseTimesOf(leaseMs), passedMs)
    this.fence.begin(id, () => this.time.isOver)
  }

  async heartbeat(store: LeaseStore, query: Database['query']): Promise<void> {
    const wasOver = this.time.isOver
    const answered = this.time.heartbeat()
    const node = { id: this.id, url: '', version: '1', isLeaving: false }
    await store.heartbeat(query, node)
    // It goes on with what no other node took meanwhile.
    if (wasOver) {
      const epochs = new Map(
        (await store.heldBy(query, this.id)).map((one) => [one.instanceId, one.epoch]),
      )
      for (const [instance, epoch] of this.#held) {
        if (epochs.get(instance) === epoch) continue
        this.fence.drop(instance)
        this.#held.delete(instance)
      }
    }
    answered()
  }

  hold(leases: readonly { readonly instanceId: InstanceId; readonly epoch: number }[]): void {
    for (const { instanceId, epoch } of leases) {
      this.#held.set(instanceId, epoch)
      this.fence.hold(instanceId, epoch)
    }
  }

  async giveUpOne(store: LeaseStore, query: Database['query']): Promise<void> {
    const [one] = this.#held
    if (one === undefined) return
    const [instanceId, epoch] = one
    this.#held.delete(instanceId)
    this.fence.drop(instanceId)
    await store.giveUp(query, this.id, { instanceId, epoch })
  }
}

test('of three nodes with any clocks, one at most acts for an instance at any moment', async () => {
  const database = await openDatabase({ url: await temporaryPostgres() })
  onTestFinished(() => database[Symbol.asyncDispose]())
  await insertInstances(database, instances)
  let latest = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0.8, max: 1.25, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.array(anAction, { minLength: 60, maxLength: 160 }),
      async (rates, actions) => {
        await database.query.deleteFrom('instance_lease').execute()
        await database.query.deleteFrom('node').execute()
        const world = new World(database, rates)
        try {
          for (const action of actions) await world.play(action)
        } finally {
          await world.closeWrite()
        }
        const newest = new Map<InstanceId, number>()
        for (const { instance, epoch } of world.written) {
          expect(epoch).toBeGreaterThanOrEqual(newest.get(instance) ?? 0)
          newest.set(instance, epoch)
        }
        latest = Math.max(latest, ...newest.values())
      },
    ),
    { numRuns: 25 },
  )
  // Leases did change hands.
  expect(latest).toBeGreaterThan(1)
})

function raise(): never {
  throw new Error('there is no such thing')
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
}
