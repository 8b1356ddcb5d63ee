/**
 * A receiver of callbacks in a process of its own, see `stoppable-program.ts`.
 * Tells each callback before it answers.
 *
 * The first word of a send that is posted to `/callbacks/stops` it takes, tells
 * and does not answer: in this moment it stands still (SIGSTOP).
 */

import { CallbackReceiver } from '../../../sandbox/src/callback-receiver.js'

const receiver = await CallbackReceiver.start()
const tell = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`)
let hasStopped = false
receiver.beforeAnswer = (callback) => {
  tell(callback)
  const isTheOne = callback.path.endsWith('/stops') && callback.body['type'] === 'DeliveryCallback'
  if (hasStopped || !isTheOne) return
  hasStopped = true
  process.kill(process.pid, 'SIGSTOP')
}
tell({ url: receiver.url })
