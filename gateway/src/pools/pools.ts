/**
 * Pools, and which instances send for them.
 *
 * A pool has a row in `instance`: so its id and token, its settings and callback URLs, its keys and
 * codes are what those of an instance are. It has no number of its own and never connects.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Act, Actor } from '../domain/audit.js'
import { GatewayError } from '../domain/errors.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { PoolMember } from '../domain/pool.js'
import type { Clock } from '../runtime/clock.js'
import { PoolStore } from './pool-store.js'

export interface Pool {
  readonly id: InstanceId
  readonly name: string
  readonly createdAt: number
  readonly members: readonly PoolMember[]
}

export interface InstancesPort {
  create(wish: {
    readonly name: string
    readonly by: Actor
    readonly isPool: true
    readonly id?: InstanceId | undefined
    readonly token?: string | undefined
  }): Promise<{ readonly instance: Instance; readonly token: string }>
  find(id: string): Promise<Instance | undefined>
  /** The oldest first. */
  pools(): Promise<readonly Instance[]>
}

export interface PoolsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly instances: InstancesPort
  readonly audit: {
    record(
      entry: {
        readonly act: Act
        readonly by: Actor
        readonly instanceId: InstanceId
        readonly detail?: string
      },
      transaction: Transaction,
    ): Promise<void>
  }
  /** Deletes the row with everything that belongs to it. */
  readonly erase: (id: InstanceId, by: Actor) => Promise<void>
  /** Called when an instance has left a pool, or joined one. */
  readonly changed: (instanceId: InstanceId) => void
}

/** There is no such pool. Nothing was changed. */
class UnknownPoolError extends GatewayError {
  override readonly name = 'UnknownPoolError'
  readonly code = 'unknown-pool'
  override readonly statusCode = 404

  constructor() {
    super('There is no such pool.')
  }
}

/** What was named cannot be a member. Nothing was changed. */
class NoMemberError extends GatewayError {
  override readonly name = 'NoMemberError'
  readonly code = 'no-member'
  override readonly statusCode = 400
}

const mostMembers = 100

export class Pools {
  readonly #options: PoolsOptions
  readonly #store: PoolStore

  constructor(options: PoolsOptions) {
    this.#options = options
    this.#store = new PoolStore(options.vault)
  }

  /** Throws `InstanceTakenError`; nothing was made then. */
  async create(wish: {
    readonly name: string
    readonly by: Actor
    readonly id?: InstanceId | undefined
    readonly token?: string | undefined
  }): Promise<{ readonly pool: Pool; readonly token: string }> {
    const { instance, token } = await this.#options.instances.create({ ...wish, isPool: true })
    return { pool: poolOf(instance, []), token }
  }

  /** The oldest first. */
  async list(): Promise<readonly Pool[]> {
    const pools: Pool[] = []
    for (const instance of await this.#options.instances.pools())
      pools.push(poolOf(instance, await this.membersOf(instance.id)))
    return pools
  }

  /** Without its members. Throws `UnknownPoolError`. */
  async get(id: string): Promise<Omit<Pool, 'members'>> {
    const { members: _, ...pool } = poolOf(await this.#find(id), [])
    return pool
  }

  membersOf(poolId: InstanceId): Promise<readonly PoolMember[]> {
    return this.#store.members(this.#options.database.query, poolId)
  }

  /** Adds a member, or changes its weight. Safe to repeat. Throws `UnknownPoolError`, `NoMemberError`. */
  async setMember(id: string, memberId: string, weight: number, by: Actor): Promise<void> {
    const { database, clock, instances, audit, changed } = this.#options
    const pool = await this.#find(id)
    const instance = await instances.find(memberId)
    if (instance === undefined || instance.isPool)
      throw new NoMemberError('memberId must be the id of an instance')
    const member = { instanceId: instance.id, weight }
    await database.transaction(async (transaction) => {
      await this.#store.hold(transaction, pool.id)
      const members = await this.#store.members(transaction.query, pool.id)
      const isNew = !members.some(({ instanceId }) => instanceId === instance.id)
      if (isNew && members.length >= mostMembers)
        throw new NoMemberError(`A pool has at most ${mostMembers} members`)
      await this.#store.putMember(transaction, pool.id, member, clock.now())
      const act = { act: 'pool-changed', by, instanceId: pool.id, detail: instance.id } as const
      await audit.record(act, transaction)
    })
    changed(instance.id)
  }

  /** What waits there for the pool goes to other members. Safe to repeat. Throws `UnknownPoolError`. */
  async removeMember(id: string, memberId: string, by: Actor): Promise<void> {
    const { database, instances, audit, changed } = this.#options
    const pool = await this.#find(id)
    const instance = await instances.find(memberId)
    if (instance === undefined) return
    await database.transaction(async (transaction) => {
      await this.#store.hold(transaction, pool.id)
      if (!(await this.#store.removeMember(transaction, pool.id, instance.id))) return
      const act = { act: 'pool-changed', by, instanceId: pool.id, detail: instance.id } as const
      await audit.record(act, transaction)
    })
    changed(instance.id)
  }

  /** What waits is sent by the members that have it. Throws `UnknownPoolError`. */
  async delete(id: string, by: Actor): Promise<void> {
    await this.#options.erase((await this.#find(id)).id, by)
  }

  async #find(id: string): Promise<Instance> {
    const pool = await this.#options.instances.find(id)
    if (pool === undefined || !pool.isPool) throw new UnknownPoolError()
    return pool
  }
}

function poolOf({ id, name, createdAt }: Instance, members: readonly PoolMember[]): Pool {
  return { id, name, createdAt, members }
}
