/**
 * Runs a piece of code in the very turn in which Baileys writes a message.
 *
 * Between `relayMessage` and the write lie look-ups, key queries and a queue.
 * Whether a message may still leave, and whether it left at all, can only be
 * said at the end of that way. Baileys puts the additional nodes on the stanza
 * as its last step and then encodes and writes without giving up control, so
 * a list that notices being read marks that moment. When `act` throws, nothing
 * is written and Baileys rolls its keys back.
 */

import type { BinaryNode } from 'baileys'

export function nodesReadLast(nodes: readonly BinaryNode[], act: () => void): BinaryNode[] {
  // Baileys skips a list that is empty, so there has to be something in it.
  const list: BinaryNode[] = nodes.length > 0 ? [...nodes] : [{ tag: 'never-sent', attrs: {} }]
  Object.defineProperty(list, Symbol.iterator, {
    value: function* iterate(): Generator<BinaryNode> {
      act()
      yield* nodes
    },
  })
  return list
}
