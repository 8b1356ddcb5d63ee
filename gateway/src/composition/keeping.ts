/** What is stored of an outgoing message with its claim, before anything of it is written. */

import type { KeptMessages } from '../directory/kept-messages.js'
import type { KeepPort } from '../outbox/queue/send-attempts.js'
import type { CredentialStore } from '../sessions/credential-store.js'
import type { ResendStore } from '../sessions/resend-store.js'

export interface Keepers {
  readonly resends: ResendStore
  readonly keptMessages: KeptMessages
  readonly credentials: CredentialStore
}

export function keepingIn({ resends, keptMessages, credentials }: Keepers): KeepPort {
  return {
    async keep({ instanceId, whatsappId, resendUntil }, what, transaction) {
      const { resendCopy, message, change, ratchetMark } = what
      const { query } = transaction
      await resends.keep(instanceId, whatsappId, resendCopy, resendUntil, query)
      if (message !== undefined) await keptMessages.keep(instanceId, message, query)
      if (change !== undefined) await keptMessages.keepChange(instanceId, whatsappId, change, query)
      await credentials.keepKey(instanceId, ratchetMark, transaction)
    },
  }
}
