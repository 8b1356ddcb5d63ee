/**
 * WhatsApp's passkey step, as the server takes part in it.
 *
 * It asks a companion for the account's passkey, judges the answer, and carries what phone and companion say
 * to each other. An answer that is not good gets a result like a good one and then silence, as in the field.
 */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import { PairingRefusedError } from '../model.js'
import { type FaultPort, type PasskeyStep } from '../fault-port.js'
import type { Network } from '../network.js'
import { assertionProblem } from '../passkey/assertion-check.js'
import { RP_ID } from '../passkey/passkey.js'
import type { Connection } from '../wire/connection.js'
import {
  bytesOf,
  childOf,
  childrenOf,
  idOf,
  SERVER_JID,
  secondsOf,
  stanza,
} from '../wire/stanza.js'

/** WhatsApp names 600 s in the options itself. */
const OPTIONS_LAST_MS = 600_000

export interface Prologue {
  readonly payload: Uint8Array
  readonly proof: Uint8Array | undefined
  /** The reference that was given out last. */
  readonly ref: string | undefined
}

interface Arrival<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

/** One companion that is asked. */
interface Asked {
  readonly account: Account
  challenge: string
  challengeAt: number
  ref: string | undefined
  isLoggedInEarly: boolean
  readonly unacknowledged: Set<string>
  readonly prologue: Arrival<Prologue>
  readonly nonce: Arrival<Uint8Array>
  readonly pairingRequest: Arrival<Uint8Array>
  readonly gone: Arrival<never>
}

export class PasskeyGate {
  readonly #network: Network
  readonly #faults: Pick<FaultPort, 'passkeyFault'>
  readonly #asked = new Map<Connection, Asked>()

  constructor(network: Network, faults: Pick<FaultPort, 'passkeyFault'>) {
    this.#network = network
    this.#faults = faults
  }

