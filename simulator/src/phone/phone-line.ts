/** A phone's way to the server: the same stanzas as a client's, without a socket. */

import type { BinaryNode } from 'baileys'

export interface PhoneLine {
  send(node: BinaryNode): void
  /** Sends an `<iq>` and returns its answer. */
  query(iq: BinaryNode): BinaryNode
}
