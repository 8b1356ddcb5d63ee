/**
 * Notices a sender that uses one position of its ratchet for two different messages.
 *
 * That happens to a client that loses its newest session state (a crash between
 * sending and storing): the receiver cannot read the second message, and
 * two messages under one key also weaken the encryption.
 */

import { type BinaryNode, proto } from 'baileys'
import type { RatchetReuse } from '../model.js'
import { bytesOf, childrenOf } from '../wire/stanza.js'

/** A Signal message is `version | protobuf | 8 bytes of MAC`. */
const MAC_BYTES = 8
/** A message to a group is `version | protobuf | signature`. */
const SIGNATURE_BYTES = 64

export class RatchetWatch {
  readonly #seen = new Map<string, string>()

  /** Call it for each message stanza before decrypting it. */
  notice(message: BinaryNode): RatchetReuse | undefined {
    const from = message.attrs['participant'] ?? message.attrs['from'] ?? ''
    const messageId = message.attrs['id'] ?? ''
    for (const enc of childrenOf(message)) {
      const position = enc.tag === 'enc' ? positionOf(enc) : undefined
      if (position === undefined) continue
      const key = `${from} ${position.ratchetKey} ${position.counter}`
      const text = Buffer.from(bytesOf(enc) ?? []).toString('base64')
      const before = this.#seen.get(key)
      this.#seen.set(key, text)
      if (before !== undefined && before !== text) {
        return { from, counter: position.counter, messageId }
      }
    }
    return undefined
  }
}

/** The ratchet's key, and how far it has turned. */
interface Position {
  readonly ratchetKey: string
  readonly counter: number
}

function positionOf(enc: BinaryNode): Position | undefined {
  const bytes = bytesOf(enc)
  if (bytes === undefined) return undefined
  const type = enc.attrs['type']
  if (type === 'msg') return chatPosition(bytes)
  if (type === 'skmsg') return groupPosition(bytes)
  if (type !== 'pkmsg') return undefined
  const { message } = proto.PreKeySignalMessage.decode(bytes.subarray(1))
  return message ? chatPosition(message) : undefined
}

function chatPosition(message: Uint8Array): Position {
  const { ratchetKey, counter } = proto.SignalMessage.decode(message.subarray(1, -MAC_BYTES))
  return { ratchetKey: Buffer.from(ratchetKey ?? []).toString('base64'), counter: counter ?? 0 }
}

/** A sender key is named by its id, which the sender draws at random for each group. */
function groupPosition(message: Uint8Array): Position {
  const { id, iteration } = proto.SenderKeyMessage.decode(message.subarray(1, -SIGNATURE_BYTES))
  return { ratchetKey: `sender key ${id ?? 0}`, counter: iteration ?? 0 }
}
