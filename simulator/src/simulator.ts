/**
 * A pretend WhatsApp on loopback: start it, add phones, point an unmodified
 * client at `url` with `rootKey` as its root of trust.
 */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.js'
import { type ControlApi, openControlApi } from './control-api.js'
import { Faults } from './faults.js'
import type { Group } from './group.js'
import { openMediaHost } from './media-host.js'
import type { ClientConnection, EpochMs, MediaHost, PasskeyGateMode, World } from './model.js'
import { Network, type Order } from './network.js'
import type { Newsletter } from './newsletter.js'
import { Phone } from './phone.js'
import { keepSignalQuiet } from './phone/quiet-signal.js'
import { showOnScreen } from './screen.js'
import { announceIdentity } from './server/devices.js'
import { changeMember } from './server/iq-groups.js'
import { Server } from './server/server.js'
import { Connection } from './wire/connection.js'
import { type Listener, listen } from './wire/listener.js'
import { openRootOfTrust } from './wire/root-of-trust.js'
import { judge } from './wire-shape.js'

export type { PhoneMessage } from './model.js'
export type { Past } from './past.js'
export type { Phone } from './phone.js'
export type { AssertionParts as Said } from './passkey/passkey.js'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/

export interface SimulatorOptions {
  /** A loopback address; `127.0.0.1` when left out. */
  readonly host?: string | undefined
  /** Ports: a free one when left out. */
  readonly port?: number | undefined
  readonly controlPort?: number | undefined
  readonly mediaPort?: number | undefined
  /** Keeps the root key, so that clients trust the next run too, and the media host's authority. */
  readonly dataDir?: string | undefined
  readonly now?: (() => EpochMs) | undefined
}

export interface NewPhone {
  /** Digits, as registered (a Brazilian number may lack its ninth digit). */
  readonly phone: string
  readonly name?: string | undefined
  readonly business?: boolean | undefined
  /** Whether WhatsApp asks for its passkey when a device is linked; `off` when left out. */
  readonly asksForPasskey?: PasskeyGateMode | undefined
  /** Whether others are told the person's LID; they are unless this is `false`. */
  readonly showsLid?: boolean | undefined
}

/** Throws when a port is taken or the host is not loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  keepSignalQuiet()
  const { host = '127.0.0.1', port = 0, controlPort = 0, mediaPort = 0, dataDir } = options
  if (!LOOPBACK.test(host))
    throw new Error(`the simulator listens on loopback only, not on ${host}`)
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true })
  const inDataDir = (file: string) => (dataDir === undefined ? undefined : join(dataDir, file))

  const root = await openRootOfTrust(inDataDir('root-of-trust.json'))
  const caFile = inDataDir('media-ca.pem')
  const network = new Network(options.now)
  const faults = new Faults()
  const opened: AsyncDisposable[] = []
  try {
    const media = await openMediaHost({
      port: mediaPort,
      faults: () => faults.media,
      uploadRefusal: () => faults.mediaRefusal('upload'),
      ...(caFile === undefined ? {} : { caFile }),
    })
    opened.push(media)
    const server = new Server({
      network,
      root,
      judge,
      faults,
      mediaHost: media.host,
      publish: (file) => media.storeFile('picture', file).url,
    })
    let control: ControlApi | undefined
    const listener = await listen(
      { host, port },
      {
        accept: (socket) => new Connection(socket, server),
        phonesUrl: () => (control ? `${control.url}/phones` : undefined),
      },
    )
    opened.push(listener)
    const rootKey = Buffer.from(root.publicKey).toString('base64')
    const parts = { network, faults, server, media, listener, rootKey, caFile, opened }
    const simulator = new Simulator(parts)
    control = await openControlApi({ world: simulator, faults, port: controlPort })
    opened.push(control)
    simulator.controlledBy(control)
    return simulator
  } catch (error) {
    await closeAll(opened)
    throw error
  }
}

interface SimulatorParts {
  readonly network: Network
  readonly faults: Faults
  readonly server: Server
  readonly media: MediaHost
  readonly listener: Listener
  readonly rootKey: string
  readonly caFile: string | undefined
  /** Everything to be closed, in the order of opening. */
  readonly opened: AsyncDisposable[]
}

export class Simulator implements World, AsyncDisposable {
  readonly network: Network
  readonly faults: Faults
  /** Where clients connect: `ws://127.0.0.1:PORT/ws/chat`. */
  readonly url: string
  /** Base64 of the 32 bytes that a client has to trust instead of WhatsApp's. */
  readonly rootKey: string
  /** `127.0.0.1:port` */
  readonly mediaHost: string
  /** PEM of the authority behind the media host. */
  readonly caCertificate: string
  /** The same as a file, for `NODE_EXTRA_CA_CERTS`; only with a `dataDir`. */
  readonly caCertificatePath: string | undefined
  readonly #parts: SimulatorParts
  readonly #phones = new Map<string, Phone>()
  #control: ControlApi | undefined

