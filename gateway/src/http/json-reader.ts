/**
 * Reads a large JSON body while it arrives, so that no step of it holds the
 * event loop for long.
 *
 * `JSON.parse` of 8 MiB takes 20 to 300 ms in one piece. Here each chunk is
 * walked once: values and depth are counted, and the inside of a very long
 * string, which can only be base64, is set aside. `JSON.parse` then sees the
 * little that is left.
 */

import { randomBytes } from 'node:crypto'
import {
  type BodyLimit,
  bodyLimits,
  deepestNesting,
  longestTextBytes,
  mostFileBytesInMemory,
  mostTextBytes,
  sizeInWords,
} from './body-limits.js'
import { BodyRefusedError } from './body-refused.js'
import type { IncomingFile } from './file-intake.js'

const quote = 0x22
const comma = 0x2c
const backslash = 0x5c
const slash = 0x2f
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
/** `\u00e9` is the longest escape. A string is never cut within one. */
const longestEscape = 6

/** What base64 may hold, also as MIME breaks its lines: `+`, `-`, `/`, `=`, `_`, digits and letters. */
const isBase64 = new Uint8Array(256)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_')
  isBase64[char.charCodeAt(0)] = 1
/** After a backslash: what escaped white space is written with. */
const isEscapedSpace = new Uint8Array(256)
for (const char of 'nrt') isEscapedSpace[char.charCodeAt(0)] = 1

/** What waits for the disk may take so much memory. */
const mostPendingBytes = 1_048_576

interface HeldFile {
  readonly parts: Buffer[]
  bytes: number
  /** Where its parts go once they are too many. */
  stored?: IncomingFile
  /** What stands for the stored parts. */
  name?: string
}

export class JsonReader {
  readonly #limit: BodyLimit
  readonly #openFile: (() => IncomingFile) | undefined
  /** Ends what is left of a long string; no caller can know it. */
  readonly #mark = `~${randomBytes(12).toString('hex')}~`
  readonly #text: Buffer[] = []
  #textBytes = 0
  readonly #files: HeldFile[] = []
  #file: HeldFile | undefined
  #values = 0
  #depth = 0
  #isInString = false
  #stringBytes = 0
  /** The byte after a backslash comes next. */
  #isEscape = false
  #sinceEscape = 0

  /** @param openFile where files go that are too large for the memory; they are refused without it */
  constructor(limit: BodyLimit, openFile?: () => IncomingFile) {
    this.#limit = limit
    this.#openFile = openFile
  }

  /** Resolves when there is room for more; `undefined` where there is room now. */
  backlog(): Promise<void> | undefined {
    const slow = this.#files.find(({ stored }) => (stored?.pendingBytes ?? 0) > mostPendingBytes)
    return slow?.stored?.stored()
  }

  get hasStoredFiles(): boolean {
    return this.#files.some(({ stored }) => stored !== undefined)
  }

  /** Call it before `end` where there are stored files. */
  async storeFiles(): Promise<void> {
    for (const file of this.#files) if (file.stored) file.name = await file.stored.end()
  }

  /** The call is refused: its files are of no use. Never rejects. */
  async discardFiles(): Promise<void> {
    for (const { stored } of this.#files) await stored?.discard()
  }

  /** Throws `BodyRefusedError`; the reader is of no use then. */
  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#file !== undefined) at = this.#readFile(chunk, at)
      else at = this.#readText(chunk, at)
    }
  }

