/** The table `directory_privacy`: what a number shows of itself, whom it leaves out, and whom it blocks. */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { PrivacyFact, PrivacyFacts, PrivacyList } from '../domain/privacy.js'
import type { Clock } from '../runtime/clock.js'
import type { PeopleOfRows } from './directory-rows.js'

export interface PrivacyOptions {
  readonly database: Database
  readonly vault: Vault
  readonly people: PeopleOfRows
  readonly clock: Pick<Clock, 'now'>
}

type Query = Transaction['query']

const settings = [
  'last-seen',
  'picture',
  'about',
  'group-adds',
  'online',
  'readReceipts',
  'defaultTimer',
] as const satisfies readonly (keyof PrivacyFacts)[]

export class Privacy {
  readonly #options: PrivacyOptions

  constructor(options: PrivacyOptions) {
    this.#options = options
  }

  /** In their order. Safe to repeat. */
  async take(
    instanceId: InstanceId,
    facts: readonly PrivacyFact[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    for (const fact of facts) {
      if (fact.kind === 'privacy') await this.#takeSettings(instanceId, fact.facts, query)
      else if (fact.kind === 'privacy-list')
        await this.#put(instanceId, nameOf(fact.list), fact.people, query)
      else await this.#change(instanceId, fact, query)
    }
  }

  /** What is not known is missing. */
  async settings(instanceId: InstanceId): Promise<PrivacyFacts> {
    const { query } = this.#options.database
    const rows = await query
      .selectFrom('directory_privacy')
      .select(['name', 'value_sealed'])
      .where('instance_id', '=', instanceId)
      .where('name', 'in', settings)
      .execute()
    return Object.fromEntries(
      rows.map(({ name, value_sealed: sealed }) => [name, this.#opened(instanceId, name, sealed)]),
    )
  }

  /** With their numbers where those are known. `undefined`: the list was not told. */
  async list(instanceId: InstanceId, list: PrivacyList): Promise<readonly PersonId[] | undefined> {
    const { database, people } = this.#options
    const found = await this.#listIn(instanceId, list, database.query)
    if (found === undefined) return undefined
    const lids = found.flatMap(({ phone, lid }) => (phone === undefined && lid ? [lid] : []))
    const phones = await people.phonesOf(instanceId, lids)
    return found.map((person) => {
      const phone = person.phone ?? phones.get(person.lid ?? '')
      return { ...person, ...(phone === undefined ? {} : { phone }) }
    })
  }

  async #takeSettings(instanceId: InstanceId, facts: PrivacyFacts, query: Query): Promise<void> {
    for (const name of settings)
      if (facts[name] !== undefined) await this.#put(instanceId, name, facts[name], query)
  }

  /** A list that was never told stays unknown: one of its people is not all of it. */
  async #change(
    instanceId: InstanceId,
    { list, person, isListed }: Extract<PrivacyFact, { kind: 'privacy-list-changed' }>,
    query: Query,
  ): Promise<void> {
    const before = await this.#listIn(instanceId, list, query)
    if (before === undefined) return
    const others = before.filter((other) => !isSame(other, person))
    await this.#put(instanceId, nameOf(list), isListed ? [...others, person] : others, query)
  }

  async #listIn(
    instanceId: InstanceId,
    list: PrivacyList,
    query: Database['query'] | Query,
  ): Promise<readonly PersonId[] | undefined> {
    const name = nameOf(list)
    const row = await query
      .selectFrom('directory_privacy')
      .select('value_sealed')
      .where('instance_id', '=', instanceId)
      .where('name', '=', name)
      .executeTakeFirst()
    if (row === undefined) return undefined
    const people: unknown = this.#opened(instanceId, name, row.value_sealed)
    return Array.isArray(people) ? people : []
  }

  async #put(instanceId: InstanceId, name: string, value: unknown, query: Query): Promise<void> {
    const { vault, clock } = this.#options
    const text = Buffer.from(JSON.stringify(value))
    const values = {
      value_sealed: vault.seal(text, contextOf(instanceId, name)),
      changed_at: clock.now(),
    }
    await query
      .insertInto('directory_privacy')
      .values({ instance_id: instanceId, name, ...values })
      .onConflict((conflict) => conflict.columns(['instance_id', 'name']).doUpdateSet(values))
      .execute()
  }

  #opened(instanceId: InstanceId, name: string, sealed: Uint8Array): unknown {
    const text = this.#options.vault.open(sealed, contextOf(instanceId, name))
    return JSON.parse(Buffer.from(text).toString())
  }
}

const nameOf = (list: PrivacyList): string => `list:${list}`

function isSame(one: PersonId, other: PersonId): boolean {
  const sameLid = one.lid !== undefined && one.lid === other.lid
  return sameLid || (one.phone !== undefined && one.phone === other.phone)
}

function contextOf(instanceId: InstanceId, name: string): string {
  return JSON.stringify(['directory_privacy', instanceId, name])
}
