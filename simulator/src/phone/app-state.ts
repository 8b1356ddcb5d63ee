/**
 * What a phone shares with its companions of chats, contacts and settings (WhatsApp's app state): it has
 * the key, reads what others wrote, checks it as WhatsApp's own app does, and writes what its owner changes.
 */

import { randomBytes } from 'node:crypto'
import {
  ALL_WA_PATCH_NAMES,
  type BinaryNode,
  decodePatches,
  decodeSyncdMutations,
  encodeSyncdPatch,
  extractSyncdPatches,
  type LTHashState,
  newLTHashState,
  proto,
  type WAPatchCreate,
  type WAPatchName,
} from 'baileys'
import { childOf, childrenOf, SERVER_JID, stanza } from '../wire/stanza.js'
import type { PhoneLine } from './phone-line.js'
import { hearingProblems } from './silent-log.js'

const { REMOVE, SET } = proto.SyncdMutation.SyncdOperation

/** What a companion is given, so that it can read and write the app state. */
export interface AppStateKey {
  readonly id: Uint8Array
  readonly data: proto.Message.IAppStateSyncKeyData
}

/** `['mute', jid]` and the like; without a value it was removed. */
export interface Mutation {
  readonly index: readonly string[]
  readonly value: proto.ISyncActionValue | undefined
}

export interface Entry {
  readonly index: readonly string[]
  readonly value: proto.ISyncActionValue
}

export interface AppStateParts {
  readonly line: PhoneLine
  readonly now: () => number
  /** Told of each change, its own too, in the order of their versions. */
  readonly changed: (mutation: Mutation) => void
}

/** Others are faster only so often. */
const mostTries = 5

export class AppState {
  readonly key: AppStateKey
  readonly #parts: AppStateParts
  readonly #states = new Map<WAPatchName, LTHashState>()
  readonly #entries = new Map<string, Entry>()

  constructor(parts: AppStateParts) {
    this.#parts = parts
    const fingerprint = { rawId: 1, currentIndex: 1, deviceIndexes: [0] }
    this.key = {
      id: randomBytes(6),
      data: { keyData: randomBytes(32), fingerprint, timestamp: parts.now() },
    }
  }

  /** What holds now for one kind of index, `label_edit` for instance. */
  entries(kind: string): readonly Entry[] {
    return [...this.#entries.values()].filter(({ index }) => index[0] === kind)
  }

  /** Takes a `<notification type=server_sync>`. Throws when a patch is not what its sender must have made. */
  async catchUp(notification: BinaryNode): Promise<void> {
    for (const { attrs } of childrenOf(notification)) {
      const name = ALL_WA_PATCH_NAMES.find((each) => each === attrs['name'])
      if (name !== undefined) await this.#catchUp(name)
    }
  }

  /** Writes it, after what others wrote meanwhile. */
  async write(change: WAPatchCreate): Promise<void> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const hand = await this.prepare(change)
      if (hand()) return
    }
    throw new Error(`other devices write ${change.type} all the time`)
  }

  /** Encodes it for the version of now. Call what it gives to hand it to the server, which may have another version by then: `false`. */
  async prepare(change: WAPatchCreate): Promise<() => boolean> {
    const { type: name, index, operation, syncAction } = change
    await this.#catchUp(name)
    const before = this.#stateOf(name)
    const keyId = Buffer.from(this.key.id).toString('base64')
    const { patch, state } = await encodeSyncdPatch(change, keyId, before, this.#keyOf)
    // Baileys keeps the index of what it removes.
    const [mutation] = patch.mutations ?? []
    if (operation === REMOVE)
      delete state.indexValueMap[
        Buffer.from(mutation?.record?.index?.blob ?? []).toString('base64')
      ]
    const bytes = proto.SyncdPatch.encode(patch).finish()
    return () => {
      if (!this.#hand(name, before.version, bytes)) return false
      this.#states.set(name, state)
      this.#apply({ index, value: operation === SET ? syncAction : undefined })
      return true
    }
  }

  #hand(name: WAPatchName, version: number, patch: Uint8Array): boolean {
    const attrs = { name, version: version.toString(), return_snapshot: 'false' }
    const answer = this.#ask(name, stanza('collection', attrs, [stanza('patch', {}, patch)]))
    return childOf(childOf(answer, 'sync'), 'collection')?.attrs['type'] !== 'error'
  }

  async #catchUp(name: WAPatchName): Promise<void> {
    for (;;) {
      const state = this.#stateOf(name)
      const attrs = { name, version: state.version.toString(), return_snapshot: 'false' }
      const answer = this.#ask(name, stanza('collection', attrs))
      const { patches, hasMorePatches } = (await extractSyncdPatches(answer, {}))[name]
      for (const patch of patches) await this.#take(name, patch)
      if (!hasMorePatches) return
    }
  }

  async #take(name: WAPatchName, patch: proto.ISyncdPatch): Promise<void> {
    const before = this.#stateOf(name)
    const written = [...(patch.mutations ?? [])]
    const problems: string[] = []
    const log = hearingProblems((problem) => problems.push(problem))
    const { state } = await decodePatches(
      name,
      [{ ...patch, mutations: [...written] }],
      before,
      this.#keyOf,
      {},
      undefined,
      log,
    )
    const read: Entry[] = []
    await decodeSyncdMutations(
      written,
      before,
      this.#keyOf,
      ({ index, syncAction }) => read.push({ index, value: syncAction.value ?? {} }),
      true,
    )
    if (problems.length > 0 || read.length !== written.length)
      throw new Error(`a patch of ${name} cannot be read: ${problems.join(', ')}`)
    this.#states.set(name, state)
    read.forEach(({ index, value }, at) => {
      this.#apply({ index, value: written[at]?.operation === REMOVE ? undefined : value })
    })
  }

  #apply({ index, value }: Mutation): void {
    const key = JSON.stringify(index)
    if (value === undefined) this.#entries.delete(key)
    else this.#entries.set(key, { index, value })
    this.#parts.changed({ index, value })
  }

  #ask(name: WAPatchName, collection: BinaryNode): BinaryNode {
    const attrs = { id: `app-state-${name}`, to: SERVER_JID, type: 'set' }
    return this.#parts.line.query(
      stanza('iq', { ...attrs, xmlns: 'w:sync:app:state' }, [stanza('sync', {}, [collection])]),
    )
  }

  #stateOf(name: WAPatchName): LTHashState {
    return this.#states.get(name) ?? newLTHashState()
  }

  readonly #keyOf = async (id: string): Promise<proto.Message.IAppStateSyncKeyData | undefined> =>
    id === Buffer.from(this.key.id).toString('base64') ? this.key.data : undefined
}
