/**
 * Brings a companion that wants to be linked together with the phone that links it.
 *
 * A companion makes an offer by connecting without credentials. A phone finds
 * the offer by what it scanned or by the number that the companion asked for,
 * and the desk carries the signatures between the two.
 */

import { randomBytes } from 'node:crypto'
import { type BinaryNode, proto } from 'baileys'
import type { Account, Device } from '../account.js'
import { PairingRefusedError } from '../model.js'
import { type FaultPort } from '../fault-port.js'
import type { Network } from '../network.js'
import type { Connection } from '../wire/connection.js'
import type { ClientFinish } from '../wire/noise-responder.js'
import { bytesOf, childOf, idOf, SERVER_JID, secondsOf, stanza } from '../wire/stanza.js'
import type { SignedCompanion } from './adv.js'
import { KeyBundle } from './key-bundle.js'
import { PasskeyGate } from './passkey-gate.js'

const REFS = 6
const ANSWER_TIMEOUT_MS = 15_000

/** A companion that waits to be linked. */
export interface PairingOffer {
  readonly connection: Connection
  readonly refs: readonly string[]
  readonly noiseKey: Uint8Array
  readonly identityKey: Uint8Array
  readonly keys: KeyBundle
  readonly platform: string
  readonly deviceType: proto.DeviceProps.PlatformType | undefined
  linkRequest?: LinkRequest
}

/** A companion asked for pairing by code, for one number. */
interface LinkRequest {
  readonly phone: string
  readonly ref: Uint8Array
  readonly wrappedCompanionKey: Uint8Array
}

interface Answer {
  readonly resolve: (node: BinaryNode) => void
  readonly reject: (error: Error) => void
}

export class Pairings {
  readonly passkeys: PasskeyGate
  readonly #network: Network
  readonly #faults: Pick<FaultPort, 'passkeyFault'>
  readonly #offers = new Map<Connection, PairingOffer>()
  readonly #awaited = new Map<Connection, Map<string, Answer>>()

  constructor(network: Network, faults: Pick<FaultPort, 'passkeyFault'>) {
    this.#network = network
    this.#faults = faults
    this.passkeys = new PasskeyGate(network, faults)
  }

