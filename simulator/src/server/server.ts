/**
 * WhatsApp's server: takes clients in, and answers every stanza of a device.
 *
 * A phone is served through the same functions as a client's connection.
 */

import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import type { FaultPort, Judge } from '../fault-port.js'
import type { Network } from '../network.js'
import type { Connection, ConnectionHost } from '../wire/connection.js'
import type { ClientFinish } from '../wire/noise-responder.js'
import type { RootOfTrust } from '../wire/root-of-trust.js'
import { childOf, idOf, SERVER_JID, secondsOf, stanza } from '../wire/stanza.js'
import { answerIq } from './iq-table.js'
import { announceDevice } from './devices.js'
import { type MessageRules, takeMessage } from './messages.js'
import { Pairings } from './pairing.js'
import type { PhoneLine } from '../phone/phone-line.js'
import { takeCall } from './calls.js'
import { PresenceBoard } from './presence.js'
import { takeReceipt } from './receipts.js'
import { OfflineDelivery } from './offline.js'

export interface ServerParts {
  readonly network: Network
  readonly root: RootOfTrust
  readonly judge: Judge
  readonly faults: FaultPort
  /** `host:port` */
  readonly mediaHost: string
  /** Puts a file on the media host. Returns its URL. */
  readonly publish: (file: Buffer) => string
}

const NO_RULES: MessageRules = {
  judge: () => ({ kind: 'accept' }),
  faults: {
    ackFor: () => ({ kind: 'normal' }),
    isUnmoved: () => false,
    isMoved: () => false,
    paymentsNeedBusiness: false,
  },
}

/** A device at the server's door: how the server answers it. */
interface Caller {
  readonly device: Device
  reply(node: BinaryNode): void
}

/** A logged-in client. */
interface Client extends Caller {
  readonly connection: Connection
  readonly sink: (node: BinaryNode) => void
  readonly offline: OfflineDelivery
  /** Whether it asks for what waits, in batches. */
  readonly pulls: boolean
}

export class Server implements ConnectionHost {
  readonly root: RootOfTrust
  readonly pairing: Pairings
  readonly #parts: ServerParts
  readonly #network: Network
  readonly #presence: PresenceBoard
  readonly #connections = new Set<Connection>()
  readonly #clients = new Map<Device, Client>()

  constructor(parts: ServerParts) {
    this.root = parts.root
    this.#parts = parts
    this.#network = parts.network
    this.#presence = new PresenceBoard(parts.network)
    this.pairing = new Pairings(parts.network, parts.faults)
    this.#network.on('linked', (device) => announceDevice('add', device, this.#network))
    this.#network.on('unlinked', (device) => this.#clients.get(device)?.connection.sendRemoved())
  }

