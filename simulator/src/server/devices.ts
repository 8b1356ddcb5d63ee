/** Telling the others that an account has a new companion, or one less. */

import type { BinaryNode } from 'baileys'
import type { Account, Device } from '../account.js'
import type { Network } from '../network.js'
import { stanza } from '../wire/stanza.js'
import type { IqCall } from './iq-call.js'

/** Tells all who may have the account's device list: its own devices, its chats, its groups. */
export function announceDevice(change: 'add' | 'remove', device: Device, network: Network): void {
  // A client keeps device lists by number and by LID, so the device is named in both forms.
  const named = (['pn', 'lid'] as const).map((addressing) =>
    stanza('device', { jid: device.jid(addressing), 'key-index': device.number.toString() }),
  )
  for (const account of acquaintancesOf(device.account, network)) {
    for (const theirs of account.devices.values()) {
      if (theirs === device) continue
      const from = device.account.jid('pn')
      const attrs = { from, lid: device.account.jid('lid') }
      const content = [stanza(change, { device_hash: '2:simulator' }, named)]
      theirs.deliver(network.notification('devices', attrs, content))
    }
  }
}

/** Tells all who may have sessions with the account's phone that its keys are new. */
export function announceIdentity(account: Account, network: Network): void {
  for (const acquaintance of acquaintancesOf(account, network)) {
    if (acquaintance === account) continue
    for (const device of acquaintance.devices.values()) {
      const attrs = { from: account.jid('lid') }
      device.deliver(network.notification('encrypt', attrs, [stanza('identity')]))
    }
  }
}

/** Removes a companion: it is told when it is connected, and cannot log in again. */
export function unlinkDevice(device: Device, network: Network): void {
  if (!device.account.devices.delete(device.number)) return
  announceDevice('remove', device, network)
  network.emit('unlinked', device)
}

/** A companion logs itself out. */
export function removeCompanion({ device, network, afterReply }: IqCall): BinaryNode[] {
  afterReply(() => unlinkDevice(device, network))
  return []
}

function acquaintancesOf(account: Account, network: Network): ReadonlySet<Account> {
  const writers = network.accounts.filter((other) => other.writtenTo.has(account))
  const fellows = network.groupsOf(account).flatMap((group) => group.accounts)
  return new Set([account, ...account.writtenTo, ...writers, ...fellows])
}
