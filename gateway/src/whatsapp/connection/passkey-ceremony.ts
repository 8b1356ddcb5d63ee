/**
 * WhatsApp's passkey step on one socket that is not linked yet.
 *
 *     idle → asked → sent → comparing → finishing → (pair-success, which Baileys handles)
 *                      ╰── with a proof ───╯
 *
 * - `asked`: the owner signs with the passkey.
 * - `sent`: WhatsApp has the signature; the owner confirms on the phone.
 * - `comparing`: both screens show a code.
 * - `finishing`: the phone has everything and completes the linking.
 *
 * Each state has a deadline. What fails ends in `over`, and the owner of the socket closes it: a new socket with new
 * keys is the only retry that is sure to work. The flow and its times are those of WhatsApp's web client (June 2026).
 */

import { randomBytes } from 'node:crypto'
import { type BinaryNode, DEFAULT_CONNECTION_CONFIG, type WASocket } from 'baileys'
import { PasskeyAnswerError, PasskeyStepError } from '../../domain/errors.js'
import type {
  PasskeyAnswer,
  PasskeyFailure,
  PasskeyOptions,
  PasskeyStep,
} from '../../domain/passkey.js'
import { passkeyFailureSentence } from '../../domain/passkey-texts.js'
import type { EpochMs } from '../../domain/time.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import { type SignedAssertion, passkeyOptionsOf, signedAssertion } from './passkey-answer.js'
import {
  type CompanionSecrets,
  codeToCompare,
  encryptedPairingRequest,
  handoffKeyOf,
  handoffProof,
  newCompanionSecrets,
  type PrimaryIdentity,
  primaryIdentityOf,
  prologuePayload,
} from './passkey-crypto.js'
import { childrenOf, isFromServer, PasskeyStanzas } from './passkey-stanzas.js'

const optionsMs = 600_000
const handoffMs = 300_000
const waitMs = 120_000
const secretBytes = 32
/** As in a pairing code's request, which Baileys words the same way. */
const [system, browser] = DEFAULT_CONNECTION_CONFIG.browser
const deviceName = `${browser} (${system})`

export interface PasskeyCeremonyOptions {
  readonly sock: Pick<WASocket, 'ws' | 'query' | 'sendNode' | 'authState'>
  readonly instanceId: InstanceId
  readonly clock: Clock
  readonly log: Log
  readonly tell: (step: PasskeyStep) => void
  /** WhatsApp asks. QR codes that are shown are worthless from now on. */
  readonly began: () => void
  /** Told after the step `failed`. The socket is of no more use. */
  readonly failed: (reason: PasskeyFailure) => void
}

/** Proves that this companion is the one that was scanned. */
interface Handoff {
  readonly key: Buffer
  readonly until: EpochMs
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asked'; readonly options: PasskeyOptions; readonly handoff: Handoff }
  | {
      readonly kind: 'sent'
      readonly companion: CompanionSecrets
      readonly ref: string
      readonly isProven: boolean
    }
  | {
      readonly kind: 'comparing'
      readonly companion: CompanionSecrets
      readonly ref: string
      readonly primary: PrimaryIdentity
    }
  | { readonly kind: 'finishing' }
  | { readonly kind: 'over' }

/** Why a step failed; caught in `#inOrder`. */
class StepFailure extends Error {
  readonly reason: PasskeyFailure

  constructor(reason: PasskeyFailure) {
    super(passkeyFailureSentence(reason))
    this.reason = reason
  }
}

export class PasskeyCeremony {
  readonly #options: PasskeyCeremonyOptions
  readonly #stanzas: PasskeyStanzas
  #state: State = { kind: 'idle' }
  #work: Promise<void> = Promise.resolve()
  #deadline = new AbortController()

