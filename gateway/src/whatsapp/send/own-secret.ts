/**
 * The secret that comes with a poll or an event of ours, with which its answers are encrypted.
 *
 * It is derived, not drawn: if an attempt ends without an ack and the message is sent again, phones
 * keep the first copy and drop the second, so both must have the same secret.
 */

import { hkdfSync } from 'node:crypto'
import type { AuthenticationCreds } from 'baileys'
import type { WhatsappId } from '../../domain/message.js'

/** 32 bytes that only the holder of these credentials can compute. */
export function ownSecretOf(
  whatsappId: WhatsappId,
  { signedIdentityKey }: Pick<AuthenticationCreds, 'signedIdentityKey'>,
): Uint8Array {
  const info = `recado/message-secret/1/${whatsappId}`
  return new Uint8Array(hkdfSync('sha256', signedIdentityKey.private, '', info, 32))
}
