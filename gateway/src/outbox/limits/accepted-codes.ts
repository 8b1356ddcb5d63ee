/** The table `accepted_code`: who was sent how many login codes, of the last day. */

import { sql } from 'kysely'
import type { Database, Transaction } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import { eraseRows } from '../../db/erase-rows.js'
import { TooManyCodesError } from '../../domain/errors.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { Clock } from '../../runtime/clock.js'
import { type CodeLimits, dayMs, longestWindowMs, waitForNextCodeMs } from './code-limits.js'
import { isLoginCode } from '../queue/expiry.js'
import { type PeoplePort, personIn } from './people.js'
import { PersonHash } from './person-hash.js'

export interface AcceptedCodesOptions {
  readonly vault: Vault
  readonly limits: CodeLimits
  readonly people: PeoplePort
}

export class AcceptedCodes {
  readonly #limits: CodeLimits
  readonly #people: PersonHash

  constructor(options: AcceptedCodesOptions) {
    this.#limits = options.limits
    this.#people = new PersonHash(options)
  }

  /** Whether this message is one that is counted. */
  concern({ content }: Pick<OutgoingMessage, 'content'>): boolean {
    return longestWindowMs(this.#limits) > 0 && isLoginCode(content)
  }

  /**
   * Counts a message that concerns them, or throws `TooManyCodesError`. The
   * instance must be held: of two at once the second has to see the first.
   */
  async count(
    { instanceId, recipient, acceptedAt }: OutgoingMessage,
    { query }: Transaction,
  ): Promise<void> {
    const person = personIn(recipient)
    // A message in a group is no login code.
    if (person === undefined) return
    const names = await this.#people.of(instanceId, person, query)
    const [name] = names
    if (name === undefined) return
    const rows = await query
      .selectFrom('accepted_code')
      .select('accepted_at')
      .where('instance_id', '=', instanceId)
      .where('person_hash', 'in', names)
      .where('accepted_at', '>', acceptedAt - longestWindowMs(this.#limits))
      .execute()
    const earlier = rows.map((row) => row.accepted_at)
    const waitMs = waitForNextCodeMs(earlier, acceptedAt, this.#limits)
    if (waitMs > 0) throw new TooManyCodesError(Math.ceil(waitMs / 1_000))
    await query
      .insertInto('accepted_code')
      .values({ instance_id: instanceId, person_hash: name, accepted_at: acceptedAt })
      .execute()
  }
}

/** Forgets the codes that count no more. */
export class OldCodes {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>

  constructor(options: { readonly database: Database; readonly clock: Pick<Clock, 'now'> }) {
    this.#database = options.database
    this.#clock = options.clock
  }

  /** Call it from time to time; gives how many there were. */
  async purge(): Promise<number> {
    const before = this.#clock.now() - dayMs
    return eraseRows(this.#database.query, 'accepted_code', sql`accepted_at <= ${before}`)
  }
}
