/** The table `directory_contact`: the people that a number knows by name. */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { DirectoryContactTable } from '../db/directory-tables.js'
import type { PersonId } from '../domain/chat.js'
import type { ContactFacts, FactSource, KnownContact, Page } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import {
  keysOf,
  LastWritten,
  mergedColumns,
  type PeopleOfRows,
  personKey,
  personOfKey,
  portionsOf,
  RowTexts,
} from './directory-rows.js'

export interface ContactsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly people: PeopleOfRows
}

type Row = Omit<DirectoryContactTable, 'instance_id'>
type Query = Database['query'] | Transaction['query']

const texts = {
  name_sealed: 'name',
  short_name_sealed: 'shortName',
  push_name_sealed: 'pushName',
  verified_name_sealed: 'verifiedName',
  about_sealed: 'about',
} as const satisfies Partial<Record<keyof Row, keyof ContactFacts>>

const textColumns = [
  'name_sealed',
  'short_name_sealed',
  'push_name_sealed',
  'verified_name_sealed',
  'about_sealed',
] as const satisfies readonly (keyof typeof texts)[]

const learned = ['phone', 'lid', 'is_saved', ...textColumns] as const

export class Contacts {
  readonly #options: ContactsOptions
  readonly #texts: RowTexts
  readonly #pushNames = new LastWritten()

  constructor(options: ContactsOptions) {
    this.#options = options
    this.#texts = new RowTexts(options.vault, 'directory_contact')
  }

  /** Safe to repeat. Of two facts about one person the later counts. */
  async take(
    instanceId: InstanceId,
    told: readonly { readonly person: PersonId; readonly facts: ContactFacts }[],
    source: FactSource,
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const rows = new Map<string, Row>()
    const people = told.map(({ person }) => person)
    const keys = await this.#keysOf(instanceId, people, query)
    for (const [index, { person, facts }] of told.entries()) {
      const key = keys[index] ?? ''
      const row = this.#rowOf(instanceId, key, person, facts)
      const before = rows.get(key)
      const news = Object.entries(row).filter(([, value]) => value !== null)
      rows.set(key, before === undefined ? row : { ...before, ...Object.fromEntries(news) })
    }
    await this.#put(instanceId, [...rows.values()], source, query)
  }

