/**
 * The table `contact`: who has written to the linked number, or had a message of it delivered.
 *
 * To them WhatsApp lets a number write that may start no new conversation.
 */

import { sql } from 'kysely'
import type { Database, Transaction } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import { eraseRows } from '../../db/erase-rows.js'
import { prepared } from '../../db/prepared.js'
import type { ChatId, Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Clock } from '../../runtime/clock.js'
import { type PeoplePort, personIn } from './people.js'
import { PersonHash } from './person-hash.js'

export interface ContactsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly people: PeoplePort
  /** The number that the instance is linked to; `undefined` while it is not known. */
  ownPhone(instanceId: InstanceId): string | undefined
}

const dayMs = 24 * 3_600_000
const keepMs = 365 * dayMs

const meet = prepared(
  (
    query,
    given: {
      readonly instanceId: InstanceId
      readonly personHash: string
      readonly own: string | null
      readonly now: number
      readonly dayBefore: number
    },
  ) =>
    query
      .insertInto('contact')
      .values({
        instance_id: given.instanceId,
        person_hash: given.personHash,
        last_at: given.now,
        own_phone_hash: given.own,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['instance_id', 'person_hash'])
          .doUpdateSet({ last_at: given.now, own_phone_hash: given.own })
          // Once a day is enough to find people who were silent for a year.
          .where((is) =>
            is.or([
              is('contact.last_at', '<', given.dayBefore),
              is('contact.own_phone_hash', 'is distinct from', given.own),
            ]),
          ),
      ),
)

export class Contacts {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>
  readonly #options: ContactsOptions
  readonly #people: PeoplePort
  readonly #hashes: PersonHash

  constructor(options: ContactsOptions) {
    this.#options = options
    this.#database = options.database
    this.#clock = options.clock
    this.#people = options.people
    this.#hashes = new PersonHash(options)
  }

  /** From now on the person is known. Does nothing for a group. */
  async met(instanceId: InstanceId, chat: ChatId, transaction: Transaction): Promise<void> {
    if (chat.kind !== 'person') return
    await this.#people.learn(instanceId, [chat], transaction)
    const now = this.#clock.now()
    for (const personHash of await this.#hashes.of(instanceId, chat, transaction.query)) {
      await meet(transaction.query, {
        instanceId,
        personHash,
        own: this.#ownHash(instanceId),
        now,
        dayBefore: now - dayMs,
      })
    }
  }

  /** The hashes of a person who is not known, by each name; `undefined` for contacts and groups. */
  async strangerOf(
    instanceId: InstanceId,
    recipient: Recipient,
    query: Transaction['query'] | Database['query'],
  ): Promise<readonly string[] | undefined> {
    const person = personIn(recipient)
    if (person === undefined) return undefined
    const hashes = await this.#hashes.of(instanceId, person, query)
    const own = this.#ownHash(instanceId)
    const row = await query
      .selectFrom('contact')
      .select('person_hash')
      .where('instance_id', '=', instanceId)
      .where('person_hash', 'in', hashes)
      .$if(own !== null, (rows) =>
        rows.where((is) =>
          is.or([is('own_phone_hash', 'is', null), is('own_phone_hash', '=', own)]),
        ),
      )
      .limit(1)
      .executeTakeFirst()
    return row === undefined ? hashes : undefined
  }

  /** Whom another number knows, that was linked before, is a stranger to this one. */
  #ownHash(instanceId: InstanceId): string | null {
    const phone = this.#options.ownPhone(instanceId)
    return phone === undefined ? null : this.#hashes.ofPhone(instanceId, phone)
  }

  /** Forgets those of whom nothing was heard for a year; gives how many. */
  async purge(): Promise<number> {
    const before = this.#clock.now() - keepMs
    return eraseRows(this.#database.query, 'contact', sql`last_at <= ${before}`)
  }
}