  /** Shows the client the references for its QR codes. */
  open(connection: Connection, finish: ClientFinish): void {
    const offer = { connection, noiseKey: finish.clientKey, ...readRegistration(finish.payload) }
    this.#offers.set(connection, offer)
    const refs = offer.refs.map((ref) => stanza('ref', {}, Buffer.from(ref)))
    connection.send(this.#set([stanza('pair-device', {}, refs)]))
  }

  close(connection: Connection): void {
    this.#offers.delete(connection)
    this.passkeys.close(connection)
    for (const answer of this.#awaited.get(connection)?.values() ?? []) {
      answer.reject(new PairingRefusedError('the companion closed its connection'))
    }
    this.#awaited.delete(connection)
  }

  offerByRef(ref: string): PairingOffer | undefined {
    return [...this.#offers.values()].find((offer) => offer.refs.includes(ref))
  }

  /** The newest companion that asked to be linked to this number by code. */
  offerForNumber(phone: string): (PairingOffer & { linkRequest: LinkRequest }) | undefined {
    const offers = [...this.#offers.values()].toReversed()
    return offers.find((offer): offer is PairingOffer & { linkRequest: LinkRequest } => {
      return offer.linkRequest?.phone === phone
    })
  }

  /** Handles a stanza of a client that is not linked yet. Returns false when the desk does not know it. */
  stanza(connection: Connection, node: BinaryNode): boolean {
    if (this.passkeys.stanza(connection, node)) return true
    if (node.tag !== 'iq') return false
    const link = childOf(node, 'link_code_companion_reg')
    if (link !== undefined) return this.#linkStage(connection, node, link)
    if (node.attrs['type'] !== 'result') return false
    this.#answer(connection, idOf(node), node)
    return true
  }

  /** Sends the phone's half of a code pairing; resolves with the companion's half, which waits for `reply`. */
  async exchangeKeys(
    offer: PairingOffer & { linkRequest: LinkRequest },
    phone: { readonly wrappedKey: Uint8Array; readonly identityKey: Uint8Array },
  ): Promise<{ bundle: Uint8Array; reply: (accepted: boolean) => void }> {
    const attrs = { from: SERVER_JID }
    offer.connection.send(
      this.#network.notification('link_code_companion_reg', attrs, [
        stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
          stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, phone.wrappedKey),
          stanza('primary_identity_pub', {}, phone.identityKey),
          stanza('link_code_pairing_ref', {}, offer.linkRequest.ref),
        ]),
      ]),
    )
    const finish = await this.#await(offer.connection, 'companion_finish')
    const link = childOf(finish, 'link_code_companion_reg')
    const bundle = bytesOf(childOf(link, 'link_code_pairing_wrapped_key_bundle'))
    if (bundle === undefined) throw new PairingRefusedError('the companion sent no key bundle')
    return {
      bundle,
      reply: (accepted) => {
        const error = [stanza('error', { code: '400', text: 'bad-request' })]
        offer.connection.send(answerTo(finish, accepted ? [] : error))
      },
    }
  }

  /** Hands the phone's signature over, takes the companion's, and makes it a device. The client then has to reconnect. */
  async complete(
    offer: PairingOffer,
    account: Account,
    companion: { readonly number: number; readonly signed: SignedCompanion },
  ): Promise<Device> {
    const number = companion.number
    const device = account.addCompanion({
      number,
      platform: offer.platform,
      linkedAt: this.#network.now(),
      noiseKey: offer.noiseKey,
    })
    device.keys = offer.keys
    const success = this.#set([
      stanza('pair-success', {}, [
        stanza('device-identity', {}, companion.signed.content),
        stanza('biz', { name: account.name }),
        stanza('device', { jid: device.jid('pn'), lid: device.jid('lid') }),
        stanza('platform', { name: account.business ? 'smba' : 'android' }),
      ]),
    ])
    try {
      const answered = this.#await(offer.connection, idOf(success))
      offer.connection.send(success)
      const fault = this.#faults.passkeyFault(account.phone, 'cut', 'success')
      if (fault !== undefined) offer.connection.drop()
      const sign = childOf(await answered, 'pair-device-sign')
      const identity = bytesOf(childOf(sign, 'device-identity'))
      if (identity === undefined || !companion.signed.isConfirmedBy(identity)) {
        throw new PairingRefusedError("the companion's signature is not valid")
      }
    } catch (error) {
      account.devices.delete(number)
      throw error
    }
    this.#offers.delete(offer.connection)
    this.#network.emit('linked', device)
    offer.connection.sendStreamError(515)
    return device
  }

  #linkStage(connection: Connection, node: BinaryNode, link: BinaryNode): boolean {
    const offer = this.#offers.get(connection)
    if (offer === undefined) return false
    if (link.attrs['stage'] === 'companion_finish') {
      this.#answer(connection, 'companion_finish', node)
      return true
    }
    const account = this.#network.accountOf(link.attrs['jid'])
    const wrapped = bytesOf(childOf(link, 'link_code_pairing_wrapped_companion_ephemeral_pub'))
    if (account === undefined || wrapped === undefined) {
      const code = account === undefined ? '404' : '400'
      connection.send(answerTo(node, [stanza('error', { code, text: 'link code refused' })]))
      return true
    }
    const ref = randomBytes(16)
    offer.linkRequest = { phone: account.phone, ref, wrappedCompanionKey: wrapped }
    const content = [stanza('link_code_pairing_ref', {}, ref)]
    const stage = { stage: 'companion_hello' }
    connection.send(answerTo(node, [stanza('link_code_companion_reg', stage, content)]))
    this.#network.emit('link-code', account)
    return true
  }

  #set(content: BinaryNode[]): BinaryNode {
    const id = randomBytes(8).toString('hex')
    const t = secondsOf(this.#network.now())
    return stanza('iq', { from: SERVER_JID, type: 'set', id, xmlns: 'md', t }, content)
  }

  async #await(connection: Connection, what: string): Promise<BinaryNode> {
    const awaited = this.#awaited.get(connection) ?? new Map<string, Answer>()
    this.#awaited.set(connection, awaited)
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<BinaryNode>((resolve, reject) => {
        if (connection.state === 'closed') reject(new PairingRefusedError('the companion has gone'))
        awaited.set(what, { resolve, reject })
        timer = setTimeout(() => {
          reject(new PairingRefusedError('the companion did not answer'))
        }, ANSWER_TIMEOUT_MS).unref()
      })
    } finally {
      clearTimeout(timer)
      awaited.delete(what)
    }
  }

  #answer(connection: Connection, what: string, node: BinaryNode): void {
    this.#awaited.get(connection)?.get(what)?.resolve(node)
  }
}

function readRegistration(payload: proto.ClientPayload) {
  const data = payload.devicePairingData
  const { eRegid, eIdent, eSkeyId, eSkeyVal, eSkeySig } = data ?? {}
  if (!eRegid || !eIdent || !eSkeyId || !eSkeyVal || !eSkeySig) {
    throw new Error('the registration holds no keys')
  }
  const props = data?.deviceProps ? proto.DeviceProps.decode(data.deviceProps) : undefined
  const signedPreKey = stanza('skey', {}, [
    stanza('id', {}, eSkeyId),
    stanza('value', {}, eSkeyVal),
    stanza('signature', {}, eSkeySig),
  ])
  return {
    refs: Array.from({ length: REFS }, () => `2@${randomBytes(24).toString('base64url')}`),
    identityKey: eIdent,
    keys: new KeyBundle({ registration: eRegid, identity: eIdent, signedPreKey }),
    platform: props?.os ?? '',
    deviceType: props?.platformType ?? undefined,
  }
}

function answerTo(iq: BinaryNode, content: BinaryNode[]): BinaryNode {
  const type = content[0]?.tag === 'error' ? 'error' : 'result'
  return stanza('iq', { type, id: idOf(iq), from: SERVER_JID }, content)
}
