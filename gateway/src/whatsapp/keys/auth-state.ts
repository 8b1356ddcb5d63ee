/**
 * Baileys' credentials and Signal keys over a store of ours.
 *
 * Baileys commits the keys of one send or one receipt in a single `set`. The
 * identity, where it changed meanwhile, goes with it in one write, so a crash
 * cannot leave one without the other. Writes happen one after the other.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
} from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { Log } from '../../runtime/telemetry.js'
import { RecentKeys } from './recent-keys.js'

/** Where credentials live, sealed. `sessions/credential-store.ts` implements it. */
export interface CredentialPort {
  loadIdentity(instanceId: InstanceId): Promise<Uint8Array | undefined>
  /** Ids that are not stored are missing in the answer. */
  loadKeys(
    instanceId: InstanceId,
    type: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Uint8Array>>
  loadAllKeys(instanceId: InstanceId, type: string): Promise<ReadonlyMap<string, Uint8Array>>
  /** One transaction, durable when the promise resolves. */
  save(instanceId: InstanceId, change: CredentialChange): Promise<void>
  /** Removes what the pairing left: identity, keys, and what WhatsApp said under them. */
  forget(instanceId: InstanceId): Promise<void>
}

export interface CredentialChange {
  readonly identity?: Uint8Array | undefined
  readonly keys: readonly KeyChange[]
}

export interface KeyChange {
  readonly type: string
  readonly id: string
  /** `undefined` deletes the key. */
  readonly value: Uint8Array | undefined
}

interface Companion {
  readonly of: StoredAuthState
  readonly keys: () => readonly KeyChange[]
}

/**
 * What goes along with the keys that the running piece of work commits. One for all sockets: each
 * makes every promise of the process slower on Node 20, and none is ever given back.
 */
const companions = new AsyncLocalStorage<Companion>()

/** The credentials of one socket. A new socket needs a new one, after the old one is sealed. */
export class StoredAuthState {
  readonly state: AuthenticationState
  readonly #port: CredentialPort
  readonly #instanceId: InstanceId
  readonly #log: Log
  #savedIdentity: string
  #lastWrite: Promise<void> = Promise.resolve()
  #sealed = false
  readonly #recent = new RecentKeys()
  /** Keys of a device that is not linked yet. They are stored with its identity, or never. */
  readonly #heldBack = new Map<string, KeyChange>()

  private constructor(
    port: CredentialPort,
    instanceId: InstanceId,
    log: Log,
    creds: AuthenticationCreds,
    savedIdentity: string,
  ) {
    this.#port = port
    this.#instanceId = instanceId
    this.#log = log
    this.#savedIdentity = savedIdentity
    this.state = {
      creds,
      keys: {
        get: (type, ids) => this.#get(type, ids),
        set: (data) => this.#write([...keyChanges(data), ...this.#companion()]),
      },
    }
  }

  /** Names the device that we are. Another pairing has another one. */
  get identity(): string {
    return Buffer.from(this.state.creds.signedIdentityKey.public).toString('base64')
  }

  /** Whether a phone has linked this device. */
  get isLinked(): boolean {
    return this.state.creds.account !== undefined
  }

  /** Loads what is stored, or makes the keys of a device that is not linked yet. */
  static async open(
    port: CredentialPort,
    instanceId: InstanceId,
    log: Log,
  ): Promise<StoredAuthState> {
    const stored = await port.loadIdentity(instanceId)
    const text = stored === undefined ? '' : Buffer.from(stored).toString()
    const creds: AuthenticationCreds = text === '' ? initAuthCreds() : decode(text)
    return new StoredAuthState(port, instanceId, log, creds, text)
  }

