/** The small questions of a socket to WhatsApp's server. */

import { S_WHATSAPP_NET, type WASocket } from 'baileys'

const logOutAnswerMs = 5000

/** Whether WhatsApp answers in time. Never throws. */
export async function ping(sock: Pick<WASocket, 'query'>, timeoutMs: number): Promise<boolean> {
  const iq = { to: S_WHATSAPP_NET, type: 'get', xmlns: 'w:p' }
  const content = [{ tag: 'ping', attrs: {} }]
  try {
    const answer: unknown = await sock.query({ tag: 'iq', attrs: iq, content }, timeoutMs)
    return answer !== undefined
  } catch {
    return false
  }
}

/**
 * Takes this device off the phone's list. WhatsApp may answer by closing the
 * socket; if it throws otherwise, the phone still lists the device.
 */
export async function unlink(sock: Pick<WASocket, 'query'>, jid: string): Promise<void> {
  const device = { tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }
  const iq = { to: S_WHATSAPP_NET, type: 'set', xmlns: 'md' }
  await sock.query({ tag: 'iq', attrs: iq, content: [device] }, logOutAnswerMs)
}
