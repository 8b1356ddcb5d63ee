/** The labels of a business, and which chats have them: part of what a phone shares with its companions. */

import type { proto } from 'baileys'
import type { Label } from '../model.js'
import type { Network } from '../network.js'
import type { AppState } from './app-state.js'
import { chatIdOf, chatOf } from './chat-names.js'

export function labelsIn(appState: AppState): readonly Label[] {
  return appState.entries('label_edit').flatMap(({ index, value: { labelEditAction } }) => {
    const { deleted, name, color } = labelEditAction ?? {}
    return deleted ? [] : [{ id: index[1] ?? '', name: name ?? '', color: color ?? 0 }]
  })
}

/** By number (digits) or a group's JID: the ids of its labels. */
export function labelsByChat(
  appState: AppState,
  network: Network,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { index, value } of appState.entries('label_jid')) {
    const [, label, jid] = index
    if (!isOn(value) || label === undefined || !isKnown(jid, network)) continue
    const chat = chatIdOf(chatOf(network, jid))
    found.set(chat, [...(found.get(chat) ?? []), label])
  }
  return found
}

function isOn({ labelAssociationAction }: proto.ISyncActionValue): boolean {
  return labelAssociationAction?.labeled === true
}

function isKnown(jid: string | undefined, network: Network): jid is string {
  return network.group(jid) !== undefined || network.accountOf(jid) !== undefined
}
