/**
 * Lets nothing onto a socket once this process may not act for its instance any more.
 *
 * A process that was frozen goes on in the middle of whatever it was doing, and Baileys writes by
 * itself too: acknowledgements, keys, keep-alives. `ws` is told nothing of it, so its `send` is the
 * one place that all of that passes.
 *
 * What is refused is encrypted by then, and WhatsApp counts what is encrypted: it could not read the
 * next frame. So a socket that was refused one is closed, and the session opens another.
 */

import type { WASocket } from 'baileys'

interface Guarded {
  send: Send
  terminate(): void
}

type Send = (data: unknown, ...rest: readonly unknown[]) => void

/** Throws when Baileys has no `ws` socket inside its wrapper: then it has changed. */
export function guardSocket(sock: Pick<WASocket, 'ws'>, mayWrite: () => boolean): void {
  const socket: unknown = Reflect.get(sock.ws, 'socket')
  if (!canSend(socket)) throw new Error('the socket of Baileys has no send or terminate')
  const send = socket.send.bind(socket)
  socket.send = (data, ...rest) => {
    if (mayWrite()) return send(data, ...rest)
    const refused = new Error('another node runs this instance by now, or may')
    const told = rest.at(-1)
    socket.terminate()
    if (typeof told !== 'function') throw refused
    told(refused)
  }
}

function canSend(socket: unknown): socket is Guarded {
  return (
    typeof socket === 'object' &&
    socket !== null &&
    'send' in socket &&
    typeof socket.send === 'function' &&
    'terminate' in socket &&
    typeof socket.terminate === 'function'
  )
}
