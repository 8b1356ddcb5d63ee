/** What a commit queue stands on: a connection without a database. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CommitConnection } from '../../src/db/commit-queue.js'

/** After some failures SQLite has undone the transaction, after others it is still there. */
export type CommitFails = 'never' | 'and undoes' | 'and stays open'

/** A connection whose rows are texts, on a disk that may fail. */
export class FakeConnection implements CommitConnection {
  readonly committed: string[] = []
  /** How many of the committed ones survive a power failure. */
  durable = 0
  commits = 0
  syncs = 0
  #open: { rows: string[]; mark: number; savepoints: number } | undefined
  readonly #commitFails: CommitFails[]
  readonly #syncFails: boolean[]

  constructor(commitFails: readonly CommitFails[] = [], syncFails: readonly boolean[] = []) {
    this.#commitFails = [...commitFails]
    this.#syncFails = [...syncFails]
  }

  get isInTransaction(): boolean {
    return this.#open !== undefined
  }

  write(row: string): void {
    if (this.#open === undefined) this.committed.push(row)
    else this.#open.rows.push(row)
  }

  /** What a disk without room does to the transaction. */
  lose(): never {
    this.#open = undefined
    throw new Error('no room')
  }

  begin(): void {
    if (this.#open !== undefined) throw new Error('a transaction within a transaction')
    this.#open = { rows: [], mark: 0, savepoints: 0 }
  }

  commit(): void {
    const open = this.#mustBeOpen()
    if (open.savepoints > 0) throw new Error('a savepoint is left')
    const fails = this.#commitFails.shift() ?? 'never'
    if (fails !== 'and stays open') this.#open = undefined
    if (fails !== 'never') throw new Error('no room for the commit')
    this.committed.push(...open.rows)
    this.commits += 1
  }

  rollBack(): void {
    this.#mustBeOpen()
    this.#open = undefined
  }

  savepoint(): void {
    const open = this.#mustBeOpen()
    open.mark = open.rows.length
    open.savepoints += 1
  }

  release(): void {
    this.#mustBeOpen().savepoints -= 1
  }

  rollBackToSavepoint(): void {
    const open = this.#mustBeOpen()
    open.rows.length = open.mark
  }

  async sync(): Promise<void> {
    const upTo = this.committed.length
    await nextTurn()
    if (this.#syncFails.shift()) throw new Error('the disk refuses')
    this.durable = Math.max(this.durable, upTo)
    this.syncs += 1
  }

  #mustBeOpen(): { rows: string[]; mark: number; savepoints: number } {
    if (this.#open === undefined) throw new Error('no transaction is active')
    return this.#open
  }
}
