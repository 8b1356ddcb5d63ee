/**
 * The table `restriction`: which numbers may start no conversation, and until when.
 *
 * Each further try makes WhatsApp's lock worse, so strangers are refused here
 * and nothing is written to them. The mark belongs to the number: a number
 * that is paired in its place is free of it.
 */

import type { Selectable } from 'kysely'
import type { Database, Transaction } from '../../db/database.js'
import type { RestrictionTable } from '../../db/outbox-tables.js'
import { RowCache } from '../../db/row-cache.js'
import type { ChatId } from '../../domain/chat.js'
import type { NewChats } from '../../domain/sending.js'
import { RestrictedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import type { Log } from '../../runtime/telemetry.js'
import { Contacts, type ContactsOptions } from './contacts.js'
import { PersonHash } from './person-hash.js'
import {
  afterRefusal,
  afterStrangerTaken,
  restrictedUntil,
  type Standing,
  unrestricted,
} from './restriction.js'

export interface RestrictionsOptions extends ContactsOptions {
  readonly log: Log
}

type RestrictionRow = Selectable<RestrictionTable>
type Query = Transaction['query'] | Database['query']
type Addressed = Pick<OutgoingMessage, 'instanceId' | 'recipient'>

export class Restrictions {
  readonly #options: RestrictionsOptions
  readonly #contacts: Contacts
  readonly #people: PersonHash
  readonly #rows: RowCache<RestrictionRow | undefined>

  constructor(options: RestrictionsOptions) {
    this.#options = options
    this.#rows = new RowCache(options.database.signals, 'restriction')
    this.#contacts = new Contacts(options)
    this.#people = new PersonHash(options)
  }

  /** When the restriction of this number lifts; `undefined` if it has none. */
  async until(
    instanceId: InstanceId,
    query: Query = this.#options.database.query,
  ): Promise<EpochMs | undefined> {
    const standing = await this.#read(instanceId, query)
    return standing && restrictedUntil(standing, this.#options.clock.now())
  }

  /** Until when this message may not go; `undefined` if it may now. */
  async bars(
    { instanceId, recipient }: Addressed,
    query: Query = this.#options.database.query,
  ): Promise<EpochMs | undefined> {
    const until = await this.until(instanceId, query)
    if (until === undefined) return undefined
    const stranger = await this.#contacts.strangerOf(instanceId, recipient, query)
    return stranger === undefined ? undefined : until
  }

  /** Whether it is a person who never wrote to the number and never had a message of it. */
  async isStranger(
    { instanceId, recipient }: Addressed,
    query: Query = this.#options.database.query,
  ): Promise<boolean> {
    return (await this.#contacts.strangerOf(instanceId, recipient, query)) !== undefined
  }

  /** Throws `RestrictedError` for a message that may not go. */
  async check(message: Addressed, { query }: Transaction): Promise<void> {
    const until = await this.bars(message, query)
    if (until !== undefined) throw new RestrictedError(until, this.#options.clock.now())
  }

  /** This message was refused with 463. `newChats` is WhatsApp's word on the number, if it gave one. */
  async refused(
    { instanceId, recipient }: Addressed,
    newChats: NewChats | undefined,
    transaction: Transaction,
  ): Promise<void> {
    const { clock, log } = this.#options
    const { query } = transaction
    const stranger = await this.#contacts.strangerOf(instanceId, recipient, query)
    const before = (await this.#read(instanceId, query)) ?? unrestricted
    const after = afterRefusal(before, stranger, newChats, clock.now())
    await this.#write(instanceId, after, transaction)

    const until = restrictedUntil(after, clock.now())
    if (until === undefined) return
    const reason = newChats === undefined ? 'assumed' : 'told'
    const retryInMs = until - clock.now()
    transaction.afterCommit(() =>
      log.warn('instance-restricted', { instanceId, reason, retryInMs }),
    )
  }

  /** This message was taken by WhatsApp. */
  async taken({ instanceId, recipient }: Addressed, transaction: Transaction): Promise<void> {
    const { query } = transaction
    const standing = await this.#read(instanceId, query)
    if (standing?.suspect === undefined) return
    if ((await this.#contacts.strangerOf(instanceId, recipient, query)) === undefined) return
    await this.#write(instanceId, afterStrangerTaken(standing), transaction)
  }

  /** This person has written to us, or had a message of ours delivered. */
  met(instanceId: InstanceId, chat: ChatId, transaction: Transaction): Promise<void> {
    return this.#contacts.met(instanceId, chat, transaction)
  }

  /** Call it from time to time; gives how many contacts were forgotten. */
  purge(): Promise<number> {
    return this.#contacts.purge()
  }

  async #read(instanceId: InstanceId, query: Query): Promise<Standing | undefined> {
    // Every message asks, and hardly ever is there anything.
    const row = await this.#rows.get(instanceId, '', () =>
      query
        .selectFrom('restriction')
        .selectAll()
        .where('instance_id', '=', instanceId)
        .executeTakeFirst(),
    )
    if (row === undefined) return undefined
    const own = this.#ownHash(instanceId)
    if (own !== null && row.own_phone_hash !== null && row.own_phone_hash !== own) return undefined
    const { until, suspect_hash: personHash, suspect_at: at } = row
    return personHash === null || at === null ? { until } : { until, suspect: { personHash, at } }
  }

  async #write(
    instanceId: InstanceId,
    { until, suspect }: Standing,
    { query, changes }: Transaction,
  ): Promise<void> {
    changes('restriction', instanceId)
    const values = {
      own_phone_hash: this.#ownHash(instanceId),
      until,
      suspect_hash: suspect?.personHash ?? null,
      suspect_at: suspect?.at ?? null,
    }
    await query
      .insertInto('restriction')
      .values({ instance_id: instanceId, ...values })
      .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(values))
      .execute()
  }

  #ownHash(instanceId: InstanceId): string | null {
    const phone = this.#options.ownPhone(instanceId)
    if (phone === undefined) return null
    return this.#people.ofPhone(instanceId, phone)
  }
}
