/**
 * The content of a message as bytes, and back.
 *
 * JSON. Where it brings a file along in base64, the JSON has the length instead, and the bytes of the
 * file follow: 5 MB within the JSON hold the event loop for 60 ms to write and 50 ms to read.
 */

import type { FileSource } from '../domain/content/files.js'
import type { MessageContent } from '../domain/content/index.js'

export type StoredContent =
  | MessageContent
  /** Until version 0.9 a text could bring an image along. */
  | { readonly kind: 'text'; readonly text: string; readonly image: FileSource }

/** The first byte; contents of earlier versions begin with a brace. Then the length of the JSON. */
const version = 1
const headBytes = 1 + 4
/** Shorter ones stay in the JSON. */
const leastCharacters = 4_096

interface Cut {
  readonly cutBytes: number
}

export function writeContent(content: MessageContent): Uint8Array {
  const files: { readonly base64: string; readonly byteLength: number }[] = []
  const cut = (name: string, value: unknown): unknown => {
    if (name !== 'base64' || typeof value !== 'string' || value.length < leastCharacters)
      return value
    const byteLength = Buffer.byteLength(value, 'base64')
    files.push({ base64: value, byteLength })
    return { cutBytes: byteLength } satisfies Cut
  }
  const json = Buffer.from(JSON.stringify(content, cut))
  if (files.length === 0) return json
  const length = files.reduce((sum, { byteLength }) => sum + byteLength, headBytes + json.length)
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeUInt8(version)
  bytes.writeUInt32BE(json.length, 1)
  let at = headBytes + json.copy(bytes, headBytes)
  for (const { base64 } of files) at += bytes.write(base64, at, 'base64')
  if (at !== length) throw new Error('a file of a message is not base64')
  return bytes
}

export function readContent(stored: Uint8Array): StoredContent {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
  if (bytes[0] !== version) return JSON.parse(bytes.toString())
  let at = headBytes + bytes.readUInt32BE(1)
  return JSON.parse(bytes.toString('utf8', headBytes, at), (name, value: unknown) => {
    if (name !== 'base64' || !isCut(value)) return value
    at += value.cutBytes
    return bytes.toString('base64', at - value.cutBytes, at)
  })
}

function isCut(value: unknown): value is Cut {
  return typeof value === 'object' && value !== null && 'cutBytes' in value
}