  /** Asks for the account's passkey. Resolves when a good answer came; rejects when the companion has gone. */
  ask(connection: Connection, account: Account): Promise<Prologue> {
    if (connection.state === 'closed') return Promise.reject(gone())
    const asked: Asked = {
      account,
      challenge: '',
      challengeAt: 0,
      ref: undefined,
      isLoggedInEarly: false,
      unacknowledged: new Set(),
      prologue: arrival(),
      nonce: arrival(),
      pairingRequest: arrival(),
      gone: arrival(),
    }
    this.#asked.set(connection, asked)
    if (this.#fails('early-success', account)) {
      asked.isLoggedInEarly = true
      const t = secondsOf(this.#network.now())
      connection.send(stanza('success', { t, lid: `${account.lid}@lid` }))
    }
    this.#sendRequest(connection, asked)
    if (this.#fails('asked-twice', account)) this.#sendRequest(connection, asked)
    this.#cutAfter('request', connection, account)
    return asked.prologue.promise
  }

  /** Asks once more in the middle, with other options. */
  askAgain(connection: Connection): void {
    this.#sendRequest(connection, this.#of(connection))
  }

  /** Hands over the phone's half; resolves with the companion's nonce. */
  continueWith(connection: Connection, primaryIdentity: Uint8Array): Promise<Uint8Array> {
    const asked = this.#of(connection)
    const content = [stanza('primary_ephemeral_identity', {}, primaryIdentity)]
    this.#notify(connection, asked, 'crsc_continuation', content)
    this.#cutAfter('continuation', connection, asked.account)
    return asked.nonce.promise
  }

  /** Resolves with the encrypted request, when both notifications are acknowledged. */
  async pairingRequest(connection: Connection): Promise<Uint8Array> {
    const asked = this.#of(connection)
    const request = await asked.pairingRequest.promise
    if (asked.unacknowledged.size > 0)
      this.#network.reportFailure(new Error('a passkey notification was not acknowledged'))
    return request
  }

  /** Rejects when the companion closes its connection. */
  async gone(connection: Connection): Promise<never> {
    return this.#of(connection).gone.promise
  }

  close(connection: Connection): void {
    const asked = this.#asked.get(connection)
    this.#asked.delete(connection)
    const { prologue, nonce, pairingRequest, gone: left } = asked ?? {}
    for (const each of [prologue, nonce, pairingRequest, left]) each?.reject(gone())
  }

  /** Handles a stanza of a companion that is asked. Returns false when it is not about that. */
  stanza(connection: Connection, node: BinaryNode): boolean {
    const asked = this.#asked.get(connection)
    if (asked === undefined) return false
    if (node.tag === 'ack') asked.unacknowledged.delete(idOf(node))
    if (node.tag !== 'iq') return false
    const keyOf = ({ tag }: BinaryNode): string => `${node.attrs['type']} ${tag}`
    const request = childrenOf(node).find((child) => steps.has(keyOf(child)))
    const step = request && steps.get(keyOf(request))
    if (step === undefined || request === undefined)
      return this.#refuseEarly(connection, asked, node)
    const fault = this.#faults.passkeyFault(asked.account.phone, 'error', step)
    if (fault !== undefined) {
      connection.send(answer(node, [stanza('error', { code: `${fault.code}`, text: 'refused' })]))
      return true
    }
    connection.send(answer(node, this.#answerTo(step, asked)))
    this.#take(step, asked, request)
    this.#cutAfter(step, connection, asked.account)
    return true
  }

  #answerTo(step: PasskeyStep, asked: Asked): BinaryNode[] {
    if (step === 'options') return [stanza('passkey_request_options', {}, this.#newOptions(asked))]
    if (step !== 'ref') return []
    asked.ref = `2@${randomBytes(24).toString('base64url')}`
    return [stanza('ref', {}, Buffer.from(asked.ref))]
  }

  #take(step: PasskeyStep, asked: Asked, request: BinaryNode): void {
    if (step === 'prologue') this.#takePrologue(asked, request)
    if (step === 'nonce') asked.nonce.resolve(bytesOf(request) ?? Buffer.alloc(0))
    if (step === 'pairing-request')
      asked.pairingRequest.resolve(bytesOf(request) ?? Buffer.alloc(0))
  }

  #takePrologue(asked: Asked, request: BinaryNode): void {
    const payload = bytesOf(childOf(request, 'prologue_payload'))
    const assertion = bytesOf(childOf(request, 'webauthn_assertion'))
    const credentialId = bytesOf(childOf(request, 'credential_id'))
    const proof = bytesOf(childOf(request, 'pairing_handoff_proof'))
    const isWhole = payload !== undefined && assertion !== undefined && credentialId !== undefined
    const { account, challenge, challengeAt } = asked
    const problem = !isWhole
      ? 'the prologue is not whole'
      : this.#network.now() - challengeAt > OPTIONS_LAST_MS
        ? 'the options have expired'
        : assertionProblem({ assertion, credentialId }, { challenge, passkey: account.passkey })
    if (problem !== undefined) this.#network.emit('passkey-refused', { account, problem })
    else if (isWhole && !this.#fails('silence', account))
      asked.prologue.resolve({ payload, proof, ref: asked.ref })
  }

  /** A client that was told `<success>` too early asks what only a device may. */
  #refuseEarly(connection: Connection, asked: Asked, node: BinaryNode): boolean {
    const isOwn = node.attrs['type'] === 'result' || node.attrs['xmlns'] === 'w:p'
    const isLinking = childOf(node, 'link_code_companion_reg') !== undefined
    if (!asked.isLoggedInEarly || isOwn || isLinking) return false
    connection.send(answer(node, [stanza('error', { code: '401', text: 'not-authorized' })]))
    return true
  }

  #sendRequest(connection: Connection, asked: Asked): void {
    const options = this.#newOptions(asked)
    const content =
      asked.account.asksForPasskey === 'by-iq'
        ? []
        : [stanza('passkey_request_options', {}, options)]
    this.#notify(connection, asked, 'passkey_prologue_request', content)
  }

  #newOptions(asked: Asked): Uint8Array {
    asked.challenge = randomBytes(32).toString('base64url')
    asked.challengeAt = this.#network.now()
    return Buffer.from(
      JSON.stringify({
        challenge: asked.challenge,
        timeout: OPTIONS_LAST_MS,
        rpId: RP_ID,
        allowCredentials: [],
        userVerification: 'required',
        extensions: { uvm: true },
      }),
    )
  }

  #notify(connection: Connection, asked: Asked, type: string, content: BinaryNode[]): void {
    const notification = this.#network.notification(type, { from: SERVER_JID }, content)
    asked.unacknowledged.add(idOf(notification))
    connection.send(notification)
  }

  #fails(kind: 'silence' | 'asked-twice' | 'early-success', { phone }: Account): boolean {
    return this.#faults.passkeyFault(phone, kind) !== undefined
  }

  #cutAfter(step: PasskeyStep, connection: Connection, { phone }: Account): void {
    if (this.#faults.passkeyFault(phone, 'cut', step) !== undefined) connection.drop()
  }

  #of(connection: Connection): Asked {
    const asked = this.#asked.get(connection)
    if (asked === undefined) throw gone()
    return asked
  }
}

const steps: ReadonlyMap<string, PasskeyStep> = new Map([
  ['get passkey_request_options', 'options'],
  ['get ref', 'ref'],
  ['set passkey_prologue', 'prologue'],
  ['set companion_nonce', 'nonce'],
  ['set encrypted_pairing_request', 'pairing-request'],
])

function arrival<T>(): Arrival<T> {
  const settle: { resolve?: Arrival<T>['resolve']; reject?: Arrival<T>['reject'] } = {}
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }))
  // A companion may go before the phone waits for it.
  promise.catch(() => undefined)
  return {
    promise,
    resolve: (value) => settle.resolve?.(value),
    reject: (error) => settle.reject?.(error),
  }
}

function gone(): PairingRefusedError {
  return new PairingRefusedError('the companion closed its connection')
}

function answer(iq: BinaryNode, content: BinaryNode[]): BinaryNode {
  const type = content[0]?.tag === 'error' ? 'error' : 'result'
  return stanza('iq', { type, id: idOf(iq), from: SERVER_JID }, content)
}