  /** The name that a person gives themself, which comes with each message. Writes only news. */
  async heard(
    instanceId: InstanceId,
    person: PersonId,
    pushName: string,
    transaction: Pick<Transaction, 'query' | 'afterCommit'>,
  ): Promise<void> {
    const name = `${instanceId} ${personKey(person)}`
    await this.#pushNames.write(name, pushName, transaction, () =>
      this.take(instanceId, [{ person, facts: { pushName } }], 'told', transaction),
    )
  }

  /** Call it when rows were erased. */
  forgetWritten(): void {
    this.#pushNames.clear()
  }

  /** By number; those without one last. */
  async list(instanceId: InstanceId, { offset, limit }: Page): Promise<readonly KnownContact[]> {
    const { query } = this.#options.database
    const keys = query
      .selectFrom('directory_contact')
      .select('contact_key')
      .where('instance_id', '=', instanceId)
      .orderBy('contact_key', 'desc')
      .limit(limit)
      .offset(offset)
    const rows = await query
      .selectFrom('directory_contact')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .where('contact_key', 'in', query.selectFrom(keys.as('page')).select('contact_key'))
      .orderBy('contact_key', 'desc')
      .execute()
    return rows.map((row) => this.#knownOf(instanceId, row))
  }

  /** Those in the phone's address book. */
  async saved(instanceId: InstanceId): Promise<readonly PersonId[]> {
    const rows = await this.#options.database.query
      .selectFrom('directory_contact')
      .select(['contact_key', 'phone', 'lid'])
      .where('instance_id', '=', instanceId)
      .where('is_saved', '=', 1)
      .execute()
    return rows.map(({ contact_key, phone, lid }) =>
      personOfKey(contact_key, { phone: phone ?? undefined, lid: lid ?? undefined }),
    )
  }

  async find(instanceId: InstanceId, person: PersonId): Promise<KnownContact | undefined> {
    return (await this.findAll(instanceId, [person]))[0]
  }

  /** Those of them that are known, in any order. */
  async findAll(
    instanceId: InstanceId,
    people: readonly PersonId[],
  ): Promise<readonly KnownContact[]> {
    const { query } = this.#options.database
    const keys = await this.#keysOf(instanceId, people, query)
    const found: KnownContact[] = []
    for (const some of portionsOf(keys)) {
      const rows = await query
        .selectFrom('directory_contact')
        .selectAll()
        .where('instance_id', '=', instanceId)
        .where('contact_key', 'in', some)
        .execute()
      found.push(...rows.map((row) => this.#knownOf(instanceId, row)))
    }
    return found
  }

  /** A LID turned out to be the person of a number: two rows become one. */
  async join(
    instanceId: InstanceId,
    pairs: readonly PersonId[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const people = new Map(pairs.map((pair) => [`lid:${pair.lid}`, pair]))
    for (const old of portionsOf([...people.keys()])) {
      const rows = await query
        .selectFrom('directory_contact')
        .selectAll()
        .where('instance_id', '=', instanceId)
        .where('contact_key', 'in', old)
        .execute()
      if (rows.length === 0) continue
      const moved = rows.map((row) => {
        const person = { ...people.get(row.contact_key) }
        return {
          person: { ...person, lid: row.lid ?? person.lid },
          facts: this.#knownOf(instanceId, row),
        }
      })
      await this.take(instanceId, moved, 'history', { query })
      await query
        .deleteFrom('directory_contact')
        .where('instance_id', '=', instanceId)
        .where('contact_key', 'in', old)
        .execute()
    }
  }

  async #put(
    instanceId: InstanceId,
    rows: readonly Row[],
    source: FactSource,
    query: Query,
  ): Promise<void> {
    for (const some of portionsOf(rows))
      await query
        .insertInto('directory_contact')
        .values(some.map((row) => ({ instance_id: instanceId, ...row })))
        .onConflict((conflict) =>
          conflict.columns(['instance_id', 'contact_key']).doUpdateSet({
            ...mergedColumns('directory_contact', learned, source),
            changed_at: this.#options.clock.now(),
          }),
        )
        .execute()
  }

  #keysOf(
    instanceId: InstanceId,
    people: readonly PersonId[],
    query: Query,
  ): Promise<readonly string[]> {
    const chats = people.map((person) => ({ kind: 'person', ...person }) as const)
    return keysOf(instanceId, chats, this.#options.people, query)
  }

  #rowOf(instanceId: InstanceId, key: string, person: PersonId, facts: ContactFacts): Row {
    const sealed = (column: keyof typeof texts) =>
      this.#texts.seal(instanceId, key, column, facts[texts[column]])
    return {
      contact_key: key,
      phone: person.phone ?? null,
      lid: person.lid ?? null,
      is_saved: facts.isSaved === undefined ? null : Number(facts.isSaved),
      name_sealed: sealed('name_sealed'),
      short_name_sealed: sealed('short_name_sealed'),
      push_name_sealed: sealed('push_name_sealed'),
      verified_name_sealed: sealed('verified_name_sealed'),
      about_sealed: sealed('about_sealed'),
      changed_at: this.#options.clock.now(),
    }
  }

  #knownOf(instanceId: InstanceId, row: Row): KnownContact {
    const key = row.contact_key
    const opened = (column: keyof typeof texts) =>
      this.#texts.open(instanceId, key, column, row[column])
    return {
      person: personOfKey(key, { phone: row.phone ?? undefined, lid: row.lid ?? undefined }),
      isSaved: row.is_saved === null ? undefined : row.is_saved === 1,
      name: opened('name_sealed'),
      shortName: opened('short_name_sealed'),
      pushName: opened('push_name_sealed'),
      verifiedName: opened('verified_name_sealed'),
      about: opened('about_sealed'),
    }
  }
}