  constructor(options: PasskeyCeremonyOptions) {
    this.#options = options
    this.#stanzas = new PasskeyStanzas(options.sock)
    const { ws } = options.sock
    ws.on('CB:notification,type:passkey_prologue_request', (node: BinaryNode) =>
      this.#hear(node, () => this.#asked(node)),
    )
    ws.on('CB:notification,type:crsc_continuation', (node: BinaryNode) =>
      this.#hear(node, () => this.#continued(node)),
    )
    ws.on('CB:iq,,pair-success', () => this.#deadline.abort())
  }

  /** As `EngineConnection.answerPasskey`. */
  answer(answer: PasskeyAnswer): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#state.kind !== 'asked')
        throw new PasskeyStepError('WhatsApp does not wait for a passkey now.')
      const assertion = signedAssertion(answer, this.#state.options.challenge)
      await this.#sendPrologue(assertion, this.#state.handoff)
    })
  }

  /** As `EngineConnection.compareCode`. */
  compare(isSame: boolean): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#state.kind !== 'comparing')
        throw new PasskeyStepError('There is no code to compare now.')
      if (!isSame) return this.#fail('code-different')
      return this.#sendPairingRequest(this.#state)
    })
  }

  /** Call it when the socket has ended without a linked device. Nothing happens after it. */
  end(reason: 'connection-lost' | 'cancelled'): void {
    if (this.#state.kind === 'idle') this.#state = { kind: 'over' }
    else this.#conclude(reason)
  }

  #hear(node: BinaryNode, act: () => Promise<void>): void {
    if (!isFromServer(node)) return
    // Baileys acknowledges too, and fails at it as long as it does not know who it is.
    if (this.#options.sock.authState.creds.me === undefined) this.#stanzas.acknowledge(node)
    // What failed was told as a step.
    this.#inOrder(act).catch(() => undefined)
  }

  /** Everything happens strictly in order. What fails on the way ends the ceremony. */
  #inOrder(act: () => Promise<void>): Promise<void> {
    const done = this.#work.then(act).catch((cause: unknown) => {
      if (cause instanceof PasskeyAnswerError || cause instanceof PasskeyStepError) throw cause
      const reason = cause instanceof StepFailure ? cause.reason : 'unexpected'
      const { log, instanceId } = this.#options
      if (reason === 'unexpected') log.error('whatsapp.passkey-step-broke', { instanceId, cause })
      this.#fail(reason)
      throw new PasskeyStepError(passkeyFailureSentence(reason))
    })
    this.#work = done.catch(() => undefined)
    return done
  }

  async #asked(node: BinaryNode): Promise<void> {
    const { sock, clock, began } = this.#options
    const { kind } = this.#state
    // While the phone is asked, other options are of no more use.
    if (kind !== 'idle' && kind !== 'asked') return
    let handoff: Handoff
    if (this.#state.kind === 'asked') handoff = this.#state.handoff
    else {
      began()
      const { creds } = sock.authState
      handoff = { key: handoffKeyOf(creds.advSecretKey), until: clock.now() + handoffMs }
      // On the same object: Baileys checks the phone's signature against it at the end.
      creds.advSecretKey = randomBytes(secretBytes).toString('base64')
      // Kept while the options are fetched, so that a failure wipes the key.
      this.#state = { kind: 'asked', options: noOptions, handoff }
    }
    const told = childrenOf(node, 'passkey_request_options')[0]?.content
    const json = told instanceof Uint8Array ? told : await this.#ask(() => this.#stanzas.options())
    const options = passkeyOptionsOf(json)
    if (options === undefined) throw new StepFailure('unknown-request')
    this.#state = { kind: 'asked', options, handoff }
    const deadline = this.#until(optionsMs, 'expired')
    this.#tell({ kind: 'passkey', options, deviceName, deadline, provenUntil: handoff.until })
  }

  async #sendPrologue(assertion: SignedAssertion, handoff: Handoff): Promise<void> {
    const ref = await this.#ask(() => this.#stanzas.ref())
    const companion = newCompanionSecrets()
    const payload = prologuePayload(companion, ref)
    const isProven = this.#options.clock.now() < handoff.until
    const proof = isProven ? handoffProof(handoff.key, payload) : undefined
    handoff.key.fill(0)
    this.#state = { kind: 'sent', companion, ref, isProven }
    await this.#ask(() => this.#stanzas.prologue({ assertion, payload, proof }))
    this.#tell({ kind: 'phone', deadline: this.#until(waitMs, 'phone-silent') })
  }

  async #continued(node: BinaryNode): Promise<void> {
    if (this.#state.kind !== 'sent') return
    const { companion, ref, isProven } = this.#state
    const content = childrenOf(node, 'primary_ephemeral_identity')[0]?.content
    const primary = content instanceof Uint8Array ? primaryIdentityOf(content) : undefined
    if (primary === undefined) throw new StepFailure('unknown-phone-answer')
    const comparing = { kind: 'comparing', companion, ref, primary } as const
    this.#state = comparing
    await this.#ask(() => this.#stanzas.nonce(companion.nonce))
    if (isProven) return this.#sendPairingRequest(comparing)
    const code = codeToCompare(companion.nonce, primary)
    return this.#tell({ kind: 'code', code, deadline: this.#until(waitMs, 'code-unanswered') })
  }

  async #sendPairingRequest({
    companion,
    ref,
    primary,
  }: Extract<State, { kind: 'comparing' }>): Promise<void> {
    const { noiseKey, signedIdentityKey, advSecretKey } = this.#options.sock.authState.creds
    const keys = {
      noiseKey: noiseKey.public,
      identityKey: signedIdentityKey.public,
      advSecret: advSecretKey,
    }
    const request = encryptedPairingRequest(keys, { keyPair: companion.keyPair, primary, ref })
    // X25519 refuses a key of small order, which no phone makes by chance.
    if (request === undefined) throw new StepFailure('unknown-phone-answer')
    wipe(companion)
    this.#state = { kind: 'finishing' }
    // Told first: the phone may complete the linking before WhatsApp's answer is here.
    this.#tell({ kind: 'finishing', deadline: this.#until(waitMs, 'not-completed') })
    await this.#ask(() => this.#stanzas.pairingRequest(request))
  }

  /** What WhatsApp answers. Throws `StepFailure` when it refuses or is silent. */
  async #ask<T>(question: () => Promise<T | undefined>): Promise<T> {
    let answer: T | undefined
    try {
      answer = await question()
    } catch {
      const { isOpen } = this.#options.sock.ws
      throw new StepFailure(isOpen ? 'refused' : 'connection-lost')
    }
    if (this.#state.kind === 'over') throw new StepFailure('connection-lost')
    if (answer === undefined) throw new StepFailure('unanswered')
    return answer
  }

  /** The moment at which the ceremony fails with this reason, unless it comes to another state before. */
  #until(ms: number, reason: PasskeyFailure): EpochMs {
    this.#deadline.abort()
    const deadline = new AbortController()
    this.#deadline = deadline
    const { clock } = this.#options
    void clock.sleep(ms, deadline.signal).then(() => {
      if (!deadline.signal.aborted) this.#fail(reason)
      return undefined
    })
    return clock.now() + ms
  }

  #fail(reason: PasskeyFailure): void {
    if (this.#conclude(reason)) this.#options.failed(reason)
  }

  /** Returns false when it was over before. */
  #conclude(reason: PasskeyFailure): boolean {
    const state = this.#state
    if (state.kind === 'over') return false
    this.#deadline.abort()
    this.#state = { kind: 'over' }
    if (state.kind === 'asked') state.handoff.key.fill(0)
    if (state.kind === 'sent' || state.kind === 'comparing') wipe(state.companion)
    this.#tell({ kind: 'failed', reason })
    return true
  }

  #tell(step: PasskeyStep): void {
    this.#options.tell(step)
  }
}

const noOptions: PasskeyOptions = { challenge: '', rpId: '', userVerification: '' }

function wipe({ keyPair, nonce }: CompanionSecrets): void {
  keyPair.private.fill(0)
  nonce.fill(0)
}
