/**
 * Writes a change of a channel's message as chats write theirs, before Baileys reads it.
 *
 * A channel sends an edit as the new content and a deletion without any, under the id of the message
 * itself (`edit` 3 and 8; whatsmeow, read 2026-08-21). Baileys 7.0.0-rc14 takes the first for a message of
 * its own and asks the phone for the content of the second.
 */

import { type BinaryNode, isJidNewsletter, proto, type WAMessage } from 'baileys'

const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type

/** Changes `node` where it is such a message. Call it before any listener of Baileys. */
export function writeAsInChats(node: BinaryNode): void {
  const { from, edit } = node.attrs
  if (!isJidNewsletter(from) || (edit !== '3' && edit !== '8') || !Array.isArray(node.content))
    return
  const children = node.content
  const plaintext = children.find(({ tag }) => tag === 'plaintext')
  if (plaintext === undefined) return
  const editedMessage = edit === '3' ? contentIn(plaintext) : undefined
  if (edit === '3' && editedMessage === undefined) return
  const protocolMessage = {
    type: editedMessage ? MESSAGE_EDIT : REVOKE,
    // Without the id: Baileys would apply the change to the message that has it, which is this one.
    key: { remoteJid: from ?? null, fromMe: true },
    timestampMs: changedAt(node.attrs, children),
    editedMessage: editedMessage ?? null,
  }
  plaintext.content = proto.Message.encode(proto.Message.create({ protocolMessage })).finish()
}

/** A change of a channel that says which message it changes, as those of chats do. Others are as they were. */
export function withChangedId(message: WAMessage): WAMessage {
  const { key, message: content } = message
  const change = content?.protocolMessage
  if (!change || !isJidNewsletter(key.remoteJid ?? undefined)) return message
  const changedKey = { ...change.key, id: key.id ?? null }
  const protocolMessage = { ...change, key: changedKey }
  return { ...message, message: { ...content, protocolMessage } }
}

/** `undefined` where it holds nothing, or nothing that can be read. */
function contentIn({ content }: BinaryNode): proto.IMessage | undefined {
  if (!(content instanceof Uint8Array) || content.length === 0) return undefined
  try {
    return proto.Message.decode(content)
  } catch {
    return undefined
  }
}

/** Epoch, ms. WhatsApp counts `msg_edit_t` in milliseconds and `t` in seconds. */
function changedAt({ t }: BinaryNode['attrs'], children: readonly BinaryNode[]): number {
  const meta = children.find(({ tag }) => tag === 'meta')
  return Number(meta?.attrs['msg_edit_t']) || Number(t) * 1_000 || 0
}
