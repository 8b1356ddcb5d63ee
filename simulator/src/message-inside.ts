/**
 * What is behind a message on the screen, for developers: its decrypted content and
 * its stanza as plain JSON, and every reason why a client does not show its button.
 */

import type { BinaryNode } from 'baileys'
import type { MessageInside, StanzaView } from './control-answers.js'
import type { PhoneMessage } from './model.js'
import { hindrancesOf } from './draw/rules.js'

/** A thumbnail of some kB is of no use to a reader. */
const SHOWN_BYTES = 48
/** Deeper than any message that WhatsApp's clients make. */
const MAX_DEPTH = 32

export function insideOf({ content, stanza }: PhoneMessage): MessageInside {
  return {
    content: plain(content, MAX_DEPTH),
    stanza: viewStanza(stanza),
    hindrances: hindrancesOf(content, stanza),
  }
}

function viewStanza({ tag, attrs, content }: BinaryNode): StanzaView {
  if (Array.isArray(content)) return { tag, attrs, children: content.map(viewStanza) }
  if (content instanceof Uint8Array) return { tag, attrs, text: describeBytes(content) }
  return content === undefined ? { tag, attrs } : { tag, attrs, text: content }
}

/** Only what is set: a decoded message has its defaults on the prototype. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return describeBytes(value)
  if (depth === 0) return '…'
  if (Array.isArray(value)) return value.map((each) => plain(each, depth - 1))
  if (isLong(value)) return wholeOf(value).toString()
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null)
      .map(([name, each]) => [name, plain(each, depth - 1)]),
  )
}

/** A 64-bit number, as protobuf gives it. */
interface Long {
  readonly low: number
  readonly high: number
}

function isLong(value: object): value is Long {
  return 'low' in value && 'high' in value && 'unsigned' in value
}

function wholeOf({ low, high }: Long): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0)
}

function describeBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex')
  return `${bytes.length} bytes: ${hex}${bytes.length > SHOWN_BYTES ? '…' : ''}`
}