  /** @param parse throws for what is no JSON; it gets all of the text but the insides of files */
  end(parse: (text: Buffer) => unknown): unknown {
    const value = parse(Buffer.concat(this.#text))
    return this.#files.length === 0 ? value : this.#filled(value)
  }

  /** Keeps the text from `start` on up to where a file begins, and gives that place. */
  #readText(chunk: Buffer, start: number): number {
    let at = start
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (!this.#isInString) this.#readOutside(byte)
      else if (this.#readInside(byte)) break
    }
    const kept = chunk.subarray(start, at)
    this.#textBytes += kept.length
    if (this.#textBytes > mostTextBytes)
      throw new BodyRefusedError(413, 'Request body is too large: only a file in base64 may be')
    this.#text.push(kept)
    if (at < chunk.length) this.#beginFile()
    return at
  }

  #readOutside(byte: number): void {
    if (byte === quote) {
      this.#isInString = true
      this.#stringBytes = 0
      this.#sinceEscape = longestEscape
    } else if (byte === comma) this.#count()
    else if (byte === openBrace || byte === openBracket) {
      this.#count()
      this.#depth += 1
      if (this.#depth > deepestNesting)
        throw new BodyRefusedError(400, `Request body is nested more than ${deepestNesting} deep`)
    } else if (byte === closeBrace || byte === closeBracket) this.#depth -= 1
  }

  /** Whether a file begins here: the string is long, and this byte stands in no escape. */
  #readInside(byte: number): boolean {
    if (this.#isEscape) {
      this.#isEscape = false
      this.#sinceEscape = 0
    } else if (byte === backslash) this.#isEscape = true
    else if (byte === quote) this.#isInString = false
    else if (this.#stringBytes >= longestTextBytes && this.#sinceEscape >= longestEscape)
      return this.#limit.takesFiles
    this.#stringBytes += 1
    this.#sinceEscape += 1
    return false
  }

  #count(): void {
    this.#values += 1
    const { maxValues } = this.#limit
    if (this.#values > maxValues)
      throw new BodyRefusedError(
        413,
        `Request body has too many values: at most ${maxValues} attributes and entries`,
      )
  }

  #beginFile(): void {
    this.#file = { parts: [], bytes: 0 }
    this.#text.push(Buffer.from(this.#mark + String(this.#files.length)))
    this.#files.push(this.#file)
  }

  /** Sets the base64 aside, without escapes, and gives the place of the quote that ends it. */
  #readFile(chunk: Buffer, start: number): number {
    const plain = this.#isEscape ? 0 : plainLength(chunk.subarray(start))
    if (plain > 0) this.#keep(chunk.subarray(start, start + plain))
    const base64 = Buffer.allocUnsafe(chunk.length - start - plain)
    let length = 0
    let at = start + plain
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (this.#isEscape) {
        this.#isEscape = false
        if (byte === slash) base64[length++] = slash
        else if (isEscapedSpace[byte] !== 1) throw noBase64()
      } else if (isBase64[byte] === 1) base64[length++] = byte
      else if (byte === backslash) this.#isEscape = true
      else if (byte === quote) break
      else throw noBase64()
    }
    this.#keep(base64.subarray(0, length))
    if (at < chunk.length) this.#file = undefined
    return at
  }

  #keep(part: Buffer): void {
    const file = this.#file
    if (file === undefined) return
    file.bytes += part.length
    if (file.stored !== undefined) return file.stored.push(part)
    file.parts.push(part)
    if (file.bytes <= mostFileBytesInMemory || this.#limit.maxBytes <= bodyLimits.file.maxBytes)
      return
    if (this.#openFile === undefined) throw noBase64()
    file.stored = this.#openFile()
    for (const each of file.parts.splice(0)) file.stored.push(each)
  }

  /** Puts the files back where their strings were cut. */
  #filled(value: unknown): unknown {
    if (typeof value === 'string') return this.#whole(value)
    if (Array.isArray(value)) return value.map((each: unknown) => this.#filled(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.#filled(each)]),
    )
  }

  #whole(text: string): string {
    if (text.length < longestTextBytes / longestEscape) return text
    const [head = '', index] = text.split(this.#mark)
    const file = index === undefined ? undefined : this.#files[Number(index)]
    if (file === undefined) return text
    return head + (file.name ?? Buffer.concat(file.parts).toString('latin1'))
  }
}

/**
 * How many bytes at the start are base64 without escapes: all but a few up to the quote, or 0 where a
 * look at each has to tell. Node's decoder skips other bytes, so then it gives fewer; it is ten times as
 * fast as a look at each.
 */
function plainLength(bytes: Buffer): number {
  const end = bytes.indexOf(quote)
  const length = (end === -1 ? bytes.length : end) & ~3
  if (length === 0) return 0
  return Buffer.from(bytes.toString('latin1', 0, length), 'base64').length === (length / 4) * 3
    ? length
    : 0
}

function noBase64(): BodyRefusedError {
  return new BodyRefusedError(
    413,
    `Request body has a text of more than ${sizeInWords(longestTextBytes)}: only a file in base64 may be so long`,
  )
}
