import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

/** Deletes an earlier message for everyone. */
export interface DeletionContent {
  readonly kind: 'deletion'
  readonly target: WhatsappId
  /** `false`: what another member wrote in a group that this number is an admin of. */
  readonly isOwn: boolean
}

export const deletionTraits: Traits<DeletionContent> = {
  isForNewsletters: () => true,
  text: () => '',
  earlier: ({ target }) => ({ whatsappId: target }),
  changesEarlier: true,
  asReceived: ({ target: whatsappId, isOwn }, { chat, target }) => ({
    kind: 'deleted',
    target: target ?? { whatsappId, fromMe: isOwn, chat },
  }),
}
