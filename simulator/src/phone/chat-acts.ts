/** What a person does with a chat, as the changes of the app state that WhatsApp's app writes. */

import { chatModificationToAppPatch, type ChatModification, type WAPatchCreate } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { PhoneMessage } from '../model.js'
import type { ChatAct } from '../person-acts.js'

/** In the order in which they are written. `newest` is the last message of the chat. */
export function changesOf(
  act: ChatAct,
  chat: Account | Group,
  newest: PhoneMessage | undefined,
): readonly WAPatchCreate[] {
  const jid = 'subject' in chat ? chat.id : chat.jid('lid')
  return modificationsOf(act, lastMessagesOf(newest, jid)).map((modification) =>
    chatModificationToAppPatch(modification, jid),
  )
}

type LastMessages = Extract<ChatModification, { archive: boolean }>['lastMessages']

function modificationsOf(act: ChatAct, lastMessages: LastMessages): readonly ChatModification[] {
  switch (act.act) {
    case 'archive':
      // An archived chat is pinned no longer.
      return [{ archive: act.on, lastMessages }, ...(act.on ? [{ pin: false }] : [])]
    case 'pin':
      return [{ pin: act.on }]
    case 'mute':
      return [{ mute: act.until === 'never' ? null : act.until === 'always' ? -1 : act.until }]
    case 'read':
      return [{ markRead: act.on, lastMessages }]
    case 'label': {
      const labelId = act.label
      return [act.on ? { addChatLabel: { labelId } } : { removeChatLabel: { labelId } }]
    }
    case 'clear':
      return [{ clear: true, lastMessages }]
    case 'delete':
      return [{ delete: true, lastMessages }]
  }
}

function lastMessagesOf(newest: PhoneMessage | undefined, remoteJid: string): LastMessages {
  if (newest === undefined) return []
  const { id, fromMe, at, stanza } = newest
  const { participant } = stanza.attrs
  const key = { remoteJid, id, fromMe, ...(fromMe || !participant ? {} : { participant }) }
  return [{ key, messageTimestamp: Math.floor(at / 1_000) }]
}