  /** Stores the identity soon, or together with the next keys. Never throws: what failed goes with the next write. */
  identityChanged(): void {
    this.#write([]).catch((cause: unknown) => {
      this.#log.error('whatsapp.identity-not-stored', { instanceId: this.#instanceId, cause })
    })
  }

  /** Stores keys of our own, beside those of Baileys, in one write. */
  store(...keys: readonly KeyChange[]): Promise<void> {
    return this.#write(keys)
  }

  /** Loads a key that `store` stored. */
  async load(type: string, id: string): Promise<Uint8Array | undefined> {
    return (await this.#port.loadKeys(this.#instanceId, type, [id])).get(id)
  }

  /** Loads every key of one type. */
  loadAll(type: string): Promise<ReadonlyMap<string, Uint8Array>> {
    return this.#port.loadAllKeys(this.#instanceId, type)
  }

  /** Runs `work`; the keys that Baileys stores in it and what `companion` then gives are one write. */
  storingWith<T>(companion: () => readonly KeyChange[], work: () => Promise<T>): Promise<T> {
    return companions.run({ of: this, keys: companion }, work)
  }

  /** Resolves when all that was handed over before is stored or has failed. */
  async flush(): Promise<void> {
    await this.#lastWrite.catch(() => {})
  }

  /**
   * From now on nothing is written any more: timers of a dead socket must not
   * bring back credentials that were forgotten, nor overwrite its successor's.
   */
  seal(): void {
    this.#sealed = true
  }

  async #get<T extends keyof SignalDataTypeMap>(
    type: T,
    ids: readonly string[],
  ): Promise<Record<string, SignalDataTypeMap[T]>> {
    const find = (id: string): Pick<KeyChange, 'value'> | undefined =>
      this.#heldBack.get(nameOf({ type, id })) ?? this.#recent.find(type, id)
    const known = new Map(ids.map((id) => [id, find(id)]))
    const missing = ids.filter((id) => known.get(id) === undefined)
    const { moment } = this.#recent
    const stored =
      missing.length === 0 ? undefined : await this.#port.loadKeys(this.#instanceId, type, missing)
    const values: Record<string, SignalDataTypeMap[T]> = {}
    for (const id of ids) {
      const bytes = known.get(id)?.value ?? stored?.get(id)
      if (known.get(id) === undefined) this.#recent.fetched(moment, type, id, bytes)
      if (bytes !== undefined) values[id] = revive(type, Buffer.from(bytes).toString())
    }
    return values
  }

  #companion(): readonly KeyChange[] {
    const companion = companions.getStore()
    return companion?.of === this ? companion.keys() : []
  }

  #write(keys: readonly KeyChange[]): Promise<void> {
    const write = this.#lastWrite.catch(() => {}).then(() => this.#save(keys))
    this.#lastWrite = write
    return write
  }

  async #save(changed: readonly KeyChange[]): Promise<void> {
    if (this.#sealed) return
    const { creds } = this.state
    if (creds.account === undefined) {
      // A device that is not linked is not worth keeping: it cannot continue where it stopped.
      for (const key of changed) this.#heldBack.set(nameOf(key), key)
      return
    }
    const identity = encode(creds)
    const keys = [...this.#heldBack.values(), ...changed]
    const isNew = identity !== this.#savedIdentity
    if (!isNew && keys.length === 0) return
    await this.#recent.during(keys, () =>
      this.#port.save(this.#instanceId, {
        ...(isNew ? { identity: Buffer.from(identity) } : {}),
        keys,
      }),
    )
    this.#savedIdentity = identity
    this.#heldBack.clear()
  }
}

function nameOf({ type, id }: Pick<KeyChange, 'type' | 'id'>): string {
  return JSON.stringify([type, id])
}

function keyChanges(data: SignalDataSet): readonly KeyChange[] {
  return Object.entries(data).flatMap(([type, values]) =>
    Object.entries(values).map(([id, value]) => ({
      type,
      id,
      value: value === null || value === undefined ? undefined : Buffer.from(encode(value)),
    })),
  )
}

function encode(value: unknown): string {
  return JSON.stringify(value, BufferJSON.replacer)
}

function decode(text: string): AuthenticationCreds {
  return JSON.parse(text, BufferJSON.reviver)
}

function revive<T extends keyof SignalDataTypeMap>(type: T, text: string): SignalDataTypeMap[T] {
  return JSON.parse(text, (key, value) => {
    const revived: unknown = BufferJSON.reviver(key, value)
    // Baileys needs the methods of the protobuf class on this one.
    return key === '' && type === 'app-state-sync-key'
      ? proto.Message.AppStateSyncKeyData.fromObject(Object(revived))
      : revived
  })
}
