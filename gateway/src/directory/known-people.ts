/**
 * The table `known_person`: which number and which LID are the same person.
 *
 * WhatsApp says so when it is asked for a number, and with most messages. Callers write to a
 * person by either name, so whatever counts, limits or checks a person asks here first.
 */

import type { Database, Transaction } from '../db/database.js'
import { inPortions } from '../db/erase-rows.js'
import { RowCache } from '../db/row-cache.js'
import type { PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import { oneFormOf } from '../domain/phone-forms.js'
import type { Clock } from '../runtime/clock.js'

export interface KnownPeopleOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  /** Called with pairs that are new, in the transaction that stores them. */
  readonly joined?:
    | ((
        instanceId: InstanceId,
        pairs: readonly PersonId[],
        transaction: Transaction,
      ) => Promise<void>)
    | undefined
}

interface Pair {
  /** One for all forms of the number (`oneFormOf`). */
  readonly phone: string
  readonly lid: string
}

type Query = Transaction['query'] | Database['query']

const keepMs = 365 * 24 * 3_600_000
/** A row has four variables, and SQLite takes 32,766. */
const pairsAtOnce = 500
const fewPeople = 5

export class KnownPeople {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>
  readonly #known: RowCache<Pair | undefined>
  readonly #joined: KnownPeopleOptions['joined']

  constructor({ database, clock, joined }: KnownPeopleOptions) {
    this.#joined = joined
    this.#database = database
    this.#clock = clock
    this.#known = new RowCache(database.signals, 'known_person')
  }

  /** The person with the other name too, where it is known. */
  async whole(
    instanceId: InstanceId,
    person: PersonId,
    query: Query = this.#database.query,
  ): Promise<PersonId> {
    const { phone, lid } = person
    if (phone !== undefined && lid !== undefined) return person
    const pair =
      lid === undefined
        ? phone && (await this.#find(instanceId, 'phone', oneFormOf(phone), query))
        : await this.#find(instanceId, 'lid', lid, query)
    return pair ? { ...pair, ...withoutAbsent(person) } : person
  }

  /** The numbers of those that are known, by LID; many in few questions. */
  async phonesOf(
    instanceId: InstanceId,
    lids: readonly string[],
    query: Query = this.#database.query,
  ): Promise<ReadonlyMap<string, string>> {
    const phones = new Map<string, string>()
    for (let start = 0; start < lids.length; start += pairsAtOnce) {
      const rows = await query
        .selectFrom('known_person')
        .select(['phone', 'lid'])
        .where('instance_id', '=', instanceId)
        .where('lid', 'in', lids.slice(start, start + pairsAtOnce))
        .execute()
      for (const { phone, lid } of rows) phones.set(lid, phone)
    }
    return phones
  }

  /**
   * Keeps the pairs among them; those with one name alone are left out. A name that had another
   * partner loses it: numbers change hands. Safe to repeat.
   */
  async learn(
    instanceId: InstanceId,
    people: readonly PersonId[],
    transaction?: Transaction,
  ): Promise<void> {
    const pairs = new Map<string, Pair>()
    const told = new Map<string, PersonId>()
    const whole = people.filter(({ phone, lid }) => phone !== undefined && lid !== undefined)
    const knownPhone = await this.#knownPhones(instanceId, whole, transaction?.query)
    for (const { phone, lid } of whole)
      if (phone !== undefined && lid !== undefined) {
        const pair = { phone: oneFormOf(phone), lid }
        if ((await knownPhone(lid)) === pair.phone) continue
        pairs.set(pair.phone, pair)
        told.set(lid, { phone, lid })
      }
    const news = [...new Map([...pairs.values()].map((pair) => [pair.lid, pair])).values()]
    if (news.length === 0) return
    const store = async (within: Transaction): Promise<void> => {
      await this.#store(instanceId, news, within)
      const named = news.map((pair) => told.get(pair.lid) ?? pair)
      await this.#joined?.(instanceId, named, within)
    }
    if (transaction === undefined) await this.#database.transaction(store)
    else await store(transaction)
  }

  /** Forgets pairs that were learned a year ago; gives how many. The next look-up learns them again. */
  async purge(): Promise<number> {
    const before = this.#clock.now() - keepMs
    return inPortions((most) =>
      this.#database.transaction(async ({ query, changes }) => {
        const old = query
          .selectFrom('known_person')
          .select(['instance_id', 'lid'])
          .where('learned_at', '<=', before)
          .limit(most)
        const erased = await query
          .deleteFrom('known_person')
          .where((row) =>
            row(row.refTuple('instance_id', 'lid'), 'in', old.$asTuple('instance_id', 'lid')),
          )
          .returning('instance_id')
          .execute()
        for (const id of new Set(erased.map(({ instance_id }) => instance_id)))
          changes('known_person', id)
        return erased.length
      }),
    )
  }

  /** A message brings one pair, which is cached. A group or a history brings thousands at once. */
  async #knownPhones(
    instanceId: InstanceId,
    people: readonly PersonId[],
    query: Query | undefined,
  ): Promise<(lid: string) => string | undefined | Promise<string | undefined>> {
    if (people.length < fewPeople)
      return async (lid) => (await this.#find(instanceId, 'lid', lid, query))?.phone
    const lids = people.flatMap(({ lid }) => lid ?? [])
    const phones = await this.phonesOf(instanceId, lids, query)
    return (lid) => phones.get(lid)
  }

  #find(
    instanceId: InstanceId,
    by: 'phone' | 'lid',
    name: string,
    query: Query = this.#database.query,
  ): Promise<Pair | undefined> {
    return this.#known.get(instanceId, `${by} ${name}`, () =>
      query
        .selectFrom('known_person')
        .select(['phone', 'lid'])
        .where('instance_id', '=', instanceId)
        .where(by, '=', name)
        .orderBy('learned_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    )
  }

  async #store(
    instanceId: InstanceId,
    news: readonly Pair[],
    { query, changes }: Transaction,
  ): Promise<void> {
    changes('known_person', instanceId)
    for (let start = 0; start < news.length; start += pairsAtOnce) {
      const some = news.slice(start, start + pairsAtOnce)
      const phones = some.map(({ phone }) => phone)
      await query
        .deleteFrom('known_person')
        .where('instance_id', '=', instanceId)
        .where('phone', 'in', phones)
        .execute()
      const learned_at = this.#clock.now()
      await query
        .insertInto('known_person')
        .values(some.map((pair) => ({ instance_id: instanceId, ...pair, learned_at })))
        .onConflict((conflict) =>
          conflict.columns(['instance_id', 'lid']).doUpdateSet((row) => ({
            phone: row.ref('excluded.phone'),
            learned_at,
          })),
        )
        .execute()
    }
  }
}

function withoutAbsent({ phone, lid }: PersonId): PersonId {
  return { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) }
}
