/**
 * Who is online, and who is typing: of the moment only, so nothing waits for an offline device.
 *
 * A client is told of others only while it says that it is online itself. A
 * phone always is while it is on.
 */

import type { BinaryNode } from 'baileys'
import type { Account, Device } from '../account.js'
import type { Network } from '../network.js'
import { secondsOf, stanza } from '../wire/stanza.js'

/** Presence subscriptions. A subscription ends with the client's connection. */
export class PresenceBoard {
  readonly #network: Network
  readonly #online = new Set<Device>()
  readonly #watchers = new Map<Account, Map<Device, string>>()

  constructor(network: Network) {
    this.#network = network
    network.on('phone-online', (account) => this.#tellWatchers(account))
  }

  /** A device reports that it is available or not, or subscribes to a person. */
  take(presence: BinaryNode, from: Device): void {
    const { type, to } = presence.attrs
    if (type === 'available') this.#online.add(from)
    if (type === 'unavailable') this.#online.delete(from)
    if (type !== 'subscribe') return
    const account = this.#network.accountOf(to)
    if (account === undefined || to === undefined || account.blocked.has(from.account)) return
    const watchers = this.#watchers.get(account) ?? new Map<Device, string>()
    this.#watchers.set(account, watchers.set(from, to))
    // The subscriber gets an answer whether the person is online or not.
    from.tell(this.#presenceOf(account, to))
  }

  /** A device types, records or stops. */
  passOn(chatstate: BinaryNode, from: Device): void {
    const to = chatstate.attrs['to']
    const group = this.#network.group(to)
    const receivers = group?.accounts ?? [this.#network.accountOf(to)]
    const address =
      group === undefined
        ? { from: from.account.jid(to?.endsWith('@lid') ? 'lid' : 'pn') }
        : { from: group.id, participant: from.account.jid('lid') }
    for (const account of receivers) {
      if (account === undefined || account === from.account) continue
      for (const device of account.devices.values())
        if (this.#hears(device)) device.tell(stanza('chatstate', address, chatstate.content))
    }
  }

  /** Its connection is gone, and with it what it wanted. */
  forget(device: Device): void {
    this.#online.delete(device)
    for (const watchers of this.#watchers.values()) watchers.delete(device)
  }

  #tellWatchers(account: Account): void {
    for (const [device, address] of this.#watchers.get(account) ?? [])
      if (this.#hears(device)) device.tell(this.#presenceOf(account, address))
  }

  #presenceOf(account: Account, from: string): BinaryNode {
    const online = [...account.devices.values()].some((device) => device.attached)
    return stanza('presence', {
      from,
      type: online ? undefined : 'unavailable',
      last: online ? undefined : secondsOf(this.#network.now()),
    })
  }

  #hears(device: Device): boolean {
    return device.number === 0 || this.#online.has(device)
  }
}
