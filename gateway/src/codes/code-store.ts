/** The table `pending_code`: the last code of each person, as a keyed hash. */

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { oneFormOf } from '../domain/phone-forms.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import type { PendingCode } from './pending-code.js'

/** Somebody whom codes are sent to: a person, or a person known by LID. */
export type Addressee =
  | { readonly kind: 'person'; readonly phone: string }
  | { readonly kind: 'lid'; readonly lid: string }

/** Whose code it is. */
export interface CodePlace {
  readonly instanceId: InstanceId
  readonly addressee: Addressee
}

export interface StartedCode {
  readonly messageId: MessageId
  readonly code: string
  readonly expiresAt: EpochMs
  readonly nextStartAt: EpochMs
}

/** What a check found. */
export interface TriedCode extends PendingCode {
  readonly isRight: boolean
}

export class CodeStore {
  readonly #personSecret: Uint8Array
  readonly #codeSecret: Uint8Array

  constructor(vault: Vault) {
    this.#personSecret = vault.deriveSecret('codes/person')
    this.#codeSecret = vault.deriveSecret('codes/code')
  }

  /** The moment from which on this person may be sent the next code; `undefined` if nothing is known of one. */
  async nextStartAt(place: CodePlace, { query }: Transaction): Promise<EpochMs | undefined> {
    const row = await query
      .selectFrom('pending_code')
      .select('next_start_at')
      .where('instance_id', '=', place.instanceId)
      .where('person_hash', '=', this.#person(place))
      .executeTakeFirst()
    return row?.next_start_at
  }

  /** In place of the one before. Two starts at once have to be kept apart by the caller. */
  async put(place: CodePlace, started: StartedCode, { query }: Transaction): Promise<void> {
    const { messageId, code, expiresAt, nextStartAt } = started
    const values = {
      message_id: messageId,
      code_hash: this.#hash(place, messageId, code).toString('base64url'),
      tries: 0,
      expires_at: expiresAt,
      next_start_at: nextStartAt,
      used_at: null,
      keep_until: Math.max(expiresAt, nextStartAt),
    }
    const key = { instance_id: place.instanceId, person_hash: this.#person(place) }
    await query
      .insertInto('pending_code')
      .values({ ...key, ...values })
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'person_hash']).doUpdateSet(values),
      )
      .execute()
  }

  /**
   * Counts a try at the person's code and compares. `tries` are those before
   * this one. The update holds the row (PostgreSQL), so of two checks at once
   * the second sees what the first one made of it.
   */
  async try(
    place: CodePlace,
    code: string,
    { query }: Transaction,
  ): Promise<TriedCode | undefined> {
    const row = await query
      .updateTable('pending_code')
      .set((each) => ({ tries: each('tries', '+', 1) }))
      .where('instance_id', '=', place.instanceId)
      .where('person_hash', '=', this.#person(place))
      .returning(['message_id', 'code_hash', 'tries', 'expires_at', 'used_at'])
      .executeTakeFirst()
    const given = this.#hash(place, row?.message_id ?? '', code)
    const made = Buffer.from(row?.code_hash ?? '', 'base64url')
    const isRight = timingSafeEqual(given, made.length === given.length ? made : noHash)
    if (row === undefined) return undefined
    return {
      isRight,
      tries: row.tries - 1,
      expiresAt: row.expires_at,
      usedAt: row.used_at ?? undefined,
    }
  }

  async markUsed(place: CodePlace, at: EpochMs, { query }: Transaction): Promise<void> {
    await query
      .updateTable('pending_code')
      .set({ used_at: at })
      .where('instance_id', '=', place.instanceId)
      .where('person_hash', '=', this.#person(place))
      .execute()
  }

  /** Gives how many there were. */
  async purge(query: Database['query'], now: EpochMs): Promise<number> {
    const { numDeletedRows } = await query
      .deleteFrom('pending_code')
      .where('keep_until', '<=', now)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }

  /** Every form of a number is the same person. */
  #person({ instanceId, addressee }: CodePlace): string {
    const name =
      addressee.kind === 'lid' ? `lid:${addressee.lid}` : `phone:${oneFormOf(addressee.phone)}`
    return createHmac('sha256', this.#personSecret)
      .update(`${instanceId}/${name}`)
      .digest('base64url')
  }

  /** Bound to its message and person: a hash that is copied to another row opens nothing. */
  #hash(place: CodePlace, messageId: string, code: string): Buffer {
    return createHmac('sha256', this.#codeSecret)
      .update(JSON.stringify([place.instanceId, this.#person(place), messageId, code]))
      .digest()
  }
}

/** HMACs of 32 zeros do not happen, so this one equals no given code. */
const noHash = Buffer.alloc(32)
