/**
 * Waits for the server's word on each message that we write.
 *
 * Baileys tells about refusals only and drops the plain acknowledgement, which
 * is the one that makes a message "sent". So acks are read from the stanza.
 */

import type { BinaryNode } from 'baileys'

export type Ack =
  /** `serverId`: the number that a channel gives each message. */
  | { readonly kind: 'taken'; readonly serverId: string | undefined }
  | { readonly kind: 'refused'; readonly code: number }

/** Where acks come from: the socket of a connection, which is an event emitter. */
export interface AckSource {
  on(event: 'CB:ack,class:message', listen: (node: BinaryNode) => void): unknown
}

export class PendingAcks {
  readonly #waiting = new Map<string, (ack: Ack) => void>()
  /** Messages whose sender gave up. A good ack for one of them is still news. */
  readonly #givenUp = new Map<string, (serverId: string | undefined) => void>()

  constructor(source: AckSource) {
    source.on('CB:ack,class:message', (node) => {
      const { id, error, server_id: serverId } = node.attrs
      if (id === undefined) return
      const answer = this.#waiting.get(id)
      this.#waiting.delete(id)
      answer?.(ackOf(error, serverId))
      if (error === undefined) this.#givenUp.get(id)?.(serverId)
      this.#givenUp.delete(id)
    })
  }

  /** Call it before the message is written: the ack may be faster than the write. */
  expect(id: string): Promise<Ack> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
    })
  }

  /** Nothing was written, so nothing comes. */
  forget(id: string): void {
    this.#waiting.delete(id)
  }

  /** Stops waiting. If a good ack comes all the same, `tellLate` is called. */
  giveUp(id: string, tellLate: (serverId: string | undefined) => void): void {
    if (this.#waiting.delete(id)) this.#givenUp.set(id, tellLate)
  }
}

function ackOf(error: string | undefined, serverId: string | undefined): Ack {
  return error === undefined
    ? { kind: 'taken', serverId }
    : { kind: 'refused', code: Number(error) }
}
