/**
 * Cuts the byte stream of a client into frames, and puts frames around what the server sends.
 *
 * A stream starts with an optional edge-routing preamble and the header
 * `WA 6 3`; then each frame is a 3-byte length and that many bytes. A WebSocket
 * message may hold a part of a frame or several.
 */

import { NOISE_WA_HEADER } from 'baileys'

const ROUTING_MARK = Buffer.from([0x45, 0x44, 0x00, 0x01])
const LENGTH_BYTES = 3

export class FrameReader {
  #bytes = Buffer.alloc(0)
  #headerSeen = false

  /** The frames that are complete now. Throws when the stream does not start like a WhatsApp client's. */
  push(bytes: Uint8Array): Uint8Array[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    if (!this.#headerSeen && !this.#takeHeader()) return []

    const frames: Uint8Array[] = []
    for (;;) {
      const frame = this.#take(0)
      if (frame === undefined) return frames
      frames.push(frame)
    }
  }

  #takeHeader(): boolean {
    if (this.#bytes.length < NOISE_WA_HEADER.length) return false
    if (this.#bytes.subarray(0, ROUTING_MARK.length).equals(ROUTING_MARK)) {
      if (this.#take(ROUTING_MARK.length) === undefined) return false
      if (this.#bytes.length < NOISE_WA_HEADER.length) return false
    }
    const header = this.#bytes.subarray(0, NOISE_WA_HEADER.length)
    if (!header.equals(NOISE_WA_HEADER)) {
      throw new Error(`the stream starts with ${header.toString('hex')} instead of WA's header`)
    }
    this.#bytes = this.#bytes.subarray(NOISE_WA_HEADER.length)
    this.#headerSeen = true
    return true
  }

  #take(offset: number): Uint8Array | undefined {
    const start = offset + LENGTH_BYTES
    if (this.#bytes.length < start) return undefined
    const end = start + this.#bytes.readUIntBE(offset, LENGTH_BYTES)
    if (this.#bytes.length < end) return undefined
    const frame = Buffer.from(this.#bytes.subarray(start, end))
    this.#bytes = this.#bytes.subarray(end)
    return frame
  }
}

export function frameAround(bytes: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(LENGTH_BYTES + bytes.length)
  frame.writeUIntBE(bytes.length, 0, LENGTH_BYTES)
  frame.set(bytes, LENGTH_BYTES)
  return frame
}
