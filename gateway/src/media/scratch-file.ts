/**
 * A file on the disk that only this process can read, and that is gone with it: it has no name, and
 * the key that seals it is in memory alone.
 *
 * Content in pieces of 64 KiB, each under AES-256-GCM with its place as nonce, so that any part can
 * be read without the rest.
 */

import { createCipheriv, createDecipheriv, createHash, randomBytes, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { LargeFile } from '../domain/content/files.js'

const pieceBytes = 65_536
const tagBytes = 16
const nonceBytes = 12

export class ScratchFile implements LargeFile {
  readonly #handle: FileHandle
  readonly #key = randomBytes(32)
  readonly #hash: Hash = createHash('sha256')
  #sha256 = ''
  #pieces = 0
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #bytes = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** An empty one on the disk of that folder, which is made if need be. */
  static async create(folder: string): Promise<ScratchFile> {
    return new ScratchFile(await openNameless(folder))
  }

  static async of(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, folder: string) {
    const file = await ScratchFile.create(folder)
    try {
      for await (const chunk of chunks) await file.append(chunk)
      await file.end()
      return file
    } catch (cause) {
      await file.discard()
      throw cause
    }
  }

  get byteLength(): number {
    return this.#bytes
  }

  get sha256(): string {
    return this.#sha256
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    if (this.#pendingBytes < pieceBytes) return
    const pending = Buffer.concat(this.#pending)
    let at = 0
    for (; at + pieceBytes <= pending.length; at += pieceBytes)
      await this.#writePiece(pending.subarray(at, at + pieceBytes))
    // A copy, so that the rest does not hold the whole.
    this.#pending = [Buffer.from(pending.subarray(at))]
    this.#pendingBytes = pending.length - at
  }

  /** Call it after the last `append`, before anything is read. */
  async end(): Promise<void> {
    const rest = Buffer.concat(this.#pending)
    this.#pending = []
    if (rest.length > 0) await this.#writePiece(rest)
    this.#sha256 = this.#hash.digest('hex')
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < this.#pieces; piece += 1) yield this.#readPiece(piece)
  }

  /** Fewer bytes at the end of the file. */
  async readAt(position: number, length: number): Promise<Buffer> {
    const end = Math.min(position + length, this.#bytes)
    const parts: Buffer[] = []
    for (let at = position; at < end; ) {
      const piece = Math.floor(at / pieceBytes)
      const start = piece * pieceBytes
      const plain = await this.#readPiece(piece)
      parts.push(plain.subarray(at - start, end - start))
      at = start + pieceBytes
    }
    return Buffer.concat(parts)
  }

  discard(): Promise<void> {
    return this.#handle.close()
  }

  async #writePiece(plain: Buffer): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#pieces))
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    const position = this.#pieces * (pieceBytes + tagBytes)
    this.#pieces += 1
    await writeWhole(this.#handle, sealed, position)
  }

  async #readPiece(piece: number): Promise<Buffer> {
    const sealed = Buffer.allocUnsafe(pieceBytes + tagBytes)
    const position = piece * sealed.length
    const { bytesRead } = await this.#handle.read(sealed, 0, sealed.length, position)
    const cipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(piece), {
      authTagLength: tagBytes,
    })
    cipher.setAuthTag(sealed.subarray(bytesRead - tagBytes, bytesRead))
    const plain = cipher.update(sealed.subarray(0, bytesRead - tagBytes))
    return Buffer.concat([plain, cipher.final()])
  }
}

/** Open for reading and writing. What is written is gone when it is closed, or with the process. */
export async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `scratch-${randomBytes(12).toString('hex')}`)
  const handle = await open(path, 'wx+', 0o600)
  await unlink(path)
  return handle
}

async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}

/** Each file has its own key, so the place is enough. */
function nonceOf(piece: number): Buffer {
  const nonce = Buffer.alloc(nonceBytes)
  nonce.writeUInt32BE(piece, nonceBytes - 4)
  return nonce
}
