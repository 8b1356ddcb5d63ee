/**
 * Keeps each message from its decryption until it is told.
 *
 * A message can be decrypted once: its key is gone with the same write that
 * moves the ratchet, and Baileys tells WhatsApp right after it that the
 * message arrived. A process that dies then would have lost it for good. So
 * the plaintext is stored in that very write, and the next socket hands the
 * stanza to Baileys again and decrypts it from memory. It costs no write of
 * its own, because the deletion too goes with the next message's keys.
 *
 * What a channel says is not encrypted: its stanza is stored by itself, before
 * Baileys has it.
 *
 * `docs/decisions/0006-incoming-durability.md` says what was weighed.
 */

import { createHash } from 'node:crypto'
import {
  areJidsSameUser,
  type BinaryNode,
  BufferJSON,
  DEFAULT_CONNECTION_CONFIG,
  isJidNewsletter,
  isLidUser,
  jidDecode,
  type SocketConfig,
  type WAMessageKey,
} from 'baileys'
import type { Clock } from '../../runtime/clock.js'
import type { KeyChange, StoredAuthState } from '../keys/auth-state.js'

/** Beside Baileys' own types of keys; none of them has this name. */
const keyType = 'kept-message'
/** How long the deletion of what was told waits for a write to go with. */
const tidyAfterMs = 2_000
/** WhatsApp keeps what was not acknowledged for about this long. What is older could never be told. */
const keepMs = 14 * 24 * 3_600_000

type MakeRepository = SocketConfig['makeSignalRepository']
type Keys = Parameters<MakeRepository>[0]['keys']

interface StoredStanza {
  readonly node: BinaryNode
  readonly plaintext: Uint8Array
}

export class UntoldMessages {
  readonly #auth: StoredAuthState
  /** What earlier sockets left, by the digest of its ciphertext. */
  readonly #left: ReadonlyMap<string, StoredStanza>
  /** Which stanza a ciphertext came in. */
  readonly #arriving = new WeakMap<Uint8Array, BinaryNode>()
  /** What is stored of a message that is not told yet. */
  readonly #untold = new Map<string, Set<string>>()
  /** Told, and still stored. */
  readonly #told = new Set<string>()

  private constructor(auth: StoredAuthState, left: ReadonlyMap<string, StoredStanza>) {
    this.#auth = auth
    this.#left = left
    for (const [id, { node }] of left) this.#track(this.#nameOf(node), id)
  }

  static async load(auth: StoredAuthState, clock: Pick<Clock, 'now'>): Promise<UntoldMessages> {
    const left = new Map<string, StoredStanza>()
    const tooOld: string[] = []
    for (const [id, bytes] of await auth.loadAll(keyType)) {
      const kept: StoredStanza = JSON.parse(Buffer.from(bytes).toString(), BufferJSON.reviver)
      if (Number(kept.node.attrs['t'] ?? 0) * 1_000 < clock.now() - keepMs) tooOld.push(id)
      else left.set(id, kept)
    }
    const messages = new UntoldMessages(auth, left)
    for (const id of tooOld) messages.#told.add(id)
    return messages
  }

