/**
 * Asks WhatsApp for pairing by code.
 *
 * Baileys makes the code up itself and does not wait for WhatsApp to take it,
 * so a number that may not be paired would get a code that never works.
 */

import type { WASocket } from 'baileys'
import type { Clock } from '../../runtime/clock.js'
import { Deferred } from '../deferred.js'

const answerMs = 15_000

/** Throws when WhatsApp refuses or does not answer. */
export async function pairingCode(sock: WASocket, phone: string, clock: Clock): Promise<string> {
  const taken = new Deferred()
  const refused = new Deferred()
  const take = () => taken.come()
  const refuse = () => refused.come()
  const waiting = new AbortController()
  // Nothing else is asked on a socket that is not logged in, so the answer can only be to this.
  sock.ws.on('CB:iq,type:result,link_code_companion_reg', take)
  sock.ws.on('CB:iq,type:error', refuse)
  try {
    const code = await sock.requestPairingCode(phone)
    const tooLate = clock.sleep(answerMs, waiting.signal)
    await Promise.race([taken.promise, refused.promise, tooLate])
    if (!taken.hasCome) throw new Error('WhatsApp did not take the pairing code')
    return code
  } finally {
    waiting.abort()
    sock.ws.off('CB:iq,type:result,link_code_companion_reg', take)
    sock.ws.off('CB:iq,type:error', refuse)
  }
}
