/**
 * Lets Baileys have a stanza only when what it says is stored.
 *
 * Baileys acknowledges a stanza at the end of its own work on it, and what is
 * acknowledged never comes again. So its listeners wait for our commit; what
 * could not be stored stays unacknowledged, and WhatsApp brings it again on
 * the next connection.
 */

import type { EventEmitter } from 'node:events'
import type { BinaryNode } from 'baileys'

/** The socket of a connection, which is an event emitter. */
export type StanzaSource = Pick<EventEmitter, 'listeners' | 'removeAllListeners' | 'on'>

/**
 * Call it after all others have begun to listen to `event`: it takes their place.
 *
 * @param store resolves to whether it is stored; `undefined` when there is nothing to store
 */
export function storeFirst(
  ws: StanzaSource,
  event: 'CB:receipt' | 'CB:call' | 'CB:notification' | 'CB:message',
  store: (node: BinaryNode) => Promise<boolean> | undefined,
): void {
  const listeners = ws.listeners(event)
  const leaveToOthers = (node: BinaryNode): void => {
    for (const listener of listeners) Reflect.apply(listener, ws, [node])
  }
  ws.removeAllListeners(event)
  ws.on(event, (node: BinaryNode) => {
    const stored = store(node)
    if (stored === undefined) leaveToOthers(node)
    else
      void stored.then((isStored) => {
        if (isStored) leaveToOthers(node)
        return undefined
      })
  })
}
