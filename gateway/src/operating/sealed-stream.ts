/**
 * Seals a stream of any length under a passphrase, so that the reader
 * gets exactly what was sealed, from the first byte to the last, or an error.
 *
 * The key comes from scrypt and is used for this one stream only, so a counter
 * serves as nonce. Each portion of 64 KiB is sealed with AES-256-GCM; its nonce
 * holds its number and whether it is the last, so portions can be neither
 * changed, swapped, left out nor cut off at the end.
 *
 * Head: `RECADO-SEALED`, one byte version, one byte log2 of scrypt's N, 16 bytes
 * salt, 32 bytes HMAC over all that, which tells a wrong passphrase from damage.
 */

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'
import { GatewayError } from '../domain/errors.js'

/** The stream cannot be opened: another passphrase, or not what was sealed. `message` says which. */
export class SealedStreamError extends GatewayError {
  override readonly name = 'SealedStreamError'
  readonly code = 'sealed-stream'
}

const magic = Buffer.from('RECADO-SEALED')
const version = 1
/** 128 MiB and half a second for each guess. */
const defaultLogN = 17
/** More would be an attack on the reader of the stream. */
const mostLogN = 20
const saltBytes = 16
const macBytes = 32
const headBytes = magic.length + 2 + saltBytes
const portionBytes = 65_536
const tagBytes = 16

interface Keys {
  readonly encryption: Buffer
  readonly head: Buffer
}

/** @param logN the cost of a guess, for tests */
export async function* seal(
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
  logN: number = defaultLogN,
): AsyncGenerator<Buffer> {
  const head = Buffer.concat([magic, Buffer.of(version, logN), randomBytes(saltBytes)])
  const keys = await deriveKeys(passphrase, head)
  yield Buffer.concat([head, macOf(keys, head)])
  let number = 0
  for await (const { bytes, isLast } of portions(plain, portionBytes)) {
    const cipher = createCipheriv('aes-256-gcm', keys.encryption, nonceOf(number, isLast))
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    number += 1
  }
}

/**
 * Gives what was sealed. Throws `SealedStreamError`; what came before the error
 * is genuine, but only a stream that ends without one is complete.
 */
export async function* open(
  sealed: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]()
  const { head, rest } = await readHead(source)
  const keys = await deriveKeys(passphrase, head.subarray(0, headBytes))
  if (!timingSafeEqual(macOf(keys, head.subarray(0, headBytes)), head.subarray(headBytes)))
    throw new SealedStreamError('The passphrase is not the one that this was sealed with.')
  let number = 0
  for await (const { bytes, isLast } of portions(after(rest, source), portionBytes + tagBytes)) {
    yield openPortion(bytes, keys.encryption, nonceOf(number, isLast))
    number += 1
  }
}

function openPortion(bytes: Buffer, key: Buffer, nonce: Buffer): Buffer {
  if (bytes.length < tagBytes) throw damaged()
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()])
  } catch (cause) {
    throw damaged(cause)
  }
}

function damaged(cause?: unknown): SealedStreamError {
  return new SealedStreamError(
    'This is not what was sealed: it is damaged, cut off, or was changed since.',
    { cause },
  )
}

async function readHead(
  source: AsyncIterator<Uint8Array>,
): Promise<{ readonly head: Buffer; readonly rest: Buffer }> {
  let bytes = Buffer.alloc(0)
  while (bytes.length < headBytes + macBytes) {
    const { value, done } = await source.next()
    if (done === true) break
    bytes = Buffer.concat([bytes, value])
  }
  const logN = bytes[magic.length + 1] ?? 0
  if (bytes.length < headBytes + macBytes || !bytes.subarray(0, magic.length).equals(magic))
    throw new SealedStreamError('This was not sealed by Recado.')
  if (bytes[magic.length] !== version)
    throw new SealedStreamError('This was sealed by a newer version of Recado.')
  if (logN < 1 || logN > mostLogN) throw damaged()
  return {
    head: bytes.subarray(0, headBytes + macBytes),
    rest: bytes.subarray(headBytes + macBytes),
  }
}

async function* after(
  first: Buffer,
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await source.next(); next.done !== true; next = await source.next())
    yield next.value
}

/** Cuts the stream into portions of exactly this size; the last one may be shorter, and empty. */
async function* portions(
  stream: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    held.push(chunk)
    length += chunk.length
    // What fills a portion exactly may be the last one, so it waits for more.
    if (length <= size) continue
    const bytes = Buffer.concat(held)
    let start = 0
    for (; length - start > size; start += size)
      yield { bytes: bytes.subarray(start, start + size), isLast: false }
    held = [bytes.subarray(start)]
    length -= start
  }
  yield { bytes: Buffer.concat(held), isLast: true }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 3)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

async function deriveKeys(passphrase: string, head: Buffer): Promise<Keys> {
  const cost = 2 ** (head[magic.length + 1] ?? 0)
  const salt = head.subarray(-saltBytes)
  const options = { N: cost, r: 8, p: 1, maxmem: 256 * 8 * cost + 1_048_576 }
  const both = await derive(passphrase.normalize('NFC'), salt, 64, options)
  return { encryption: both.subarray(0, 32), head: both.subarray(32) }
}

function macOf({ head: key }: Keys, head: Buffer): Buffer {
  return createHmac('sha256', key).update(head).digest()
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)
