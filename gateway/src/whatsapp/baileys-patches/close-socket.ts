/** Ends a socket for good. A peer that is gone does not say good-bye, and `ws` would wait 30 seconds for it. */

import type { WASocket } from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { Log } from '../../runtime/telemetry.js'

export function closeSocket(
  sock: Pick<WASocket, 'ws' | 'end'>,
  farewellMs: number,
  { log, instanceId }: { readonly log: Log; readonly instanceId: InstanceId },
): void {
  const socket: unknown = Reflect.get(sock.ws, 'socket')
  sock.end(undefined).catch((cause: unknown) => {
    log.warn('whatsapp.socket-not-closed', { instanceId, cause })
  })
  const timer = setTimeout(() => {
    if (hasTerminate(socket)) socket.terminate()
  }, farewellMs)
  timer.unref()
}

function hasTerminate(socket: unknown): socket is { terminate(): void } {
  return (
    typeof socket === 'object' &&
    socket !== null &&
    'terminate' in socket &&
    typeof socket.terminate === 'function'
  )
}