  get connections(): readonly Connection[] {
    return [...this.#connections]
  }

  async arrived(connection: Connection, finish: ClientFinish): Promise<void> {
    this.#connections.add(connection)
    if (finish.payload.devicePairingData) {
      connection.enter('pairing')
      this.pairing.open(connection, finish)
      return
    }
    connection.enter('login')
    this.#logIn(connection, finish)
  }

  async stanza(connection: Connection, node: BinaryNode): Promise<void> {
    if (connection.state === 'pairing') {
      return this.#stanzaBeforePairing(connection, node)
    }
    const client = [...this.#clients.values()].find((each) => each.connection === connection)
    if (client === undefined) return
    if (node.tag === 'message') {
      this.#network.emit('stanza', { stanza: node, from: client.device })
    }
    if (node.tag === 'iq') this.#network.emit('question', { stanza: node, from: client.device })
    this.take(node, client)
    this.#advance(client, node)
  }

  closed(connection: Connection): void {
    this.#connections.delete(connection)
    this.pairing.close(connection)
    for (const [device, client] of this.#clients) {
      if (client.connection !== connection) continue
      device.detach(client.sink)
      this.#presence.forget(device)
      this.#clients.delete(device)
    }
  }

  failed(error: Error): void {
    this.#network.reportFailure(error)
  }

  /** How a phone talks to the server. */
  lineOf(device: Device): PhoneLine {
    return {
      send: (node) => this.take(node, { device, reply: () => undefined }),
      query: (iq) => {
        let answer: BinaryNode | undefined
        this.take(iq, {
          device,
          reply: (node) => {
            answer = node
          },
        })
        if (answer === undefined) throw new Error('the server did not answer')
        return answer
      },
    }
  }

  isConnected(device: Device): boolean {
    return this.#clients.has(device)
  }

  /** Handles one stanza of a device. */
  take(node: BinaryNode, caller: Caller): void {
    const { device } = caller
    switch (node.tag) {
      case 'iq':
        return this.#takeIq(node, caller)
      case 'message':
        return this.#takeMessage(node, caller)
      case 'receipt':
        return caller.reply(takeReceipt(node, device, this.#network))
      case 'ack':
        if (node.attrs['error'] !== undefined) {
          this.#network.emit('nack', { from: device, ack: node })
        }
        return device.acknowledge(node)
      case 'presence':
        return this.#presence.take(node, device)
      case 'chatstate':
        return this.#presence.passOn(node, device)
      case 'call':
        return caller.reply(takeCall(node, device, this.#network))
      case 'ib':
        return undefined
      default:
        return this.#network.reportUnknown(node)
    }
  }

  #takeIq(iq: BinaryNode, caller: Caller): void {
    const actions: (() => void)[] = []
    const { network, mediaHost, publish, faults } = this.#parts
    const afterReply = (action: () => void): void => {
      actions.push(action)
    }
    const { device } = caller
    const answer = answerIq({ iq, device, network, mediaHost, publish, faults, afterReply })
    if (answer !== undefined) caller.reply(answer)
    for (const action of actions) action()
  }

  #takeMessage(message: BinaryNode, caller: Caller): void {
    // Rules and faults are for clients: a phone's own messages are always good.
    const rules = caller.device.number === 0 ? NO_RULES : this.#parts
    const answer = takeMessage(message, caller.device, this.#network, rules)
    if (answer === undefined) return
    if (answer.late === 0) caller.reply(answer.ack)
    else setTimeout(() => caller.reply(answer.ack), answer.late).unref()
  }

  #logIn(connection: Connection, { payload, clientKey }: ClientFinish): void {
    const phone = payload.username?.toString() ?? ''
    const number = payload.device ?? 0
    connection.belongsTo(phone, number)
    const device = this.#network.byPhone(phone)?.devices.get(number)
    const known = device?.noiseKey !== undefined && Buffer.from(device.noiseKey).equals(clientKey)
    if (device === undefined || !known) return connection.sendFailure(401)
    const fault = this.#parts.faults.onConnect(phone)
    if (fault?.kind === 'failure') return connection.sendFailure(fault.code, fault.expire)
    if (fault?.kind === 'stream-error') return connection.sendStreamError(fault.code)

    this.#replace(device)
    const sink = (node: BinaryNode): void => connection.send(node)
    const offline = new OfflineDelivery(device)
    const pulls = payload.pull === true
    const client = { device, connection, sink, reply: sink, offline, pulls }
    this.#clients.set(device, client)
    connection.send(
      stanza('success', {
        t: secondsOf(this.#network.now()),
        lid: device.jid('lid'),
        display_name: device.account.name,
      }),
    )
    // A passive client says later that it is active; the others are from the start.
    if (payload.passive !== true) this.#activate(client)
    return undefined
  }

  /** One connection per device: the newer one wins. */
  #replace(device: Device): void {
    const client = this.#clients.get(device)
    if (client === undefined) return
    device.detach(client.sink)
    this.#presence.forget(device)
    this.#clients.delete(device)
    client.connection.sendStreamError('replaced')
  }

  /** Login goes on: active → what waited → live. */
  #advance(client: Client, node: BinaryNode): void {
    const { connection } = client
    const asksFor = (tag: string): boolean => childOf(node, tag) !== undefined
    if (connection.state === 'login' && asksFor('active')) this.#activate(client)
    else if (connection.state === 'offline' && asksFor('offline_batch')) this.#goLive(client)
  }

  /** A client that pulls is told how much waits, and gets it when it asks; the others get it at once. */
  #activate(client: Client): void {
    client.connection.enter('offline')
    const preview = client.offline.preview()
    if (preview !== undefined) client.connection.send(preview)
    if (preview === undefined || !client.pulls) this.#goLive(client)
  }

  #goLive({ device, connection, sink, offline }: Client): void {
    const nodes = offline.take()
    for (const node of nodes) connection.send(node)
    connection.send(stanza('ib', { from: SERVER_JID }, [offline.end(nodes.length)]))
    device.attach(sink)
    connection.enter('live')
    this.#network.emit('live', device)
  }

  #stanzaBeforePairing(connection: Connection, node: BinaryNode): void {
    if (this.pairing.stanza(connection, node)) return
    if (node.attrs['xmlns'] === 'w:p') {
      connection.send(stanza('iq', { type: 'result', id: idOf(node), from: SERVER_JID }))
      return
    }
    // A client acknowledges the phone's half of a code, and tells a session id before it restarts.
    if (!['ack', 'ib', 'presence'].includes(node.tag)) this.#network.reportUnknown(node)
  }
}
