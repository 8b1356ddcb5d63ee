/** The companions of a phone: it links and unlinks them, and gives a new one what it needs to work. */

import type { KeyPair, proto } from 'baileys'
import type { Account, Device } from '../account.js'
import type { LinkedDevice } from '../model.js'
import type { Past } from '../past.js'
import type { FaultPort } from '../fault-port.js'
import type { Network } from '../network.js'
import { unlinkDevice } from '../server/devices.js'
import type { Pairings } from '../server/pairing.js'
import { companionSetup } from './companion-setup.js'
import type { StoreFile } from './composing.js'
import { type LinkingPhone, linkByCode, linkByQr } from './linking.js'
import type { LinkingScreen } from './linking-screen.js'
import type { Outgoing } from './outgoing.js'
import type { AppStateKey } from './app-state.js'
import { olderHistoryOf } from './past.js'

export interface CompanionsParts {
  readonly account: Account
  readonly network: Network
  readonly desk: Pairings
  readonly identityKey: KeyPair
  readonly forgesSignature: () => boolean
  readonly screen: LinkingScreen
  readonly faults: Pick<FaultPort, 'passkeyFault'>
  readonly outgoing: Pick<Outgoing, 'sendPeer'>
  readonly appStateKey: AppStateKey
  readonly storeFile: StoreFile
  readonly past: () => Past
}

export class Companions {
  readonly #parts: CompanionsParts
  readonly #setUp = new Set<Device>()

  constructor(parts: CompanionsParts) {
    this.#parts = parts
  }

  /** Throws `PairingRefusedError` when the QR is unknown or stale. */
  async scan(qr: string): Promise<LinkedDevice> {
    return shown(await linkByQr(this.#linking(), qr))
  }

  /** Throws `PairingRefusedError` when no device waits for this code. */
  async enter(code: string): Promise<LinkedDevice> {
    return shown(await linkByCode(this.#linking(), code))
  }

  list(): readonly LinkedDevice[] {
    return this.#devices().map(shown)
  }

  /** Throws when there is no such companion. */
  unlink(number: number): void {
    const device = this.#devices().find((each) => each.number === number)
    if (device === undefined) throw new Error(`no linked device ${number}`)
    unlinkDevice(device, this.#parts.network)
  }

  /** The connected ones that the phone has not given what they need. */
  newcomers(): readonly Device[] {
    return this.#devices().filter((device) => device.attached && !this.#setUp.has(device))
  }

  /** Does nothing the second time. */
  async setUp(companion: Device): Promise<void> {
    if (this.#setUp.has(companion)) return
    this.#setUp.add(companion)
    const { outgoing, appStateKey, past } = this.#parts
    for (const content of await companionSetup(appStateKey, past(), this.#parts)) {
      await outgoing.sendPeer(companion, content)
    }
  }

  /** A companion wants older messages of a chat. What else it may ask is not answered. */
  async asked(content: proto.IMessage, from: string): Promise<void> {
    const { network, outgoing, past } = this.#parts
    const { historySyncOnDemandRequest: request } =
      content.protocolMessage?.peerDataOperationRequestMessage ?? {}
    const companion = network.deviceOf(from)
    if (!request || companion === undefined) return
    await outgoing.sendPeer(companion, await olderHistoryOf(past(), request, this.#parts))
  }

  #devices(): readonly Device[] {
    return [...this.#parts.account.devices.values()].filter(({ number }) => number !== 0)
  }

  #linking(): LinkingPhone {
    const { network, ...parts } = this.#parts
    return { ...parts, now: network.now }
  }
}

function shown({ number, platform, linkedAt, attached }: Device): LinkedDevice {
  return { device: number, platform, linkedAt, connected: attached }
}
