/**
 * Edits that are sealed with the secret of the message that they change, see `message-secret.ts`:
 * WhatsApp's apps send edits of texts, captions and events in this form.
 *
 * All members of a group have the secret, so opening it does not prove the author.
 */

import { proto } from 'baileys'
import { isOtherPerson, type PersonId } from '../../domain/chat.js'
import { mayBeOwn } from './incoming-act.js'

import { firstThatOpens, openSealed, readSecretRecord } from './message-secret.js'

type Sealed = proto.Message.ISecretEncryptedMessage

export interface OpenedEdit {
  readonly originalId: string
  /** What it says now; absent as long as it cannot be read. */
  readonly message?: proto.IMessage
}

const { EVENT_EDIT, MESSAGE_EDIT } = proto.Message.SecretEncryptedMessage.SecretEncType
const uses: ReadonlyMap<unknown, string> = new Map([
  [EVENT_EDIT, 'Event Edit'],
  [MESSAGE_EDIT, 'Message Edit'],
])

export function sealedEditIn(content: proto.IMessage | undefined): Sealed | undefined {
  const sealed = content?.secretEncryptedMessage
  return sealed && uses.has(sealed.secretEncType) ? sealed : undefined
}

/** `undefined` for an edit of another person's message, which is not allowed. */
export function openEdit(
  sealed: Sealed,
  sender: PersonId,
  kept: Uint8Array | undefined,
): OpenedEdit | undefined {
  const { targetMessageKey: key } = sealed
  if (!key?.id || !mayBeOwn(key, { sender })) return undefined
  const originalId = key.id
  if (kept === undefined) return { originalId }
  const { creator, secret } = readSecretRecord(kept)
  const use = uses.get(sealed.secretEncType) ?? ''
  if (isOtherPerson(creator, sender)) return undefined
  const opened = firstThatOpens(creator, sender, (creatorJid, editorJid) =>
    proto.Message.decode(openSealed(sealed, secret, originalId + creatorJid + editorJid + use)),
  )
  const message: proto.IMessage | undefined = opened?.protocolMessage?.editedMessage ?? opened
  return message ? { originalId, message } : { originalId }
}
