/**
 * Edits that are sealed with the secret of the message that they change, see `message-secret.ts`:
 * WhatsApp's apps send edits of texts, captions and events in this form.
 *
 * The form is that of whatsmeow's `msgsecret.go`: as a vote, but without associated data.
 * Everybody in a group has the secret, so that it opens says nothing of who wrote it.
 */

import { aesDecryptGCM, hmacSign, proto } from 'baileys'
import { isOtherPerson, type PersonId } from '../domain/chat.js'
import { mayBeOwn } from './incoming-act.js'

import { firstThatOpens, readKept } from './message-secret.js'

type Sealed = proto.Message.ISecretEncryptedMessage

export interface OpenedEdit {
  readonly originalId: string
  /** What it says now; absent as long as it can not be read. */
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

/** `undefined` for an edit of what somebody else wrote: nobody may. */
export function openEdit(
  sealed: Sealed,
  sender: PersonId,
  kept: Uint8Array | undefined,
): OpenedEdit | undefined {
  const { targetMessageKey: key } = sealed
  if (!key?.id || !mayBeOwn(key, { sender })) return undefined
  const originalId = key.id
  if (kept === undefined) return { originalId }
  const { creator, secret } = readKept(kept)
  if (isOtherPerson(creator, sender)) return undefined
  const opened = firstThatOpens(creator, sender, (creatorJid, editorJid) =>
    open(sealed, Buffer.from(secret, 'base64'), originalId + creatorJid + editorJid),
  )
  const message = opened?.protocolMessage?.editedMessage ?? opened
  return message ? { originalId, message } : { originalId }
}

/** Throws when the key is not made of this secret and these names. */
function open(
  { encPayload, encIv, secretEncType }: Sealed,
  secret: Uint8Array,
  names: string,
): proto.IMessage {
  const use = uses.get(secretEncType) ?? ''
  const sign = Buffer.concat([Buffer.from(names + use), Buffer.of(1)])
  const key = hmacSign(sign, hmacSign(secret, new Uint8Array(32), 'sha256'), 'sha256')
  const none = new Uint8Array()
  return proto.Message.decode(aesDecryptGCM(encPayload ?? none, key, encIv ?? none, none))
}