  /** The stanzas that earlier sockets took and did not tell, as if they came now. The oldest first. */
  get waiting(): readonly BinaryNode[] {
    const nodes = new Map<string, BinaryNode>()
    for (const { node } of this.#left.values()) nodes.set(this.#nameOf(node), node)
    return [...nodes.values()].toSorted((one, other) => secondsOf(one) - secondsOf(other))
  }

  /** Call it with each message before Baileys works on it. */
  arrived(node: BinaryNode): void {
    if (!Array.isArray(node.content)) return
    for (const { tag, content } of node.content)
      if (tag === 'enc' && content instanceof Uint8Array) this.#arriving.set(content, node)
  }

  /**
   * Keeps what a channel says. Call it before Baileys has the stanza, and let Baileys have it only when the
   * promise resolves to true. `undefined` for every other message, and for one that is kept already.
   */
  keepPost(node: BinaryNode): Promise<boolean> | undefined {
    const { from, id, edit } = node.attrs
    if (!isJidNewsletter(from) || !Array.isArray(node.content)) return undefined
    const content = node.content.find(({ tag }) => tag === 'plaintext')?.content
    if (!(content instanceof Uint8Array)) return undefined
    // An edit and a deletion have the id of the post.
    const name = createHash('sha256')
      .update(JSON.stringify([from, id, edit]))
      .update(content)
    const key = name.digest('base64url')
    if (this.#left.has(key)) return undefined
    const value = encode({ node, plaintext: new Uint8Array() })
    return this.#auth.store({ type: keyType, id: key, value }).then(
      () => {
        this.#track(this.#nameOf(node), key)
        return true
      },
      () => false,
    )
  }

  /** It needs not be told again. */
  told(key: WAMessageKey): void {
    const author = key.fromMe ? undefined : (key.participant ?? key.remoteJid)
    const name = nameOf(key.id, author)
    for (const id of this.#untold.get(name) ?? []) this.#told.add(id)
    this.#untold.delete(name)
  }

  /** Deletes what was told, unless a write that came meanwhile did so. */
  async tidy(clock: Pick<Clock, 'sleep'>, closing: AbortSignal): Promise<void> {
    await clock.sleep(tidyAfterMs, closing)
    if (!closing.aborted) await this.flush()
  }

  async flush(): Promise<void> {
    const ids = [...this.#told]
    if (ids.length === 0) return
    await this.#auth.store(...deletions(ids))
    this.#forget(ids)
  }

  /** For Baileys' options. */
  readonly makeSignalRepository: MakeRepository = (auth, logger, lookUp) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lookUp)
    return {
      ...repository,
      decryptMessage: (given) =>
        this.#decrypt(given.ciphertext, auth.keys, given.jid, () =>
          repository.decryptMessage(given),
        ),
      decryptGroupMessage: (given) =>
        this.#decrypt(given.msg, auth.keys, given.group, () =>
          repository.decryptGroupMessage(given),
        ),
    }
  }

  /** Within Baileys' own lock, so that its write is the one that ends here. */
  async #decrypt(
    ciphertext: Uint8Array,
    keys: Keys,
    lock: string,
    decrypt: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const id = createHash('sha256').update(ciphertext).digest('base64url')
    const left = this.#left.get(id)
    if (left !== undefined) return left.plaintext
    const node = this.#arriving.get(ciphertext)
    if (node === undefined) return decrypt()

    let kept: KeyChange | undefined
    const told = [...this.#told]
    const plaintext = await this.#auth.storingWith(
      () => [...(kept === undefined ? [] : [kept]), ...deletions(told)],
      () =>
        inTransaction(keys, lock, async () => {
          const decrypted = await decrypt()
          kept = { type: keyType, id, value: encode({ node, plaintext: decrypted }) }
          return decrypted
        }),
    )
    this.#forget(told)
    this.#track(this.#nameOf(node), id)
    return plaintext
  }

  #track(name: string, id: string): void {
    const ids = this.#untold.get(name) ?? new Set()
    this.#untold.set(name, ids.add(id))
  }

  #forget(ids: readonly string[]): void {
    for (const id of ids) this.#told.delete(id)
  }

  #nameOf({ attrs }: BinaryNode): string {
    const author = attrs['participant'] ?? attrs['from']
    const { id, lid } = this.#auth.state.creds.me ?? {}
    const isOwn = areJidsSameUser(author, isLidUser(author) ? lid : id)
    return nameOf(attrs['id'], isOwn ? undefined : author)
  }
}

/** Baileys hands its repository a store that has them, whatever the type says. */
function inTransaction<T>(keys: Keys, lock: string, work: () => Promise<T>): Promise<T> {
  if (!('transaction' in keys)) throw new Error('this version of Baileys has no transactions')
  return keys.transaction(work, lock)
}

/** An id alone is not enough: each sender chooses its own. */
function nameOf(id: string | null | undefined, author: string | null | undefined): string {
  return JSON.stringify([id ?? '', jidDecode(author ?? undefined)?.user ?? ''])
}

function deletions(ids: readonly string[]): readonly KeyChange[] {
  return ids.map((id) => ({ type: keyType, id, value: undefined }))
}

function encode({ node, plaintext }: StoredStanza): Uint8Array {
  const { offline: _, ...attrs } = node.attrs
  const kept: StoredStanza = { node: { ...node, attrs }, plaintext: Buffer.from(plaintext) }
  return Buffer.from(JSON.stringify(kept, BufferJSON.replacer))
}

function secondsOf({ attrs }: BinaryNode): number {
  return Number(attrs['t'] ?? 0)
}
