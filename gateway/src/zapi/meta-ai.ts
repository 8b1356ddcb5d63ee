/** Meta AI, which has a number like a person and answers as no person does. */

import type { Recipient } from '../domain/chat.js'
import { CannotError } from './error-replies.js'

const metaAi = '13135550002'

/** Throws `CannotError` where it is asked. */
export function refuseMetaAi(recipient: Recipient): void {
  if (recipient.kind === 'person' && recipient.phone === metaAi)
    throw new CannotError(
      'Meta AI answers a linked device in a form that Recado cannot read. Nothing was sent. Ask it in the WhatsApp app.',
    )
}
