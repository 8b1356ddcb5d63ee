/**
 * Remembers, across a crash, whose Signal ratchets may be behind the wire.
 *
 * Each write to a chat is marked durably before it begins, and the mark goes away in the very
 * transaction that stores the moved ratchets. A mark that is still there afterwards means: written
 * perhaps, stored not. The next message to that chat, whichever it is, must not go out before its
 * keys are renewed, or the recipient's devices drop it silently.
 *
 * A mark has an id of its own and is never written again, so it does not matter in which order marks
 * come to the disk: the outbox stores those of its messages, this file removes them.
 */

import { randomUUID } from 'node:crypto'
import type { EngineKey } from '../../domain/sending.js'
import type { KeyChange, StoredAuthState } from './auth-state.js'

/** Beside Baileys' own types of keys; none of them has this name. */
const keyType = 'ratchets-in-doubt'
/** Up to version 0.2: one key with all chats, as JSON. */
const oldId = 'chats'

/** That a write to the chat may move ratchets. */
export interface RatchetMark {
  readonly jid: string
  /** Has to be stored before the write. */
  readonly key: EngineKey
}

export class RatchetDoubts {
  readonly #auth: StoredAuthState
  /** Ids of stored marks, by the chats that are in doubt. */
  readonly #doubted: Map<string, Set<string>>
  /** Ids of marks that may be stored and mean nothing: nothing was written. */
  readonly #idle = new Set<string>()
  readonly #unfinished = new Map<Promise<unknown>, () => boolean>()

  private constructor(auth: StoredAuthState, doubted: Map<string, Set<string>>) {
    this.#auth = auth
    this.#doubted = doubted
  }

  static async load(auth: StoredAuthState): Promise<RatchetDoubts> {
    const doubted = new Map<string, Set<string>>()
    for (const [id, value] of await auth.loadAll(keyType)) {
      const text = Buffer.from(value).toString()
      const jids: readonly string[] = id === oldId ? JSON.parse(text) : [text]
      for (const jid of jids) note(doubted, jid, id)
    }
    return new RatchetDoubts(auth, doubted)
  }

  /** The chats whose keys have to be renewed before anything is sent. */
  get doubted(): readonly string[] {
    return [...this.#doubted.keys()]
  }

  /** Call it when the keys of the chat are new. */
  async settle(jid: string): Promise<void> {
    const ids = this.#doubted.get(jid) ?? []
    this.#doubted.delete(jid)
    const others = new Set([...this.#doubted.values()].flatMap((each) => [...each]))
    const over = [...ids].filter((id) => !others.has(id))
    if (over.length > 0) await this.#auth.store(...over.map(removed))
  }

  /** A new mark. It means something as soon as it is stored. */
  mark(jid: string): RatchetMark {
    return { jid, key: { type: keyType, id: randomUUID(), value: Buffer.from(jid) } }
  }

  /** Stores a mark that goes with no other transaction. */
  async store({ key }: RatchetMark): Promise<void> {
    await this.#auth.store(key)
  }

  /**
   * Runs a write of Baileys under a mark that is stored.
   *
   * @param mayBeWritten whether bytes may have left by now
   * @throws whatever `write` throws
   */
  async during<T>(
    mark: RatchetMark,
    write: () => Promise<T>,
    mayBeWritten: () => boolean,
  ): Promise<T> {
    const end = this.#run(mark, write, mayBeWritten)
    this.#unfinished.set(end, mayBeWritten)
    try {
      return await end
    } finally {
      this.#unfinished.delete(end)
    }
  }

  /** Resolves when the ratchets of everything that is on the wire already are stored or given up. */
  async settled(): Promise<void> {
    const written = [...this.#unfinished].filter(([, mayBeWritten]) => mayBeWritten())
    await Promise.allSettled(written.map(([end]) => end))
  }

  async #run<T>(
    { jid, key: { id } }: RatchetMark,
    write: () => Promise<T>,
    mayBeWritten: () => boolean,
  ): Promise<T> {
    let gone: readonly string[] = []
    try {
      const result = await this.#auth.storingWith(() => {
        // Keys that are stored before the write say nothing of the ratchets that it moves.
        gone = mayBeWritten() ? [id, ...this.#idle] : []
        return gone.map(removed)
      }, write)
      this.#idle.add(id)
      for (const each of gone) this.#idle.delete(each)
      return result
    } catch (cause) {
      if (mayBeWritten()) note(this.#doubted, jid, id)
      else this.#idle.add(id)
      throw cause
    }
  }
}

function note(doubted: Map<string, Set<string>>, jid: string, id: string): void {
  const ids = doubted.get(jid) ?? new Set()
  doubted.set(jid, ids.add(id))
}

function removed(id: string): KeyChange {
  return { type: keyType, id, value: undefined }
}
