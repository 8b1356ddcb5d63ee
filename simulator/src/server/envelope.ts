/**
 * Builds the stanza that each device gets of a message.
 *
 * Pure: it reads the sender's stanza and makes one for each receiving device,
 * with the encrypted part for that device and the rest as the sender wrote it.
 */

import type { BinaryNode } from 'baileys'
import type { Account, Addressing, Device } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'
import { childOf, childrenOf, STATUS_JID, secondsOf, stanza } from '../wire/stanza.js'

export interface Envelope {
  readonly to: Device
  readonly stanza: BinaryNode
}

/** Children that concern the sender and the server only, or that are put back per device. */
const NOT_COPIED = new Set(['participants', 'enc', 'device-identity', 'tctoken', 'reporting'])

/** A message to a person, to the sender's own devices, or to one device that asked for it again. */
export function personEnvelopes(
  message: BinaryNode,
  from: Device,
  chat: Account,
  network: Network,
): Envelope[] {
  const addressing: Addressing = message.attrs['to']?.endsWith('@lid') ? 'lid' : 'pn'
  const direct = childrenOf(message, 'enc')
  const entries: { jid: string | undefined; encrypted: readonly BinaryNode[] }[] =
    direct.length > 0
      ? [{ jid: message.attrs['to'], encrypted: direct }]
      : childrenOf(childOf(message, 'participants')).map((entry) => ({
          jid: entry.attrs['jid'],
          encrypted: childrenOf(entry),
        }))

  return entries.flatMap(({ jid, encrypted }) => {
    const to = network.deviceOf(jid)
    if (to === undefined || to === from) return []
    if (to.account !== chat && to.account !== from.account) return []
    const address =
      to.account === from.account
        ? ownCopyAddress(message, from, direct.length > 0 ? undefined : chat, addressing, network)
        : strangerAddress(from, addressing)
    const readable = readableBy(to, from, message, encrypted)
    return [{ to, stanza: envelope(message, from, address, readable, network) }]
  })
}

/** A message to a group, or to the one member device that asked for it again. */
export function groupEnvelopes(
  message: BinaryNode,
  from: Device,
  group: Group,
  network: Network,
): Envelope[] {
  const address = {
    from: group.id,
    participant: from.jid('lid'),
    participant_pn: from.account.jid('pn'),
    addressing_mode: 'lid',
  }
  const common = childrenOf(message, 'enc')
  const only = message.attrs['participant']
  const keys = new Map(
    childrenOf(childOf(message, 'participants')).map((entry) => [
      network.deviceOf(entry.attrs['jid']),
      childrenOf(entry),
    ]),
  )
  const receivers =
    only === undefined
      ? group.accounts.flatMap((account) => [...account.devices.values()])
      : [network.deviceOf(only)]
  return receivers.flatMap((to) => {
    if (to === undefined || to === from) return []
    const encrypted = [...(only === undefined ? (keys.get(to) ?? []) : []), ...common]
    const readable = readableBy(to, from, message, encrypted)
    return [{ to, stanza: envelope(message, from, address, readable, network) }]
  })
}

/** A status (story), to those it was encrypted for, or to the one device that asked for it again. */
export function statusEnvelopes(message: BinaryNode, from: Device, network: Network): Envelope[] {
  const address = {
    from: STATUS_JID,
    participant: from.jid('lid'),
    participant_pn: from.account.jid('pn'),
  }
  const common = childrenOf(message, 'enc')
  const only = message.attrs['participant']
  const entries =
    only === undefined
      ? childrenOf(childOf(message, 'participants')).map((entry) => ({
          jid: entry.attrs['jid'],
          encrypted: [...childrenOf(entry), ...common],
        }))
      : [{ jid: only, encrypted: common }]
  return entries.flatMap(({ jid, encrypted }) => {
    const to = network.deviceOf(jid)
    if (to === undefined || to === from) return []
    return [{ to, stanza: envelope(message, from, address, encrypted, network) }]
  })
}

/** What is to be viewed once is for the phone: its companions hear only that there is something. */
function readableBy(
  to: Device,
  from: Device,
  message: BinaryNode,
  encrypted: readonly BinaryNode[],
): readonly BinaryNode[] {
  const isOnce = childOf(message, 'meta')?.attrs['view_once'] === 'true'
  if (!isOnce || to.number === 0 || to.account === from.account) return encrypted
  return [stanza('unavailable', { type: 'view_once' })]
}

type Address = Readonly<Record<string, string | undefined>>

function strangerAddress(from: Device, addressing: Addressing): Address {
  const { account } = from
  return addressing === 'lid' && account.showsLid
    ? { from: from.jid('lid'), sender_pn: account.jid('pn') }
    : { from: from.jid('pn'), sender_lid: account.showsLid ? account.jid('lid') : undefined }
}

/** What the sender's own other devices get. They need to know whose chat it belongs to. */
function ownCopyAddress(
  message: BinaryNode,
  from: Device,
  chat: Account | undefined,
  addressing: Addressing,
  network: Network,
): Address {
  if (message.attrs['category'] === 'peer') {
    return { from: from.jid('pn'), category: 'peer', sender_lid: from.account.jid('lid') }
  }
  const recipient = chat ?? network.accountOf(message.attrs['recipient'])
  const other =
    addressing === 'lid'
      ? { peer_recipient_pn: recipient?.jid('pn') }
      : { peer_recipient_lid: recipient?.jid('lid') }
  return { from: from.jid(addressing), recipient: recipient?.jid(addressing), ...other }
}

function envelope(
  message: BinaryNode,
  from: Device,
  address: Address,
  encrypted: readonly BinaryNode[],
  network: Network,
): BinaryNode {
  const { id, type, edit } = message.attrs
  const opensSession = encrypted.some((enc) => enc.attrs['type'] === 'pkmsg')
  const copied = childrenOf(message).filter(
    ({ tag }) => !NOT_COPIED.has(tag) || (tag === 'device-identity' && opensSession),
  )
  const t = secondsOf(network.now())
  const attrs = { ...address, id, type, edit, t, notify: from.account.name }
  return stanza('message', attrs, [...encrypted, ...copied])
}
