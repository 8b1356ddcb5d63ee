/**
 * Our tenants' numbers: who they are, and what proves that a caller is one.
 *
 * A token is kept twice: as a hash to compare callers with, and sealed,
 * because callbacks carry it and the partner's listing shows it.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Actor } from '../domain/audit.js'
import { InstanceTakenError } from '../domain/errors.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import {
  defaultInstanceSettings,
  type Instance,
  type InstanceId,
  type InstanceSettings,
  isInstanceId,
} from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import { newInstanceId, newInstanceToken } from '../runtime/ids.js'
import { hashToken } from '../runtime/token-hash.js'
import { AuditLog } from './audit-log.js'
import { type HeldToken, matchesHeld } from './held-token.js'
import { signingSecret, tokenContext } from './instance-secrets.js'
import { type InstanceRow, instanceOf, type KnownInstance, parseSettings } from './instance-row.js'
import { InstanceStore } from './instance-store.js'

type EventKind = GatewayEvent['kind']

/** Where the events of an instance are told. */
export interface EndpointPort {
  setEndpoints(
    instanceId: InstanceId,
    urls: ReadonlyMap<EventKind, string>,
    transaction: Transaction,
  ): Promise<void>
}

export interface InstancesOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly endpoints: EndpointPort
}

export interface InstanceWish {
  /** For people; need not be unique. */
  readonly name: string
  readonly settings?: Partial<InstanceSettings> | undefined
  /** Where each kind of event is told from the first one on. */
  readonly callbacks?: ReadonlyMap<EventKind, string> | undefined
  /** Who made it, for the audit log. */
  readonly by?: Actor | undefined
  /** Of an instance that moves here, so that its callers keep their path. New ones unless given. */
  readonly id?: InstanceId | undefined
  readonly token?: string | undefined
  readonly isPool?: boolean | undefined
}

export class Instances {
  readonly #database: Database
  readonly #endpoints: EndpointPort
  readonly #store: InstanceStore
  readonly #vault: Vault
  readonly #clock: Clock
  readonly #audit: AuditLog

  constructor({ database, vault, clock, endpoints }: InstancesOptions) {
    this.#database = database
    this.#endpoints = endpoints
    this.#store = new InstanceStore(database)
    this.#vault = vault
    this.#clock = clock
    this.#audit = new AuditLog({ database, clock })
  }

  /**
   * Makes an instance and its token; `tokenOf` gives the token again. When it
   * throws, nothing was made. Throws `InstanceTakenError`.
   */
  async create({ name, settings, callbacks = new Map(), by, ...given }: InstanceWish): Promise<{
    readonly instance: Instance
    readonly token: string
  }> {
    const { id = newInstanceId(), token = newInstanceToken(), isPool = false } = given
    const instance: Instance = {
      id,
      name,
      createdAt: this.#clock.now(),
      settings: { ...defaultInstanceSettings, ...settings },
      isPool,
    }
    const sealed = this.#vault.seal(Buffer.from(token), tokenContext(instance.id))
    const tokenHash = hashToken(token)
    await this.#database.transaction(async (transaction) => {
      const taken = await this.#store.taken(transaction, id, tokenHash)
      if (taken !== undefined)
        throw new InstanceTakenError(`Another instance has this ${taken}: use another one`)
      await this.#store.add(transaction, instance, tokenHash, sealed)
      await this.#endpoints.setEndpoints(instance.id, callbacks, transaction)
      if (by === undefined) return
      const act = {
        act: isPool ? 'pool-created' : 'instance-created',
        by,
        instanceId: instance.id,
      } as const
      await this.#audit.record(act, transaction)
    })
    return { instance, token }
  }

  /** The instance, if there is one and the token is its own. */
  async authenticate(id: string, token: string): Promise<Instance | undefined> {
    const known = isInstanceId(id) ? await this.#store.find(id) : undefined
    // The comparison happens in any case, so that time does not tell which ids exist.
    const matches = matchesHeld(token, known && heldTokenOf(known.row), this.#clock.now())
    return matches ? known?.instance : undefined
  }

  /** Within a transaction hand in its query. */
  async find(
    id: string,
    within?: Pick<Transaction, 'query'> | Pick<Database, 'query'>,
  ): Promise<Instance | undefined> {
    const known = isInstanceId(id) ? await this.#store.find(id, within) : undefined
    return known?.instance
  }

  /** Those with a number, the oldest first. */
  async list(): Promise<readonly Instance[]> {
    return (await this.#store.all()).map(instanceOf).filter(({ isPool }) => !isPool)
  }

  /** The oldest first. */
  async pools(): Promise<readonly Instance[]> {
    return (await this.#store.all()).map(instanceOf).filter(({ isPool }) => isPool)
  }

  /** Of those with a number. */
  async ids(): Promise<readonly InstanceId[]> {
    return (await this.list()).map(({ id }) => id)
  }

  /** Throws when there is no such instance. */
  async tokenOf(id: InstanceId): Promise<string> {
    const { token_sealed } = (await this.#known(id)).row
    return Buffer.from(this.#vault.open(token_sealed, tokenContext(id))).toString()
  }

  /** What receivers check the signatures of callbacks with, in the form of Standard Webhooks. */
  async signingSecretOf(id: InstanceId): Promise<string> {
    const { secret_generation } = (await this.#known(id)).row
    return signingSecret(this.#vault, id, secret_generation)
  }

  /** The same, and before its overlap ends the one that it replaced as well. */
  async signingSecretsOf(id: InstanceId): Promise<readonly [string, ...string[]]> {
    const { secret_generation: generation, previous_secret_until: until } = (await this.#known(id))
      .row
    const current = signingSecret(this.#vault, id, generation)
    if (until === null || until <= this.#clock.now()) return [current]
    return [current, signingSecret(this.#vault, id, generation - 1)]
  }

  /** For people; need not be unique. */
  async rename(id: InstanceId, name: string): Promise<void> {
    await this.#store.rename(id, name)
  }

  /** Within a transaction hand it in. Throws when there is no such instance. */
  async settingsOf(id: InstanceId, transaction?: Transaction): Promise<InstanceSettings> {
    return (await this.#known(id, transaction)).instance.settings
  }

  /** Changes the settings that are named and leaves the others. */
  async updateSettings(id: InstanceId, change: Partial<InstanceSettings>): Promise<void> {
    await this.changeSettings(id, () => change)
  }

  /** The same for a change that depends on what is set. `change` may run twice. */
  async changeSettings(
    id: InstanceId,
    change: (settings: InstanceSettings) => Partial<InstanceSettings>,
  ): Promise<void> {
    await this.#store.changeSettings(id, (stored) => {
      const settings = parseSettings(stored)
      return JSON.stringify({ ...settings, ...change(settings) })
    })
  }

  async #known(id: InstanceId, transaction?: Transaction): Promise<KnownInstance> {
    const known = await this.#store.find(id, transaction)
    if (known === undefined) throw new Error('there is no such instance')
    return known
  }
}

function heldTokenOf(row: InstanceRow): HeldToken {
  return {
    hash: row.token_hash,
    previousHash: row.previous_token_hash ?? undefined,
    previousUntil: row.previous_token_until ?? undefined,
  }
}
