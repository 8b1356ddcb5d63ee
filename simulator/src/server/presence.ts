/** Who is online, and who is typing: of the moment only, so nothing waits for an offline device. */

import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import type { Network } from '../network.js'
import { secondsOf, stanza } from '../wire/stanza.js'

/** `available` and `unavailable` are kept by nobody; a subscription is answered at once. */
export function passOnPresence(presence: BinaryNode, from: Device, network: Network): void {
  if (presence.attrs['type'] !== 'subscribe') return
  const account = network.accountOf(presence.attrs['to'])
  if (account === undefined) return
  const online = [...account.devices.values()].some((device) => device.attached)
  from.tell(
    stanza('presence', {
      from: presence.attrs['to'],
      type: online ? undefined : 'unavailable',
      last: online ? undefined : secondsOf(network.now()),
    }),
  )
}

export function passOnTyping(chatstate: BinaryNode, from: Device, network: Network): void {
  const to = chatstate.attrs['to']
  const group = network.group(to)
  const receivers = group?.accounts ?? [network.accountOf(to)]
  const address =
    group === undefined
      ? { from: from.account.jid(to?.endsWith('@lid') ? 'lid' : 'pn') }
      : { from: group.id, participant: from.account.jid('lid') }
  for (const account of receivers) {
    if (account === undefined || account === from.account) continue
    for (const device of account.devices.values()) {
      device.tell(stanza('chatstate', address, chatstate.content))
    }
  }
}
