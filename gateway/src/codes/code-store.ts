/** The table `pending_code`: the last code of each person, as a keyed hash. */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import { oneFormOf } from '../domain/phone-forms.js'
import type { PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import type { PendingCode } from './pending-code.js'

/** The recipient of codes: a person by number, or by LID. */
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

/** Which number and which LID are the same person. */
export interface PeoplePort {
  /** The person with the other name too, where it is known. */
  whole(instanceId: InstanceId, person: PersonId, query: Transaction['query']): Promise<PersonId>
}

export class CodeStore {
  readonly #personSecret: Uint8Array
  readonly #codeSecret: Uint8Array
  readonly #people: PeoplePort

  constructor({ vault, people }: { readonly vault: Vault; readonly people: PeoplePort }) {
    this.#personSecret = vault.deriveSecret('codes/person')
    this.#codeSecret = vault.deriveSecret('codes/code')
    this.#people = people
  }

  /** The moment from which on this person may be sent the next code; `undefined` if nothing is known of one. */
  async nextStartAt(place: CodePlace, { query }: Transaction): Promise<EpochMs | undefined> {
    const row = await query
      .selectFrom('pending_code')
      .select(({ fn }) => fn.max('next_start_at').as('at'))
      .where('instance_id', '=', place.instanceId)
      .where('person_hash', 'in', await this.#names(place, query))
      .executeTakeFirst()
    return row?.at ?? undefined
  }

  /** In place of the ones before. Two starts at once have to be kept apart by the caller. */
  async put(place: CodePlace, started: StartedCode, { query }: Transaction): Promise<void> {
    const { messageId, code, expiresAt, nextStartAt } = started
    const names = await this.#names(place, query)
    await query
      .deleteFrom('pending_code')
      .where('instance_id', '=', place.instanceId)
      .where('person_hash', 'in', names)
      .execute()
    const [name] = names
    await query
      .insertInto('pending_code')
      .values({
        instance_id: place.instanceId,
        person_hash: name,
        message_id: messageId,
        code_hash: this.#hash(place.instanceId, name, messageId, code).toString('base64url'),
        tries: 0,
        expires_at: expiresAt,
        next_start_at: nextStartAt,
        used_at: null,
        keep_until: Math.max(expiresAt, nextStartAt),
      })
      .execute()
  }

  /**
   * Counts a try at the person's last code and compares. `tries` are those before
   * this one. The update holds the row (PostgreSQL), so of two checks at once
   * the second sees what the first one made of it.
   *
   * There are two codes where they were asked for by number and by LID before it was known that
   * both are one person: the later one counts, and a try counts against both.
   */
  async try(
    place: CodePlace,
    code: string,
    { query }: Transaction,
  ): Promise<TriedCode | undefined> {
    const { instanceId } = place
    const names = await this.#names(place, query)
    const rows = await query
      .updateTable('pending_code')
      .set((each) => ({ tries: each('tries', '+', 1) }))
      .where('instance_id', '=', instanceId)
      .where('person_hash', 'in', names)
      .returning(['person_hash', 'message_id', 'code_hash', 'tries', 'expires_at', 'used_at'])
      .execute()
    // The ids of messages begin with their time.
    const [row] = rows.toSorted((one, other) => (one.message_id > other.message_id ? -1 : 1))
    const name = row?.person_hash ?? names[0]
    const given = this.#hash(instanceId, name, row?.message_id ?? '', code)
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
      .where('person_hash', 'in', await this.#names(place, query))
      .execute()
  }

  /** Gives how many there were. */
  async purge(query: Database['query'], now: EpochMs): Promise<number> {
    return eraseRows(query, 'pending_code', sql`keep_until <= ${now}`)
  }

  /** Under each name that is known of the person. Every form of a number is the same name. */
  async #names(
    { instanceId, addressee }: CodePlace,
    query: Transaction['query'],
  ): Promise<readonly [string, ...string[]]> {
    const given = addressee.kind === 'lid' ? { lid: addressee.lid } : { phone: addressee.phone }
    const { phone, lid } = await this.#people.whole(instanceId, given, query)
    const [first = '', ...others] = [
      ...(phone === undefined ? [] : [`phone:${oneFormOf(phone)}`]),
      ...(lid === undefined ? [] : [`lid:${lid}`]),
    ].map((name) =>
      createHmac('sha256', this.#personSecret).update(`${instanceId}/${name}`).digest('base64url'),
    )
    return [first, ...others]
  }

  /** Bound to its message and person: a hash that is copied to another row opens nothing. */
  #hash(instanceId: InstanceId, personHash: string, messageId: string, code: string): Buffer {
    return createHmac('sha256', this.#codeSecret)
      .update(JSON.stringify([instanceId, personHash, messageId, code]))
      .digest()
  }
}

/** HMACs of 32 zeros do not happen, so this one equals no given code. */
const noHash = Buffer.alloc(32)
