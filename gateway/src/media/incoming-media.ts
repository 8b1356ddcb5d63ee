/**
 * The files of incoming messages: where they lie with WhatsApp, and how they
 * come from there on request.
 *
 * Recado keeps no copy. What it keeps is the key, sealed, under the hash of an
 * id that cannot be guessed: the link gives the file, and the database
 * gives neither.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import { Ends, type Retention } from '../db/retention.js'
import { MediaGoneError, NotConnectedError } from '../domain/errors.js'
import { chatKey } from '../domain/chat.js'
import type { MediaId, MediaReference } from '../domain/incoming-content.js'
import type { KeptMessage } from '../domain/kept-message.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import { hashToken } from '../runtime/token-hash.js'
import { readReference, writeReference } from './media-reference.js'

export interface IncomingMediaOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly source: MediaSource
  /** How long a link lasts. WhatsApp itself deletes files after about 30 days; the phone may have them longer. */
  readonly retention: Retention
  /**
   * Has a file uploaded once more, and gives the path where it lies then. Throws `MediaGoneError`,
   * or `NotConnectedError`. None can unless it is given.
   */
  readonly askAgain?:
    | ((instanceId: InstanceId, reference: MediaReference) => Promise<string>)
    | undefined
}

/** Fetches a file from WhatsApp. */
export interface MediaSource {
  /**
   * The bytes of the file, in order, as they come. Throws `MediaGoneError` when
   * WhatsApp has it no more, else `MediaUnavailableError`: trying again is
   * safe. Reading on throws when the bytes turn out to be others than the
   * message said; what was read until then must not be taken for the file.
   */
  open(
    instanceId: InstanceId,
    reference: MediaReference,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>>
}

export interface OpenedMedia {
  readonly mimeType: string
  readonly fileName?: string | undefined
  readonly byteLength?: number | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

export class IncomingMedia {
  readonly #options: IncomingMediaOptions
  readonly #ends: Ends

  constructor(options: IncomingMediaOptions) {
    this.#options = options
    this.#ends = new Ends(options.retention)
  }

  /** In the transaction that stores the event which names them. */
  async keep(
    instanceId: InstanceId,
    references: readonly MediaReference[],
    { query }: Transaction,
  ): Promise<void> {
    if (references.length === 0) return
    const rows = references.map((reference) => this.#rowOf(instanceId, reference))
    await query.insertInto('incoming_media').values(rows).execute()
  }

  /** The id of a file of a message that is kept: the same each time, and not to be guessed. */
  idOf(
    instanceId: InstanceId,
    { whatsappId, chat }: Pick<KeptMessage, 'whatsappId' | 'chat'>,
    place: number,
  ): MediaId {
    const context = JSON.stringify(['kept_media', instanceId, chatKey(chat), whatsappId, place])
    const secret = this.#options.vault.deriveSecret(context)
    // As long as those of `newMediaId`.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return Buffer.from(secret.subarray(0, 24)).toString('base64url') as MediaId
  }

  /** As `keep`, of files that may have been kept before: those stay as they are. */
  async offer(instanceId: InstanceId, references: readonly MediaReference[]): Promise<void> {
    if (references.length === 0) return
    await this.#options.database.query
      .insertInto('incoming_media')
      .values(references.map((reference) => this.#rowOf(instanceId, reference)))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /**
   * `undefined` for an id that was never given out, or whose time is over. Throws as `MediaSource.open`.
   * Of a file that WhatsApp has no more it may take some seconds.
   */
  async open(id: string, signal: AbortSignal): Promise<OpenedMedia | undefined> {
    const { database, vault, clock, retention } = this.#options
    const row = await database.query
      .selectFrom('incoming_media')
      .select(['id_hash', 'instance_id', 'reference_sealed', 'created_at'])
      .where('id_hash', '=', hashToken(id))
      .executeTakeFirst()
    if (row === undefined) return undefined
    const keepMs = await retention.keepMs(row.instance_id)
    if (row.created_at <= clock.now() - keepMs) return undefined
    const plain = vault.open(row.reference_sealed, contextOf(row.id_hash))
    const reference = readReference(id, plain)
    const { mimeType, fileName, byteLength } = reference
    const bytes = await this.#openAnyhow(reference, row.instance_id, signal)
    return { mimeType, fileName, byteLength, bytes }
  }

  /** Whose file it is. Undefined for an unknown id. */
  async instanceOf(id: string): Promise<InstanceId | undefined> {
    const row = await this.#options.database.query
      .selectFrom('incoming_media')
      .select('instance_id')
      .where('id_hash', '=', hashToken(id))
      .executeTakeFirst()
    return row?.instance_id
  }

  #rowOf(instanceId: InstanceId, reference: MediaReference) {
    const { vault, clock } = this.#options
    const id_hash = hashToken(reference.id)
    const reference_sealed = vault.seal(writeReference(reference), contextOf(id_hash))
    return { id_hash, instance_id: instanceId, reference_sealed, created_at: clock.now() }
  }

  async #openAnyhow(
    reference: MediaReference,
    instanceId: InstanceId,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { source, askAgain } = this.#options
    try {
      return await source.open(instanceId, reference, signal)
    } catch (cause) {
      if (!(cause instanceof MediaGoneError) || askAgain === undefined) throw cause
      const path = await askAgain(instanceId, reference).catch((reason: unknown) => {
        if (!(reason instanceof NotConnectedError)) throw reason
        throw new MediaGoneError(
          'WhatsApp does not have this file any more. While the instance is connected its phone is asked for it.',
          { cause },
        )
      })
      const moved = { ...reference, path }
      await this.#move(moved)
      return source.open(instanceId, moved, signal)
    }
  }

  async #move(reference: MediaReference): Promise<void> {
    const { database, vault } = this.#options
    const id_hash = hashToken(reference.id)
    const reference_sealed = vault.seal(writeReference(reference), contextOf(id_hash))
    await database.query
      .updateTable('incoming_media')
      .set({ reference_sealed })
      .where('id_hash', '=', id_hash)
      .execute()
  }

  /** Erases what is too old to be fetched. Gives how many there were. */
  async purge(): Promise<number> {
    const { database, clock } = this.#options
    let erased = 0
    for (const isOver of await this.#ends.at(clock.now(), 'created_at'))
      erased += await eraseRows(database.query, 'incoming_media', isOver)
    return erased
  }
}

const contextOf = (idHash: string) => JSON.stringify(['incoming_media', idHash])
