/** Ports on loopback: whether one is taken, said before anything is started, and one that is not. */

import { once } from 'node:events'
import { createServer } from 'node:net'

/** `option` is how the caller's user chooses the port. Port 0 is never taken. */
export async function refuseTakenPort(port: number, option: string): Promise<void> {
  const probe = createServer()
  try {
    probe.listen(port, '127.0.0.1')
    await once(probe, 'listening')
  } catch (cause) {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
    const problem = isTaken ? 'is taken by another program' : 'cannot be used'
    throw new Error(`Port ${port} ${problem}. Choose another one with ${option}.`, { cause })
  }
  probe.close()
  await once(probe, 'close')
}

/** A port without a listener at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
