/** What a message does to an earlier one instead of standing in the chat itself. */

import type { proto } from 'baileys'

export interface Change {
  /** The id of the message that it changes. */
  readonly changes: string
  readonly by: ChangeBy
}

export type ChangeBy =
  /** An empty text takes the reaction back. */
  | { readonly change: 'reaction'; readonly text: string }
  | { readonly change: 'edit'; readonly content: proto.IMessage }
  | { readonly change: 'delete' }
  /** 0 unpins. */
  | { readonly change: 'pin'; readonly seconds: number }
  | { readonly change: 'vote'; readonly vote: proto.Message.IPollUpdateMessage }
  | { readonly change: 'event-response'; readonly answer: proto.Message.IEncEventResponseMessage }
  | { readonly change: 'encrypted-edit'; readonly edit: proto.Message.ISecretEncryptedMessage }

export function isChange(drawn: object): drawn is Change {
  return 'changes' in drawn
}
