import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import { SERVER_JID, stanza } from './stanza.js'

/** What WhatsApp Web reads in `WAWebMexIntegrityChallengeNotificationHandler`, with a question that cannot be answered. */
export function challenge(): BinaryNode {
  const question = {
    challenge_type: 'PASSKEY',
    passkey_challenge: { challenge_base64: randomBytes(32).toString('base64') },
  }
  const update = Buffer.from(
    JSON.stringify({ data: { xwa2_notify_integrity_challenge: question } }),
  )
  const id = randomBytes(8).toString('hex')
  const t = Math.floor(Date.now() / 1_000).toString()
  return stanza('notification', { type: 'mex', from: SERVER_JID, id, t }, [
    stanza('update', { op_name: 'NotificationIntegrityChallengeRequest' }, update),
  ])
}
