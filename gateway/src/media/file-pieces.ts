/** Where the pieces of a file are: in a file beside SQLite, or in rows of PostgreSQL. Both are sealed. */

import { type FileHandle, open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../db/database.js'

export interface FilePieces {
  append(id: string, piece: number, sealed: Uint8Array): Promise<void>
  /** What was appended survives a power failure. */
  sync(id: string): Promise<void>
  /** `undefined` after the last. */
  read(id: string, piece: number): Promise<Uint8Array | undefined>
  /** Nothing happens where there is none. */
  remove(id: string): Promise<void>
  /** Those that were made before this moment. */
  idsBefore(moment: number): Promise<readonly string[]>
}

export class PiecesInRows implements FilePieces {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async append(id: string, piece: number, sealed: Uint8Array): Promise<void> {
    await this.#database.query
      .insertInto('outgoing_file_piece')
      .values({ file_id: id, piece, piece_sealed: sealed })
      .execute()
  }

  /** Each row is its own commit. */
  async sync(): Promise<void> {}

  async read(id: string, piece: number): Promise<Uint8Array | undefined> {
    const row = await this.#database.query
      .selectFrom('outgoing_file_piece')
      .select('piece_sealed')
      .where('file_id', '=', id)
      .where('piece', '=', piece)
      .executeTakeFirst()
    return row?.piece_sealed
  }

  async remove(id: string): Promise<void> {
    await this.#database.query.deleteFrom('outgoing_file_piece').where('file_id', '=', id).execute()
  }

  /** None is without its row in `outgoing_file`. */
  async idsBefore(): Promise<readonly string[]> {
    return []
  }
}

const prefix = 'outgoing-file-'
const lengthBytes = 4

/** Each piece after its length. */
export class PiecesInFiles implements FilePieces {
  readonly #folder: string
  /** Of the files that are read piece by piece: where the next piece begins. */
  readonly #places = new Map<string, { piece: number; at: number }>()

  constructor(folder: string) {
    this.#folder = folder
  }

  append(id: string, _piece: number, sealed: Uint8Array): Promise<void> {
    const length = Buffer.alloc(lengthBytes)
    length.writeUInt32BE(sealed.length)
    return this.#with(id, 'a', async (handle) => {
      await handle.appendFile(Buffer.concat([length, sealed]))
    })
  }

  async sync(id: string): Promise<void> {
    await this.#with(id, 'a', (handle) => handle.sync())
    // The name of a new file is in its folder.
    const folder = await open(this.#folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  /** In order. */
  read(id: string, piece: number): Promise<Uint8Array | undefined> {
    return this.#with(id, 'r', async (handle) => {
      let { piece: next, at } = this.#places.get(id) ?? { piece: 0, at: 0 }
      if (next !== piece) [next, at] = [0, 0]
      for (;;) {
        const head = await readWhole(handle, at, lengthBytes)
        if (head === undefined) return void this.#places.delete(id)
        const length = head.readUInt32BE(0)
        if (next < piece) {
          next += 1
          at += lengthBytes + length
          continue
        }
        this.#places.set(id, { piece: piece + 1, at: at + lengthBytes + length })
        return readWhole(handle, at + lengthBytes, length)
      }
    })
  }

  async remove(id: string): Promise<void> {
    this.#places.delete(id)
    await unlink(this.#pathOf(id)).catch((cause: unknown) => {
      if (!isMissing(cause)) throw cause
    })
  }

  async idsBefore(moment: number): Promise<readonly string[]> {
    const ids: string[] = []
    for (const name of await readdir(this.#folder)) {
      if (!name.startsWith(prefix)) continue
      const made = await stat(join(this.#folder, name)).catch(() => undefined)
      if (made !== undefined && made.mtimeMs < moment) ids.push(name.slice(prefix.length))
    }
    return ids
  }

  #pathOf(id: string): string {
    return join(this.#folder, prefix + id)
  }

  async #with<T>(id: string, flags: string, act: (handle: FileHandle) => Promise<T>): Promise<T> {
    const handle = await open(this.#pathOf(id), flags, 0o600)
    try {
      return await act(handle)
    } finally {
      await handle.close()
    }
  }
}

/** `undefined` where the file ends before. */
async function readWhole(
  handle: FileHandle,
  at: number,
  length: number,
): Promise<Buffer | undefined> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await handle.read(bytes, 0, length, at)
  return bytesRead === length ? bytes : undefined
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && Reflect.get(cause, 'code') === 'ENOENT'
}
