/** Shows others that their messages and statuses (stories) were read. */

import type { WAMessage, WASocket } from 'baileys'
import type { MessageMark } from '../../domain/engine.js'
import {
  groupJid,
  isWhatsappId,
  jidOfPerson,
  personOfJid,
  statusJid,
  withOtherAddress,
} from '../jid.js'

/**
 * If the number hides its read receipts, Baileys tells its
 * own devices only. Throws when it could not be written.
 */
export async function markRead(
  sock: Pick<WASocket, 'readMessages'>,
  { whatsappId, chat, sender }: MessageMark,
): Promise<void> {
  const author = jidOfPerson(sender)
  const place = placeOf(chat)
  if (place === undefined || (place.named && author === undefined)) return
  const participant = place.named ? author : undefined
  await sock.readMessages([
    {
      remoteJid: place.jid,
      id: whatsappId,
      fromMe: false,
      ...(participant === undefined ? {} : { participant }),
    },
  ])
}

/** `named`: the author has to be named apart from the chat. */
function placeOf(chat: MessageMark['chat']): { jid: string; named: boolean } | undefined {
  if (chat.kind === 'status') return { jid: statusJid, named: true }
  if (chat.kind === 'group') return { jid: groupJid(chat.group), named: true }
  const jid = chat.kind === 'person' ? jidOfPerson(chat) : undefined
  return jid === undefined ? undefined : { jid, named: false }
}

/** Of a status that another number posted. */
export function statusMarkOf({ key, message }: WAMessage): MessageMark | undefined {
  const sender = withOtherAddress(
    personOfJid(key.participant) ?? {},
    personOfJid(key.participantAlt),
  )
  const isPosted = key.remoteJid === statusJid && !key.fromMe && message
  if (!isPosted || !isWhatsappId(key.id) || jidOfPerson(sender) === undefined) return undefined
  return { whatsappId: key.id, chat: { kind: 'status' }, sender }
}
