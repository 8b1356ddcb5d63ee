/**
 * Lets transactions that are wanted at the same moment share one commit and one wait for the disk.
 *
 * Each still stands alone: it runs after the one before it has ended, in a savepoint, and one
 * that fails is undone by itself. No caller gets a result before everything that was
 * committed with it is on the disk. The wait for the disk happens outside this thread; who
 * comes meanwhile is in the next commit, so a slow disk makes commits larger and not rarer answers.
 *
 * Where the shared commit fails as a whole (no room, say), each of its members is run again in
 * a transaction of its own, so one that cannot be stored affects no other.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'

/** The one connection. What it cannot do, it throws; everything but `sync` happens at once. */
export interface CommitConnection {
  begin(): void
  commit(): void
  rollBack(): void
  savepoint(): void
  release(): void
  rollBackToSavepoint(): void
  /** Some failures end the transaction by themselves. */
  readonly isInTransaction: boolean
  /** Resolves when everything that is committed by now is on the disk. */
  sync(): Promise<void>
}

/** Why it failed, if it did. */
type Outcome = { readonly cause: unknown } | undefined

interface Member {
  /** A single statement is undone by the database itself where it fails. */
  readonly kind: 'transaction' | 'statement' | 'alone'
  /** Keeps its result until `settle`. */
  readonly work: () => Promise<void>
  /** It can be read, and may not be on the disk. */
  readonly committed: () => void
  readonly settle: (outcome: Outcome) => void
}

/** Readers wait for the end of a commit, so its members are bounded. */
const mostMembers = 512

export class CommitQueue {
  readonly #ground: CommitConnection
  #waiting: Member[] = []
  #isRunning = false
  /** As long as there are changes that are not committed. */
  #inside: Promise<void> | undefined

  constructor(ground: CommitConnection) {
    this.#ground = ground
  }

  /**
   * Runs `work` as one transaction that shares its commit; its changes are on the disk when the
   * promise resolves, and undone when it rejects. After a failure of the disk `work` runs
   * again. A rejection that `work` did not cause leaves open whether it was committed.
   *
   * @param committed called once, before the wait for the disk: others can read the changes from now on
   */
  transaction<T>(work: () => Promise<T>, committed?: () => void): Promise<T> {
    return this.#enter('transaction', work, committed)
  }

  /** The same for a single statement. */
  statement<T>(work: () => Promise<T>): Promise<T> {
    return this.#enter('statement', work)
  }

  /** No other caller reads or writes meanwhile, and nothing is begun or committed for `work`. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#enter('alone', work)
  }

  /** Reads what is committed. Others may not be able to read it after a power failure: see `synced`. */
  async read<T>(look: () => Promise<T>): Promise<T> {
    while (this.#inside !== undefined) await this.#inside
    return look()
  }

  /** Resolves when everything that can be read by now is on the disk. */
  synced(): Promise<void> {
    return this.#ground.sync()
  }

  #enter<T>(
    kind: Member['kind'],
    work: () => Promise<T>,
    committed: () => void = nothing,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined
      this.#waiting.push({
        kind,
        work: async () => {
          result = { value: await work() }
        },
        committed,
        settle: (failure) => {
          if (failure === undefined && result !== undefined) resolve(result.value)
          else reject(failure?.cause)
        },
      })
      if (!this.#isRunning) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    let tell: () => void = nothing
    while (this.#waiting.length > 0) {
      // All work of this turn of the event loop shares the commit.
      await nextTurn()
      const members = this.#next()
      const outcomes = await this.#withoutReaders(() => this.#runAll(members))
      const synced = outcomeOf(() => this.#ground.sync())
      for (const [index, { committed }] of members.entries())
        if (outcomes[index] === undefined) committed()
      tell()

      const failure = await synced
      tell = () => {
        for (const [index, { settle }] of members.entries()) settle(outcomes[index] ?? failure)
      }
      // A single member is told once the next commit waits for the disk, so its follow-up work delays no
      // other member. Several members are told at once: some of them come back and share the next commit.
      if (members.length === 1 && this.#isNextShort()) continue
      tell()
      tell = nothing
    }
    this.#isRunning = false
  }

  /** A member that runs alone may be a backup, which takes long. */
  #isNextShort(): boolean {
    const [next] = this.#waiting
    return next !== undefined && next.kind !== 'alone'
  }

  /** The longest row of members that may share, or one that may not. */
  #next(): readonly Member[] {
    const firstAlone = this.#waiting.findIndex(({ kind }) => kind === 'alone')
    const sharing = firstAlone < 0 ? this.#waiting.length : firstAlone
    return this.#waiting.splice(0, Math.max(1, Math.min(sharing, mostMembers)))
  }

  async #withoutReaders<T>(work: () => Promise<T>): Promise<T> {
    const outcome = work()
    this.#inside = outcome.then(nothing, nothing)
    try {
      return await outcome
    } finally {
      this.#inside = undefined
    }
  }

  async #runAll(members: readonly Member[]): Promise<readonly Outcome[]> {
    if (members.length > 1) {
      const outcomes = await this.#together(members)
      if (outcomes !== undefined) return outcomes
    }
    const outcomes: Outcome[] = []
    for (const member of members) outcomes.push(await this.#byItself(member))
    return outcomes
  }

  /** `undefined` when nothing of it is stored. */
  async #together(members: readonly Member[]): Promise<readonly Outcome[] | undefined> {
    const ground = this.#ground
    try {
      ground.begin()
      const outcomes: Outcome[] = []
      for (const member of members) outcomes.push(await this.#within(member))
      ground.commit()
      return outcomes
    } catch {
      this.#undo()
      return undefined
    }
  }

  /** Throws when the whole transaction is lost. */
  async #within({ kind, work }: Member): Promise<Outcome> {
    const ground = this.#ground
    if (kind === 'transaction') ground.savepoint()
    const outcome = await outcomeOf(work)
    if (!ground.isInTransaction) throw new Error('the shared transaction was undone')
    if (kind !== 'transaction') return outcome
    if (outcome !== undefined) ground.rollBackToSavepoint()
    ground.release()
    return outcome
  }

  async #byItself({ kind, work }: Member): Promise<Outcome> {
    if (kind !== 'transaction') return outcomeOf(work)
    const ground = this.#ground
    try {
      ground.begin()
      await work()
      ground.commit()
      return undefined
    } catch (cause) {
      this.#undo()
      return { cause }
    }
  }

  #undo(): void {
    try {
      if (this.#ground.isInTransaction) this.#ground.rollBack()
    } catch {
      // Those that wait get the reason of the failed transaction, and not this error.
    }
  }
}

async function outcomeOf(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work()
    return undefined
  } catch (cause) {
    return { cause }
  }
}

function nothing(): undefined {
  return undefined
}
