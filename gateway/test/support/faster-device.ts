/** Another device that writes to the app state of a number right before the gateway does. */

import { type ChatModification, chatModificationToAppPatch } from 'baileys'
import type { Phone, Simulator } from '@recado/simulator'

/**
 * Lets the phone write `modification` right before the next patch to the same collection that another
 * device of its own account hands in. What it gives says whether that has happened.
 */
export async function writesFirst(
  { network }: Simulator,
  phone: Phone,
  modification: ChatModification,
  jid = '',
): Promise<() => boolean> {
  const change = chatModificationToAppPatch(modification, jid)
  const hand = await phone.appState.prepare(change)
  let isFirst = false
  network.on('question', function watch({ stanza, from }) {
    const asked = JSON.stringify(stanza)
    if (from.account.phone !== phone.phone || !asked.includes('"tag":"patch"')) return
    if (!asked.includes(`"name":"${change.type}"`)) return
    network.off('question', watch)
    isFirst = hand()
  })
  return () => isFirst
}
