/**
 * What the attributes of a stanza say of its content, and whether it is so. The pairs are those of WhatsApp
 * Web (whatsapp-rust `src/send/mod.rs`, zapo `message/encode/content.ts`, 2026-08). What its clients do with
 * a wrong pair is in no public report: a phone here takes none, because a sender can rely on none.
 */

import { type BinaryNode, proto } from 'baileys'
import { childrenOf } from '../wire/stanza.js'
import { evidence } from '../evidence.js'
import type { Hindrance } from './hindrance.js'

const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type

/** The `edit` of a stanza with this content, which is without wrappers; `undefined` for none. */
export function editOf({
  protocolMessage,
  pinInChatMessage,
  secretEncryptedMessage,
  reactionMessage,
}: proto.IMessage): string | undefined {
  if (protocolMessage?.type === MESSAGE_EDIT || secretEncryptedMessage) return '1'
  // Absent is the first one, as everywhere in protobuf.
  if (protocolMessage && (protocolMessage.type ?? REVOKE) === REVOKE)
    return protocolMessage.key?.fromMe ? '7' : '8'
  if (pinInChatMessage) return '2'
  return reactionMessage && !reactionMessage.text ? '7' : undefined
}

/** Why a change is not taken for what its stanza says; `undefined` where both fit. */
export function changeFault(content: proto.IMessage, stanza: BinaryNode): string | undefined {
  const { edit } = stanza.attrs
  const right = editOf(content)
  if (edit === right) return undefined
  // Baileys leaves it out, and the reaction goes all the same.
  if (edit === undefined && content.reactionMessage) return undefined
  return `its stanza says edit ${edit ?? 'nothing'}, and its content ${right ?? 'nothing'}`
}

/** Of a message that stands in the chat itself. */
export function attributeHindrances(stanza: BinaryNode): readonly Hindrance[] {
  const says: string[] = []
  if (stanza.attrs['edit'] !== undefined) says.push(`edit ${stanza.attrs['edit']}`)
  if (isHidden(stanza)) says.push('decrypt-fail hide')
  if (says.length === 0) return []
  return [
    {
      draws: { android: 'nothing', ios: 'nothing', web: 'nothing' },
      why: `the stanza says ${says.join(' and ')}, which belongs to changes of another message`,
      evidence: evidence.ours,
    },
  ]
}

/** An edit or a reaction that cannot be read would otherwise stand there as a message to wait for. */
export function isHidden(stanza: BinaryNode): boolean {
  return childrenOf(stanza, 'enc').some(({ attrs }) => attrs['decrypt-fail'] === 'hide')
}
