/**
 * Proves that this process runs an instance, in the transaction or the statement that writes for it.
 *
 * PostgreSQL only: with several nodes, one that was frozen for longer than its lease would go on
 * writing for instances that another one runs by now. The lock on the row of the lease is shared by
 * the writes of the owner and waits for them, so that the next owner begins after their commits.
 * Until `begin` no lease is asked for: SQLite, and tools that have the database for themselves.
 */

import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import { LeaseLostError, StoreUnavailableError } from '../domain/errors.js'
import type { Schema } from './schema.js'

/** Proof of the owner, as values of a statement. */
export interface Proof {
  readonly nodeId: string
  readonly epoch: number
}

export class Fence {
  #nodeId: string | undefined
  #isOver: () => boolean = () => false
  readonly #epochs = new Map<string, number>()
  readonly #running = new Set<string>()

  /** From now on a lease is asked for. `isOver`: whether the leases of this process ended by its own clock. */
  begin(nodeId: string, isOver: () => boolean): void {
    this.#nodeId = nodeId
    this.#isOver = isOver
  }

  hold(instanceId: string, epoch: number): void {
    this.#epochs.set(instanceId, epoch)
  }

  drop(instanceId: string): void {
    this.#epochs.delete(instanceId)
    this.#running.delete(instanceId)
  }

  /** What the earlier owner left is taken up, so that new work may begin. */
  run(instanceId: string): void {
    this.#running.add(instanceId)
  }

  /** No new work begins, and what is under way may be written down. */
  rest(instanceId: string): void {
    this.#running.delete(instanceId)
  }

  /** Whether leases are asked for. */
  get isOn(): boolean {
    return this.#nodeId !== undefined
  }

  /** Whether work for the instance may begin in this process. */
  runs(instanceId: string): boolean {
    return this.#nodeId === undefined || (this.#running.has(instanceId) && !this.#isOver())
  }

  /** Whether this process may act for the instance now. */
  holds(instanceId: string): boolean {
    return this.#nodeId === undefined || (this.#epochs.has(instanceId) && !this.#isOver())
  }

  /**
   * `undefined` where no lease is asked for. Throws `LeaseLostError` when this process does not hold it, and
   * `StoreUnavailableError` while it cannot know: the same write may succeed once the database answers.
   */
  proofOf(instanceId: string): Proof | undefined {
    const nodeId = this.#nodeId
    if (nodeId === undefined) return undefined
    const epoch = this.#epochs.get(instanceId)
    if (epoch === undefined) throw new LeaseLostError()
    if (this.#isOver()) throw new StoreUnavailableError()
    return { nodeId, epoch }
  }

  /** For statements about many instances: holds for the rows of those that this node runs. `column` names the instance. */
  heldInRow(column: string): Expression<SqlBool> {
    const nodeId = this.#nodeId
    if (nodeId === undefined) return sql<SqlBool>`1 = 1`
    return sql<SqlBool>`exists (
      select 1 from instance_lease where instance_id = ${sql.ref(column)} and node_id = ${nodeId} for share
    )`
  }

  /** Until the end of the transaction no other node takes the instance. Throws `LeaseLostError` if one has. */
  async prove(query: Kysely<Schema>, instanceId: string): Promise<void> {
    const proof = this.proofOf(instanceId)
    if (proof === undefined) return
    const { rows } = await sql`select 1 where ${stillHeld(instanceId, proof)}`.execute(query)
    if (rows.length === 0) throw new LeaseLostError()
  }
}

/** A condition of a single statement, which it locks like `prove`. */
export function stillHeld(instanceId: string, { nodeId, epoch }: Proof): Expression<SqlBool> {
  return sql<SqlBool>`exists (
    select 1 from instance_lease
    where instance_id = ${instanceId} and node_id = ${nodeId} and epoch = ${epoch}
    for share
  )`
}
