/** A text that Ana wrote, as it is kept. */

import type { PersonId } from '../../src/domain/chat.js'
import type { KeptMessage } from '../../src/domain/kept-message.js'
import type { WhatsappId } from '../../src/domain/message-id.js'
import type { EpochMs } from '../../src/domain/time.js'
import { encodeOriginal } from '../../src/whatsapp/send/original-message.js'

const ana: PersonId = { phone: '5511999999999' }

export function keptText(
  whatsappId: WhatsappId,
  at: EpochMs,
  change: Partial<KeptMessage> & { readonly text?: string } = {},
): KeptMessage {
  const { text = `texto ${whatsappId}`, ...rest } = change
  return {
    whatsappId,
    chat: { kind: 'person', ...ana },
    author: ana,
    fromMe: false,
    at,
    original: encodeOriginal({ conversation: text }),
    ...rest,
  }
}
