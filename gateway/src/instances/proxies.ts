/** The proxy through which an instance speaks with WhatsApp, if it has one. */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Actor } from '../domain/audit.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { AuditLog } from './audit-log.js'
import { proxyContext } from './instance-secrets.js'

/** Stores events. The webhooks module implements it. */
export interface EventSink {
  publish(event: GatewayEvent, transaction: Transaction): Promise<void>
}

export interface ProxiesOptions {
  readonly events: EventSink
  readonly log: Log
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  /** Throws `ProxyError` or `ForbiddenUrlError` unless WhatsApp can be reached through it. */
  readonly tryOut: (url: string) => Promise<void>
  /** Reconnects the instance, if it is connected. Does not wait for it. */
  readonly reconnect: (id: InstanceId) => void
}

export class Proxies {
  readonly #options: ProxiesOptions
  readonly #audit: AuditLog

  constructor(options: ProxiesOptions) {
    this.#options = options
    this.#audit = new AuditLog(options)
  }

  /** `undefined` for a direct connection. Throws what `tryOut` throws; nothing was changed then. */
  async setProxy(id: InstanceId, url: string | undefined, by: Actor): Promise<void> {
    const { database, vault, tryOut, reconnect } = this.#options
    if (url === (await this.proxyOf(id))) return
    if (url !== undefined) await tryOut(url)
    // Sealed: user and password stand in it.
    const sealed = url === undefined ? null : vault.seal(Buffer.from(url), proxyContext(id))
    await database.transaction(async (transaction) => {
      transaction.changes('instance', id)
      await transaction.query
        .updateTable('instance')
        .set({ proxy_sealed: sealed })
        .where('id', '=', id)
        .execute()
      const detail = url === undefined ? 'none' : new URL(url).protocol.replace(':', '')
      await this.#audit.record({ act: 'proxy-changed', by, instanceId: id, detail }, transaction)
    })
    reconnect(id)
  }

  /** Tells the owner that a connection is made without the proxy, because that failed too often. */
  async givenUp(instanceId: InstanceId): Promise<void> {
    const { database, events, clock, log } = this.#options
    const url = await this.proxyOf(instanceId)
    if (url === undefined) return
    log.warn('proxy-given-up', { instanceId })
    const { protocol, host } = new URL(url)
    const event: GatewayEvent = {
      kind: 'instance.proxy-failed',
      instanceId,
      occurredAt: clock.now(),
      proxy: `${protocol}//${host}`,
    }
    await database.transaction((transaction) => events.publish(event, transaction))
  }

  /** `undefined` if it has none, or is gone. */
  async proxyOf(id: InstanceId): Promise<string | undefined> {
    const { database, vault } = this.#options
    const row = await database.query
      .selectFrom('instance')
      .select('proxy_sealed')
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined || row.proxy_sealed === null) return undefined
    return Buffer.from(vault.open(row.proxy_sealed, proxyContext(id))).toString()
  }
}
