/**
 * Files in base64 that are too large for the row of their message: stored while their call arrives,
 * read when the message is sent, removed when it is done.
 */

import { createHash, type Hash, randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { MediaError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message-id.js'
import { nameStoredFile } from '../domain/stored-file.js'
import type { Clock } from '../runtime/clock.js'
import { type FilePieces, PiecesInFiles, PiecesInRows } from './file-pieces.js'

export interface OutgoingFilesOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  /** Where SQLite lies. */
  readonly folder: string
  /** Throws where the disk has no room; no limit unless given. */
  readonly disk?: { check(bytes: number): void } | undefined
}

const pieceBytes = 262_144
/** A call whose file is older has been answered. */
const abandonedMs = 600_000

export class OutgoingFiles {
  readonly #options: OutgoingFilesOptions
  readonly #pieces: FilePieces

  constructor(options: OutgoingFilesOptions) {
    this.#options = options
    this.#pieces =
      options.database.dialect === 'sqlite'
        ? new PiecesInFiles(options.folder)
        : new PiecesInRows(options.database)
  }

  /** Throws `DiskNearlyFullError`. */
  open(instanceId: InstanceId): OutgoingFileWriter {
    this.#options.disk?.check(pieceBytes)
    return new OutgoingFileWriter(instanceId, this.#options, this.#pieces)
  }

  /** They belong to this message from now on. In the transaction that stores it. Throws `MediaError` where one is not there. */
  async attach(
    ids: readonly string[],
    instanceId: InstanceId,
    messageId: MessageId,
    { query }: Transaction,
  ): Promise<void> {
    const { numUpdatedRows } = await query
      .updateTable('outgoing_file')
      .set({ message_id: messageId })
      .where('id', 'in', ids)
      .where('instance_id', '=', instanceId)
      .where('message_id', 'is', null)
      .executeTakeFirstOrThrow()
    if (Number(numUpdatedRows) < ids.length)
      throw new MediaError('The file is not stored any more. Send it again.')
  }

  /** The pool is about to be deleted: its files belong to the instances that send them. In the same transaction. */
  async leavePool(poolId: InstanceId, { dialect, query }: Transaction): Promise<void> {
    // What is being accepted for the pool attaches its files first, or fails. SQLite's transactions run one by one.
    if (dialect === 'postgres')
      await query.selectFrom('instance').select('id').where('id', '=', poolId).forUpdate().execute()
    const files = await query
      .selectFrom('outgoing_file')
      .innerJoin('message', 'message.id', 'outgoing_file.message_id')
      .select(['outgoing_file.id', 'message.instance_id'])
      .where('outgoing_file.instance_id', '=', poolId)
      .execute()
    for (const { id, instance_id } of files)
      await query.updateTable('outgoing_file').set({ instance_id }).where('id', '=', id).execute()
  }

  /** The stored base64 in order. Throws `MediaError` where it is gone. */
  async *read(id: string): AsyncGenerator<Uint8Array> {
    for (let piece = 0; ; piece += 1) {
      const sealed = await this.#read(id, piece)
      if (sealed === undefined) return
      yield this.#options.vault.open(sealed, contextOf(id, piece))
    }
  }

  async #read(id: string, piece: number): Promise<Uint8Array | undefined> {
    try {
      const sealed = await this.#pieces.read(id, piece)
      if (sealed !== undefined || piece > 0) return sealed
    } catch (cause) {
      if (!(cause instanceof Error) || Reflect.get(cause, 'code') !== 'ENOENT') throw cause
    }
    throw new MediaError('The image is not stored any more. Send it again.')
  }

  /** Removes the files of messages that are done and of calls that were refused. Gives how many. */
  async purge(): Promise<number> {
    const { database, clock } = this.#options
    const { query } = database
    const abandonedBefore = clock.now() - abandonedMs
    const dead = await query
      .selectFrom('outgoing_file')
      .leftJoin('message', 'message.id', 'outgoing_file.message_id')
      .select('outgoing_file.id')
      .where('message.content_sealed', 'is', null)
      .where((eb) =>
        eb.or([
          eb('outgoing_file.message_id', 'is not', null),
          eb('outgoing_file.created_at', '<', abandonedBefore),
        ]),
      )
      .execute()
    for (const { id } of dead) await this.#remove(id)
    for (const id of await this.#pieces.idsBefore(abandonedBefore))
      if (!(await this.#isKnown(id))) await this.#pieces.remove(id)
    return dead.length
  }

  async #isKnown(id: string): Promise<boolean> {
    const row = await this.#options.database.query
      .selectFrom('outgoing_file')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst()
    return row !== undefined
  }

  async #remove(id: string): Promise<void> {
    await this.#pieces.remove(id)
    await this.#options.database.query.deleteFrom('outgoing_file').where('id', '=', id).execute()
  }
}

const contextOf = (id: string, piece: number) => JSON.stringify(['outgoing_file', id, piece])

/** Implements `IncomingFile` of the server. */
export class OutgoingFileWriter {
  readonly #instanceId: InstanceId
  readonly #options: OutgoingFilesOptions
  readonly #pieces: FilePieces
  readonly #id = randomBytes(16).toString('hex')
  readonly #hash: Hash = createHash('sha256')
  #parts: Buffer[] = []
  #partsBytes = 0
  #count = 0
  #length = 0
  #padding = 0
  #written: Promise<void>
  pendingBytes = 0

  constructor(instanceId: InstanceId, options: OutgoingFilesOptions, pieces: FilePieces) {
    this.#instanceId = instanceId
    this.#options = options
    this.#pieces = pieces
    this.#written = this.#enter()
    // Awaited by `stored` and `end`.
    this.#written.catch(() => undefined)
  }

  /** Throws `MediaError` where something follows the end of the base64. */
  push(chunk: Buffer): void {
    const end = chunk.indexOf('=')
    const padding = end === -1 ? 0 : chunk.length - end
    const isAfterEnd = this.#padding > 0 && padding < chunk.length
    const isPadding = chunk.subarray(chunk.length - padding).every((byte) => byte === 0x3d)
    if (isAfterEnd || !isPadding || this.#padding + padding > 2)
      throw new MediaError('The file is not valid base64. Send base64, or a URL.')
    this.#padding += padding
    this.#hash.update(chunk)
    this.#length += chunk.length
    this.pendingBytes += chunk.length
    this.#parts.push(chunk)
    this.#partsBytes += chunk.length
    if (this.#partsBytes >= pieceBytes) this.#write()
  }

  stored(): Promise<void> {
    return this.#written
  }

  async end(): Promise<string> {
    if (this.#partsBytes > 0) this.#write()
    await this.#written
    await this.#pieces.sync(this.#id)
    const sha256 = this.#hash.digest('hex')
    return nameStoredFile({
      id: this.#id,
      length: this.#length,
      padding: this.#padding,
      sha256,
    })
  }

  /** What it leaves behind is purged later. */
  async discard(): Promise<void> {
    await this.#written.catch(() => undefined)
    await this.#pieces.remove(this.#id).catch(() => undefined)
  }

  async #enter(): Promise<void> {
    const { database, clock } = this.#options
    await database.query
      .insertInto('outgoing_file')
      .values({
        id: this.#id,
        instance_id: this.#instanceId,
        message_id: null,
        created_at: clock.now(),
      })
      .execute()
  }

  #write(): void {
    const plain = Buffer.concat(this.#parts)
    const piece = this.#count
    this.#count += 1
    this.#parts = []
    this.#partsBytes = 0
    this.#written = this.#append(plain, piece, this.#written)
    this.#written.catch(() => undefined)
  }
  async #append(plain: Buffer, piece: number, before: Promise<void>): Promise<void> {
    await before
    const sealed = this.#options.vault.seal(plain, contextOf(this.#id, piece))
    await this.#pieces.append(this.#id, piece, sealed)
    this.pendingBytes -= plain.length
  }
}
