/** What WhatsApp said about numbers, so that it is not asked before every send. */

import { sql } from 'kysely'
import type { Database } from '../db/database.js'
import { eraseRows } from '../db/erase-rows.js'
import { prepared } from '../db/prepared.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

export interface Registration {
  /** As WhatsApp has the number; `undefined` when it is not on WhatsApp. */
  readonly registeredPhone: string | undefined
  /** How old the answer is, is for the asker to judge. */
  readonly checkedAt: EpochMs
}

/** No answer is trusted for so long; an older one only tells to whom a message was sent. */
const keepMs = 30 * 24 * 60 * 60 * 1_000

const findOne = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly phone: string }) =>
    query
      .selectFrom('registration')
      .select(['registered_phone', 'checked_at'])
      .where('instance_id', '=', given.instanceId)
      .where('phone', '=', given.phone),
)

export class RegistrationStore {
  readonly #database: Database
  readonly #clock: Clock

  constructor({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
    this.#database = database
    this.#clock = clock
  }

  /** `phone` as the caller wrote it. `undefined` when WhatsApp was never asked. */
  async find(instanceId: InstanceId, phone: string): Promise<Registration | undefined> {
    const {
      rows: [row],
    } = await findOne(this.#database.query, { instanceId, phone })
    if (row === undefined) return undefined
    return { registeredPhone: row.registered_phone ?? undefined, checkedAt: row.checked_at }
  }

  /** What WhatsApp was never asked is missing in the answer. Of at most some thousand numbers. */
  async findAll(
    instanceId: InstanceId,
    phones: readonly string[],
  ): Promise<ReadonlyMap<string, Registration>> {
    if (phones.length === 0) return new Map()
    const rows = await this.#database.query
      .selectFrom('registration')
      .select(['phone', 'registered_phone', 'checked_at'])
      .where('instance_id', '=', instanceId)
      .where('phone', 'in', phones)
      .execute()
    return new Map(
      rows.map(({ phone, registered_phone, checked_at }) => [
        phone,
        { registeredPhone: registered_phone ?? undefined, checkedAt: checked_at },
      ]),
    )
  }

  /** Replaces what was known of the numbers, in one write. */
  async rememberAll(
    instanceId: InstanceId,
    answers: readonly { readonly asked: string; readonly phone?: string | undefined }[],
  ): Promise<void> {
    if (answers.length === 0) return
    const checked_at = this.#clock.now()
    await this.#database.query
      .insertInto('registration')
      .values(
        answers.map(({ asked, phone }) => ({
          instance_id: instanceId,
          phone: asked,
          registered_phone: phone ?? null,
          checked_at,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'phone']).doUpdateSet((row) => ({
          registered_phone: row.ref('excluded.registered_phone'),
          checked_at: row.ref('excluded.checked_at'),
        })),
      )
      .execute()
  }

  /** Replaces what was known of the number. */
  async remember(
    instanceId: InstanceId,
    phone: string,
    registeredPhone: string | undefined,
  ): Promise<void> {
    const answer = { registered_phone: registeredPhone ?? null, checked_at: this.#clock.now() }
    await this.#database.query
      .insertInto('registration')
      .values({ instance_id: instanceId, phone, ...answer })
      .onConflict((conflict) => conflict.columns(['instance_id', 'phone']).doUpdateSet(answer))
      .execute()
  }
  /** Forgets answers that are a month old. Call it from time to time; gives how many there were. */
  async purge(): Promise<number> {
    const before = this.#clock.now() - keepMs
    return eraseRows(this.#database.query, 'registration', sql`checked_at <= ${before}`)
  }
}
