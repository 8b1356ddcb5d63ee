/** Takes a `<receipt>` of a device and passes it on to the devices that it concerns. */

import type { BinaryNode } from 'baileys'
import type { Addressing, Device } from '../account.js'
import type { Network } from '../network.js'
import { childOf, childrenOf, STATUS_JID, secondsOf, stanza } from '../wire/stanza.js'

/** Returns the acknowledgement. */
export function takeReceipt(receipt: BinaryNode, from: Device, network: Network): BinaryNode {
  const { id, to, participant, type } = receipt.attrs
  const listed = childrenOf(childOf(receipt, 'list'), 'item').map((item) => item.attrs['id'])
  const named = network.accountOf(participant ?? to)
  const isMeant = ({ attrs }: BinaryNode): boolean => {
    const author = network.accountOf(attrs['participant'] ?? attrs['from'])
    return named === undefined || author === undefined || author === named
  }
  for (const seen of [id, ...listed]) from.acknowledgeMessage(seen, isMeant)

  const group = network.group(to)
  // In a group the receipt names the message's author apart from the chat.
  const isStatus = to === STATUS_JID
  const author = group === undefined && !isStatus ? to : participant
  const addressing: Addressing = author?.endsWith('@lid') ? 'lid' : 'pn'
  const address = isStatus
    ? { from: STATUS_JID, participant: from.jid('lid') }
    : group === undefined
      ? { from: from.jid(addressing), recipient: receipt.attrs['recipient'] }
      : { from: group.id, participant: from.jid('lid'), participant_pn: from.account.jid('pn') }
  const passedOn = stanza(
    'receipt',
    {
      ...address,
      id,
      t: secondsOf(network.now()),
      // "Inactive" means that the client is in the background; the sender sees a plain delivery.
      type: type === 'inactive' ? undefined : type,
    },
    receipt.content,
  )
  for (const device of concernedBy(type, author, network)) {
    if (device !== from) device.deliver(passedOn)
  }
  if (type === 'read') tellOwnPhone(receipt, from, network)
  if (type === 'server-error') denyFile(receipt, from, network)

  return stanza('ack', { class: 'receipt', id, from: to, participant, type })
}

function concernedBy(
  type: string | undefined,
  author: string | undefined,
  network: Network,
): readonly Device[] {
  // Only the device that sent it can send it again; only that one waits for its own copy to arrive.
  if (type === 'retry' || type === 'sender') {
    const device = network.deviceOf(author)
    return device === undefined ? [] : [device]
  }
  const isBetweenOwnDevices =
    type === 'peer_msg' || type === 'hist_sync' || type === 'read-self' || type === 'server-error'
  return isBetweenOwnDevices ? [] : [...(network.accountOf(author)?.devices.values() ?? [])]
}

/** A message read on a companion is read on the phone too. */
function tellOwnPhone(receipt: BinaryNode, from: Device, network: Network): void {
  if (from.number === 0) return
  const { id, to } = receipt.attrs
  const attrs = { from: from.jid('lid'), recipient: to, id, type: 'read-self' }
  const t = secondsOf(network.now())
  from.account.devices.get(0)?.deliver(stanza('receipt', { ...attrs, t }, receipt.content))
}

/** A companion asks the phone for a file that the media host has no more. The phones here keep none. */
function denyFile(receipt: BinaryNode, from: Device, network: Network): void {
  const rmr = childOf(receipt, 'rmr')
  const attrs = { id: receipt.attrs['id'], from: from.account.jid('pn') }
  const content = [stanza('rmr', rmr?.attrs ?? {}), stanza('error', { code: '2' })]
  from.deliver(network.notification('mediaretry', attrs, content))
}
