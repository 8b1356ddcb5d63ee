/**
 * Remembers, across a crash, whose Signal ratchets may be behind the wire.
 *
 * A chat is marked durably before a message is written to it, and the mark
 * goes away in the very write that stores the moved ratchets. A mark that is
 * still there afterwards means: written perhaps, stored not. The next message
 * to that chat, whichever it is, must not go out before its keys are renewed,
 * or the recipient's devices drop it silently.
 */

import type { KeyChange, StoredAuthState } from './auth-state.js'

/** Beside Baileys' own types of keys; none of them has this name. */
const keyType = 'ratchets-in-doubt'
const keyId = 'chats'

/** A write of Baileys that has not ended yet. */
interface Flight {
  readonly jid: string
  mayBeWritten(): boolean
}

export class RatchetDoubts {
  readonly #auth: StoredAuthState
  readonly #doubted: Set<string>
  /** Those whose ratchets are not on their way to the store yet. */
  readonly #unstored = new Set<Flight>()
  readonly #unfinished = new Map<Flight, Promise<unknown>>()

  private constructor(auth: StoredAuthState, doubted: Iterable<string>) {
    this.#auth = auth
    this.#doubted = new Set(doubted)
  }

  static async load(auth: StoredAuthState): Promise<RatchetDoubts> {
    const stored = await auth.load(keyType, keyId)
    const jids: string[] = stored === undefined ? [] : JSON.parse(Buffer.from(stored).toString())
    return new RatchetDoubts(auth, jids)
  }

  /** The chats whose keys have to be renewed before anything is sent. */
  get doubted(): readonly string[] {
    return [...this.#doubted]
  }

  /** Call it when the keys of the chat are new. */
  async settle(jid: string): Promise<void> {
    if (this.#doubted.delete(jid)) await this.#auth.store(this.#mark())
  }

  /**
   * Runs a write of Baileys to the chat under a mark.
   *
   * @param mayBeWritten whether bytes may have left by now
   * @throws whatever `write` throws
   */
  async during<T>(jid: string, write: () => Promise<T>, mayBeWritten: () => boolean): Promise<T> {
    const flight = { jid, mayBeWritten }
    const end = this.#run(flight, write)
    this.#unfinished.set(flight, end)
    try {
      return await end
    } finally {
      this.#unfinished.delete(flight)
    }
  }

  /** Resolves when the ratchets of everything that is on the wire already are stored or given up. */
  async settled(): Promise<void> {
    const written = [...this.#unfinished].filter(([flight]) => flight.mayBeWritten())
    await Promise.allSettled(written.map(([, end]) => end))
  }

  async #run<T>(flight: Flight, write: () => Promise<T>): Promise<T> {
    this.#unstored.add(flight)
    try {
      await this.#auth.store(this.#mark())
      return await this.#auth.storingWith(() => {
        this.#unstored.delete(flight)
        return [this.#mark()]
      }, write)
    } catch (cause) {
      if (flight.mayBeWritten()) this.#doubted.add(flight.jid)
      throw cause
    } finally {
      this.#unstored.delete(flight)
    }
  }

  #mark(): KeyChange {
    const jids = new Set([...this.#doubted, ...[...this.#unstored].map(({ jid }) => jid)])
    const value = jids.size === 0 ? undefined : Buffer.from(JSON.stringify([...jids]))
    return { type: keyType, id: keyId, value }
  }
}