  constructor(parts: SimulatorParts) {
    this.#parts = parts
    this.network = parts.network
    this.faults = parts.faults
    this.url = parts.listener.url
    this.rootKey = parts.rootKey
    this.mediaHost = parts.media.host
    this.caCertificate = parts.media.caCertificate
    this.caCertificatePath = parts.caFile
  }

  /** For `startSimulator` only: the control API needs the simulator first. */
  controlledBy(control: ControlApi): void {
    this.#control = control
  }

  /** `http://127.0.0.1:PORT` */
  get controlUrl(): string {
    return this.#control?.url ?? ''
  }

  get phones(): readonly Phone[] {
    return [...this.#phones.values()]
  }

  get groups(): readonly Group[] {
    return this.network.groups
  }

  get newsletters(): readonly Newsletter[] {
    return this.network.newsletters
  }

  get connections(): readonly ClientConnection[] {
    return this.#parts.server.connections
  }

  businessSideOf(number: string): Account | undefined {
    return this.network.byPhone(number)
  }

  phone(number: string): Phone | undefined {
    return this.#phones.get(number)
  }

  /** Switches a new phone on. Throws when the number is taken. */
  async addPhone(person: NewPhone): Promise<Phone> {
    const {
      phone: number,
      name,
      business = false,
      asksForPasskey = 'off',
      showsLid = true,
    } = person
    const { network } = this.#parts
    const account = network.register({ phone: number, name: name ?? `Phone ${number}`, business })
    account.asksForPasskey = asksForPasskey
    account.showsLid = showsLid
    return this.#switchOn(account)
  }

  /**
   * The person has a new phone: the same account with new keys, and without its companions.
   * The one before is off for good. `announced`: those who know the person are told that the keys changed.
   */
  async changePhone(number: string, { announced = true } = {}): Promise<Phone> {
    const { network } = this.#parts
    const before = this.#phones.get(number)
    const account = network.byPhone(number)
    if (before === undefined || account === undefined) throw new Error('no such phone')
    for (const { device } of before.linkedDevices()) await before.unlink(device)
    before.goOffline()
    const phone = await this.#switchOn(account)
    if (announced) announceIdentity(account, network)
    return phone
  }

  /** The person leaves WhatsApp. The number is free for another phone, whose LID is another one. */
  giveUp(number: string): void {
    const { network } = this.#parts
    this.#phones.get(number)?.goOffline()
    this.#phones.delete(number)
    const account = network.byPhone(number)
    if (account !== undefined) network.unregister(account)
  }

  /** Throws when there is no such group or phone. */
  changeMember(change: 'add' | 'remove', number: string, groupId: string): void {
    const { network } = this.#parts
    const [group, account] = [network.group(groupId), network.byPhone(number)]
    if (group === undefined || account === undefined) throw new Error('no such group or phone')
    changeMember(change, account, group, network)
  }

  async #switchOn(account: Account): Promise<Phone> {
    const { network, server, media, faults } = this.#parts
    const { phone: number } = account
    const device = account.addPrimary(network.now())
    const phone = await Phone.switchOn({
      account,
      device,
      network,
      line: server.lineOf(device),
      desk: server.pairing,
      screen: showOnScreen,
      fetchFile: (file) => media.fetchFile(file),
      storeFile: (kind, encrypted) => media.storeFile(kind, encrypted),
      faults,
      mustFail: () => faults.failsToDecrypt(number),
      forgesSignature: () => faults.isForged('account-signature'),
    })
    this.#phones.set(number, phone)
    return phone
  }

  /** Throws when a member has no phone here. */
  addGroup(group: { readonly subject: string; readonly members: readonly string[] }): Group {
    const accounts = group.members.map((member): Account => {
      const account = this.network.byPhone(member)
      if (account === undefined) throw new Error('a member has no phone here')
      return account
    })
    return this.network.addGroup({ subject: group.subject, accounts })
  }

  /** What WhatsApp knows of a cart that a phone sends. */
  addOrder(order: Order): void {
    this.network.addOrder(order)
  }

  /** Ends every connection and frees the ports. */
  async [Symbol.asyncDispose](): Promise<void> {
    await closeAll(this.#parts.opened)
  }
}

async function closeAll(opened: AsyncDisposable[]): Promise<void> {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]()
}
