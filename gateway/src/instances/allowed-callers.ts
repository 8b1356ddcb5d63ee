/**
 * The addresses that may call the gateway at all, tenants and partners alike.
 *
 * A configured list counts alone; otherwise it is the one that the operator
 * set, kept in the database. The operator's own routes are not under it, so that
 * the operator cannot lock himself out.
 */

import type { Database } from '../db/database.js'
import type { Actor } from '../domain/audit.js'
import { ConfiguredCallersError } from '../domain/errors.js'
import { type CallerRule, createCallerRule } from '../runtime/caller-rule.js'
import type { Clock } from '../runtime/clock.js'
import { AuditLog } from './audit-log.js'

export interface AllowedCallersOptions {
  readonly database: Database
  readonly clock: Clock
  /** As configured; empty when nothing is. */
  readonly configured: readonly string[]
}

const onlyRow = 1

export class AllowedCallers {
  readonly #options: AllowedCallersOptions
  readonly #audit: AuditLog
  #networks: readonly string[]
  #rule: CallerRule

  constructor(options: AllowedCallersOptions) {
    this.#options = options
    this.#audit = new AuditLog(options)
    this.#networks = options.configured
    this.#rule = createCallerRule(options.configured)
  }

  /** Call it before the first `admits`, and again when another node may have set others. */
  async open(): Promise<void> {
    if (this.isConfigured) return
    const row = await this.#options.database.query
      .selectFrom('allowed_callers')
      .select('networks')
      .where('id', '=', onlyRow)
      .executeTakeFirst()
    const networks: readonly string[] = JSON.parse(row?.networks ?? '[]')
    this.#use(networks)
  }

  get isConfigured(): boolean {
    return this.#options.configured.length > 0
  }

  /** CIDRs and addresses; empty allows every caller. */
  get networks(): readonly string[] {
    return this.#networks
  }

  admits(address: string): boolean {
    return this.#rule(address)
  }

  /** From the next call on. Throws `ConfiguredCallersError`; nothing was changed then. */
  async set(networks: readonly string[], by: Actor): Promise<void> {
    if (this.isConfigured) throw new ConfiguredCallersError()
    await this.#options.database.transaction(async (transaction) => {
      const row = { id: onlyRow, networks: JSON.stringify(networks) }
      await transaction.query
        .insertInto('allowed_callers')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ networks: row.networks }))
        .execute()
      const detail = networks.join(' ')
      await this.#audit.record({ act: 'account-callers-changed', by, detail }, transaction)
    })
    this.#use(networks)
  }

  #use(networks: readonly string[]): void {
    this.#networks = networks
    this.#rule = createCallerRule(networks)
  }
}
