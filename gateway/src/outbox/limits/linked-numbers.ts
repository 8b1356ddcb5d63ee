/**
 * The table `linked_number`: since when an instance has the number that it has.
 *
 * A new number that takes the place of a banned one must not be taken for a number that is used to
 * sending.
 */

import type { Database, Transaction } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { PersonHash } from './person-hash.js'
import type { PeoplePort } from './people.js'
import type { Vault } from '../../db/encryption.js'

export interface LinkedNumbersOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly people: PeoplePort
  /** The number that the instance is linked to; `undefined` while it is not known. */
  readonly ownPhone: (instanceId: InstanceId) => string | undefined
}

export class LinkedNumbers {
  readonly #options: LinkedNumbersOptions
  readonly #hashes: PersonHash
  /** What is known to be stored. */
  readonly #stored = new Map<InstanceId, string>()

  constructor(options: LinkedNumbersOptions) {
    this.#options = options
    this.#hashes = new PersonHash(options)
  }

  /** Writes down which number the instance has now, and gives whether it may be another one. Safe to repeat. */
  async note(instanceId: InstanceId): Promise<boolean> {
    const { database, clock, ownPhone } = this.#options
    const phone = ownPhone(instanceId)
    if (phone === undefined) return false
    const own = this.#hashes.ofPhone(instanceId, phone)
    if (this.#stored.get(instanceId) === own) return false
    await database.transaction(async ({ query }) => {
      const row = await this.#find(instanceId, query)
      if (row?.phone_hash === own) return
      // Of the first number that is noted, the messages of earlier versions count.
      const values = { phone_hash: own, since: row === undefined ? 0 : clock.now() }
      await query
        .insertInto('linked_number')
        .values({ instance_id: instanceId, ...values })
        .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(values))
        .execute()
    })
    this.#stored.set(instanceId, own)
    return true
  }

  /** Since when its messages count for the number that the instance has; 0 for all of them. */
  async since(
    instanceId: InstanceId,
    query: Transaction['query'] | Database['query'],
  ): Promise<EpochMs> {
    return (await this.#find(instanceId, query))?.since ?? 0
  }

  #find(instanceId: InstanceId, query: Transaction['query'] | Database['query']) {
    return query
      .selectFrom('linked_number')
      .select(['phone_hash', 'since'])
      .where('instance_id', '=', instanceId)
      .executeTakeFirst()
  }
}
