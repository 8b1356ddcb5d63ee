/** Links to calls. A person with the link may join. */

import type { WASocket } from 'baileys'
import type { PlannedCall } from '../../domain/content/traits.js'

const timeoutMs = 10_000

/** Throws when WhatsApp gives no link. Retry is safe: an unused link has no effect. */
export async function callLink(
  { kind, startsAtSeconds }: PlannedCall,
  sock: Pick<WASocket, 'createCallLink'>,
): Promise<string> {
  const media = kind === 'voice' ? 'audio' : 'video'
  const token = await sock.createCallLink(media, { startTime: startsAtSeconds }, timeoutMs)
  if (!token) throw new Error('WhatsApp gave no link to the call')
  return `https://call.whatsapp.com/${kind}/${token}`
}
