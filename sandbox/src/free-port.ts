/** Says that a port is taken before anything is started, in the words of the command line. */

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
    const problem = isTaken ? 'is taken by another program' : 'can not be used'
    throw new Error(`Port ${port} ${problem}. Choose another one with ${option}.`, { cause })
  }
  probe.close()
  await once(probe, 'close')
}
