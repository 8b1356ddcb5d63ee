/**
 * Hears events the moment Baileys makes them.
 *
 * Baileys holds them back in a buffer for up to 30 s after the linking. That buffer forgets chats of
 * which it has seen an earlier part, and keeps back what the settings say of a chat until its history
 * has come, which another process may never see. Checked with 7.0.0-rc14 (`Utils/event-buffer.js`).
 */

import type { BaileysEventMap, WASocket } from 'baileys'

export type EarlyListeners = {
  readonly [Event in keyof BaileysEventMap]?: (told: BaileysEventMap[Event]) => void
}

/** Call it before the socket is open. A listener must not throw, and must not change what it gets. */
export function hearEarly({ ev }: Pick<WASocket, 'ev'>, listeners: EarlyListeners): void {
  const emit = ev.emit.bind(ev)
  ev.emit = (event, told) => {
    listeners[event]?.(told)
    return emit(event, told)
  }
}
