/** The connection of one instance: opens it, keeps it open, pairs it, and tells what comes over it. */

import type { Recipient } from '../domain/chat.js'
import type { Disconnection } from '../domain/disconnection.js'
import type {
  Closed,
  CloseReason,
  EngineConnection,
  EngineEvent,
  EngineMessage,
  SendResult,
} from '../domain/engine.js'
import {
  AlreadyConnectedError,
  NotConnectedError,
  PairingError,
  PasskeyNeededError,
} from '../domain/errors.js'
import type { PasskeyAnswer, PasskeyStep } from '../domain/passkey.js'
import type { EpochMs } from '../domain/time.js'
import { ConnectionState } from './connection-state.js'
import { Link, pairingEnded } from './link.js'
import { fellSilent } from './liveness.js'
import { Pairing } from './pairing.js'
import { PasskeyLinking, type PasskeyState } from './passkey-linking.js'
import { afterTroubleMs, reconnectAfterMs } from './reconnect.js'
import type { AdoptedSession, SessionOptions } from './session-ports.js'
import type { SessionState } from './session-state.js'
import { SessionEvents } from './session-events.js'

const firstQrMs = 30_000
/** How long a call for a connection waits until it is open. */
const reopenMs = 15_000
/** A connection that lasted so long was of use; the next failure is a first one. */
const usefulMs = 60_000
/** No session blocks the connectSemaphore for longer, whatever WhatsApp does. */
const semaphoreMs = 20_000

/** Its states are explained in `session-state.ts`. What is told to others follows in a queue, in the same order. */
export class Session {
  readonly #options: SessionOptions
  readonly #pairing: Pairing
  readonly #connectionState: ConnectionState
  readonly #events: SessionEvents
  readonly #link: Link
  readonly #passkey = new PasskeyLinking()
  #phone: string | undefined
  #connection: EngineConnection | undefined
  /** Events of a socket that is not this one any more are not heard. */
  #attempt: object | undefined
  /** From the request to pair until the first login: the person who pairs sees it, so no callback is needed. */
  #isPairing = false
  /** The number that a pairing code was asked for. */
  #pairingPhone: string | undefined
  #failures = 0
  /** Set when we end a socket ourselves: how its end is to be understood. */
  #endedByUs: CloseReason | undefined
  #connecting: Promise<void> | undefined
  #nap: AbortController | undefined
  #openPeriod: AbortController | undefined
  #leaveSemaphore: (() => void) | undefined
  #disposed = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#pairing = new Pairing(options.clock)
    this.#connectionState = new ConnectionState(options.clock)
    this.#events = new SessionEvents(options)
    this.#link = new Link(options)
  }

  get state(): SessionState {
    return this.#connectionState.state
  }

  /** The number it last logged in with. */
  get phone(): string | undefined {
    return this.#phone
  }

  /** Why it is not open. A reason of before stays until it is open again. */
  get disconnection(): Disconnection | undefined {
    return this.#connectionState.state.kind === 'open' ? undefined : this.#link.disconnection
  }

  /** When WhatsApp asked this device for a check that a gateway cannot answer. */
  get challengedAt(): EpochMs | undefined {
    return this.#link.challengedAt
  }

  /** Connects a device that is linked. Does nothing when it is not, or when it is on its way. */
  async open(): Promise<void> {
    await this.#events.settled()
    await this.#link.recall()
    if (!this.#connectionState.isResting || !(await this.#link.isThere())) return
    if (this.#connectionState.isResting) await this.#connectInTurn()
  }

  async send(message: EngineMessage): Promise<SendResult> {
    if (this.#connectionState.state.kind !== 'open' || this.#connection === undefined) {
      return { kind: 'not-sent', cause: new NotConnectedError('the instance is not connected') }
    }
    return this.#connection.send(message)
  }

  /** Never throws. */
  async prepare(recipients: readonly Recipient[]): Promise<void> {
    if (this.#connectionState.state.kind === 'open') await this.#connection?.prepare(recipients)
  }

  /** The text of the QR code that counts now. Starts pairing if need be. */
  async qr(): Promise<string> {
    await this.#startPairing()
    this.#passkey.checkNotNeeded()
    return this.#pairing.current(firstQrMs)
  }

  /** Eight letters and digits for the phone with this number. Starts pairing if need be. */
  async pairingCode(phone: string): Promise<string> {
    await this.#startPairing()
    this.#passkey.checkNotNeeded()
    if (this.#connection === undefined)
      throw new PairingError('The connection was lost. Try again.')
    this.#pairingPhone = phone
    return this.#connection.requestPairingCode(phone)
  }

  /** The passkey step of the pairing that asked for it last. */
  get passkey(): PasskeyState | undefined {
    return this.#passkey.state
  }

  /** Throws `PasskeyStepError` while WhatsApp asks for no passkey. */
  checkPasskeyNeeded(): void {
    this.#passkey.checkUnderWay()
  }

  /** As `EngineConnection.answerPasskey`. */
  async answerPasskey(answer: PasskeyAnswer): Promise<void> {
    this.#passkey.checkUnderWay()
    await this.#connection?.answerPasskey(answer)
  }

  /** As `EngineConnection.compareCode`. */
  async compareCode(isSame: boolean): Promise<void> {
    this.#passkey.checkUnderWay()
    await this.#connection?.compareCode(isSame)
  }

  /** Begins another pairing in place of the one that asks for a passkey. Resolves when its QR is there. */
  async restartPairing(): Promise<void> {
    if (this.#connectionState.state.kind === 'pairing') {
      this.#endedByUs = 'closed-by-us'
      await this.#connection?.close()
    }
    await this.qr()
  }

  /** What is open now. Throws `NotConnectedError` when nothing is. */
  get connection(): EngineConnection {
    if (this.#connectionState.state.kind === 'open' && this.#connection !== undefined)
      return this.#connection
    throw new NotConnectedError('the instance is not connected')
  }

  /** Whether credentials of a device are kept. WhatsApp may have unlinked it meanwhile. */
  isLinked(): Promise<boolean> {
    return this.#link.isThere()
  }

  /** Whether a device is linked that does not come back by itself. */
  async needsRestoring(): Promise<boolean> {
    return this.#connectionState.state.kind === 'ended' && (await this.#link.isThere())
  }

  /**
   * Closes the socket, if there is one, and opens another. Says whether that
   * was open in time; if not, it is still on its way.
   *
   * @throws NotConnectedError when no device is linked
   */
  async restart(): Promise<boolean> {
    if (this.#connectionState.state.kind !== 'open') return this.restore()
    this.#endedByUs = 'restarted-by-us'
    await this.#connection?.close()
    return this.#opensInTime()
  }

  /** The same, but a socket that is open stays. */
  async restore(): Promise<boolean> {
    await this.#events.settled()
    if (this.#disposed || !(await this.#link.isThere()))
      throw new NotConnectedError('no device is linked')
    if (this.#connectionState.state.kind === 'waiting') this.#nap?.abort()
    if (this.#connectionState.isResting || this.#connectionState.state.kind === 'waiting')
      void this.#connectInTurn()
    return this.#opensInTime()
  }

  /**
   * Takes over a device that was linked elsewhere, and connects. Says whether it was open in time.
   *
   * @throws AlreadyConnectedError when a device is linked
   */
  async adopt(session: AdoptedSession): Promise<boolean> {
    const { credentials, instanceId } = this.#options
    await this.#events.settled()
    if (this.#disposed) throw new NotConnectedError('the gateway is shutting down')
    if (await this.#link.isThere()) throw alreadyConnected()
    await this.#connecting
    this.#endedByUs = 'closed-by-us'
    await this.#connection?.close()
    await credentials.save(instanceId, session)
    this.#isPairing = false
    this.#failures = 0
    return this.restore()
  }

  /** Whether another program takes the connection away within `timeoutMs`. */
  async isReplaced(timeoutMs: number): Promise<boolean> {
    await this.#connectionState.reaches(({ kind }) => kind === 'ended', timeoutMs)
    return this.disconnection?.reason === 'replaced'
  }

  /** Forgets credentials that were adopted and are of no use here. The device stays linked. */
  async disown(): Promise<void> {
    this.#nap?.abort()
    await this.#connecting
    this.#endedByUs = 'closed-by-us'
    await this.#connection?.close()
    this.#rest()
    this.#phone = undefined
    await this.#events.tell(() => this.#link.disown())
  }

  /** An end that a person has to look at is not waited out. */
  async #opensInTime(): Promise<boolean> {
    const before = this.#connectionState.state
    await this.#connectionState.reaches(
      (state) => state.kind === 'open' || (state.kind === 'ended' && state !== before),
      reopenMs,
    )
    return this.#connectionState.state.kind === 'open'
  }

  /** Unlinks the device and forgets its pairing. */
  async logOut(): Promise<void> {
    const linked = await this.#link.isThere()
    this.#nap?.abort()
    if (this.#connection === undefined) {
      this.#attempt = undefined
      await this.#link.forget()
      this.#rest()
    } else {
      this.#endedByUs = 'closed-by-us'
      await this.#connection.logOut()
    }
    if (linked) {
      const disconnection = this.#link.closed({ reason: 'closed-by-us' })
      void this.#events.tell(() => this.#options.notices.lostForGood(disconnection))
    }
    await this.#events.settled()
  }

  /** Closes the socket, keeps the credentials, and tells what it heard before. */
  async close(): Promise<void> {
    this.#disposed = true
    this.#events.hurry()
    this.#nap?.abort()
    this.#options.notices.stop()
    this.#pairing.end(new PairingError('The gateway is shutting down.'))
    this.#endedByUs = 'closed-by-us'
    this.#leaveSemaphore?.()
    // A socket that is still being opened is closed by `#makeConnection`.
    if (this.#connection === undefined) this.#attempt = undefined
    await this.#connection?.close()
    await this.#connecting
    this.#rest()
    await this.#events.settled()
  }

  async #startPairing(): Promise<void> {
    await this.#events.settled()
    if (this.#disposed) throw new PairingError('The gateway is shutting down.')
    if (this.#connectionState.state.kind === 'pairing') return
    if (this.#connectionState.state.kind === 'open') throw alreadyConnected()
    if (await this.#link.isThere()) {
      if (this.#connectionState.isResting) this.#link.checkMayConnect()
      // It is paired and away. Asking for a QR is also asking for it to come back.
      if (this.#connectionState.isResting) void this.#connectInTurn()
      throw alreadyConnected()
    }
    // A pairing that broke starts again at once, without the wait of a linked device.
    if (this.#connectionState.state.kind === 'waiting') this.#nap?.abort()
    else if (!this.#connectionState.isResting) return
    this.#isPairing = true
    this.#pairingPhone = undefined
    this.#failures = 0
    await this.#connect()
  }

  async #connectInTurn(): Promise<void> {
    const leave = await this.#options.connectSemaphore.enter()
    const patience = new AbortController()
    void this.#options.clock.sleep(semaphoreMs, patience.signal).then(leave)
    const wanted = this.#connectionState.isResting || this.#connectionState.state.kind === 'waiting'
    if (!wanted || this.#disposed) return patience.abort()
    this.#leaveSemaphore = () => patience.abort()
    await this.#connect()
  }

  #connect(): Promise<void> {
    this.#connecting = this.#disposed ? undefined : this.#makeConnection()
    return this.#connecting ?? Promise.resolve()
  }

  async #makeConnection(): Promise<void> {
    const { engine, instanceId } = this.#options
    const attempt = {}
    this.#attempt = attempt
    this.#endedByUs = undefined
    this.#connectionState.go({ kind: 'connecting' })
    try {
      await this.#link.loadMarks()
      const connection = await engine.connect(instanceId, (event) => {
        return this.#attempt === attempt ? this.#hear(event) : undefined
      })
      if (this.#attempt === attempt) this.#connection = connection
      else await connection.close()
    } catch (cause) {
      if (this.#attempt === attempt) this.#lost({ reason: 'network' }, cause)
    }
  }

  /** Of what must not be lost, the promise says when it is stored. */
  #hear(event: EngineEvent): Promise<void> | undefined {
    const { listener, instanceId } = this.#options
    const ownPhone = this.#phone ?? ''
    switch (event.kind) {
      case 'qr':
        this.#showQr(event.text)
        return undefined
      case 'passkey':
        this.#heardPasskey(event.step)
        return undefined
      case 'opened':
        this.#opened(event)
        return undefined
      case 'receipt':
        return this.#events.tell(() => listener.receipt(instanceId, event.receipt))
      case 'received':
        return this.#events.tell(() => listener.received(instanceId, ownPhone, event.message))
      case 'call':
        return this.#events.tell(() => listener.called(instanceId, ownPhone, event.call))
      case 'presence':
        return this.#events.tell(() => listener.presence(instanceId, event.presence))
      case 'status-posted':
        return this.#events.tell(() => listener.statusPosted(instanceId, event.status))
      case 'challenged':
        return this.#events.tell(() => this.#link.challenged())
      case 'closed':
        this.#lost(event, event.cause)
        return undefined
    }
  }

  #showQr(text: string): void {
    this.#leaveSemaphore?.()
    if (this.#connectionState.state.kind === 'connecting')
      this.#connectionState.go({ kind: 'pairing' })
    this.#pairing.show(text)
  }

  #heardPasskey(step: PasskeyStep): void {
    const begins = this.#passkey.heard(step, this.#pairingPhone)
    if (step.kind === 'failed') return
    this.#pairing.end(new PasskeyNeededError(step))
    if (begins) void this.#events.tell(() => this.#options.notices.passkeyNeeded(step.deadline))
  }

  #opened(who: Extract<EngineEvent, { kind: 'opened' }>): void {
    const { listener, notices, instanceId, clock, log } = this.#options
    this.#connectionState.go({ ...who, kind: 'open', since: clock.now() })
    this.#phone = who.phone
    this.#link.opened()
    this.#passkey.linked()
    this.#isPairing = false
    this.#leaveSemaphore?.()
    this.#pairing.end(alreadyConnected())
    this.#openPeriod = new AbortController()
    void this.#watch(this.#openPeriod.signal)
    log.info('session-opened', { instanceId })
    void this.#events.tell(() => notices.opened(who.phone, who.business))
    void this.#events.tell(async () => listener.opened(instanceId))
  }

  #lost(told: Closed, cause: unknown): void {
    const { clock, random, log, instanceId, notices } = this.#options
    const closed = this.#endedByUs === undefined ? told : { reason: this.#endedByUs }
    const { reason } = closed
    const before = this.#connectionState.state
    const wasOfUse = before.kind === 'open' && clock.now() - before.since >= usefulMs
    this.#failures = wasOfUse ? 1 : this.#failures + 1
    this.#attempt = undefined
    this.#connection = undefined
    this.#openPeriod?.abort()
    this.#leaveSemaphore?.()
    this.#pairing.forget()

    const waitMs = reconnectAfterMs(reason, this.#failures, random)
    const line = { instanceId, cause, retryInMs: waitMs, attempts: this.#failures }
    if (reason === 'closed-by-us') {
      log.info('session-closed', { ...line, reason })
      return this.#rest()
    }
    const disconnection = this.#link.closed(closed)
    log.info('session-closed', { ...line, reason: disconnection.reason })
    if (waitMs !== undefined) {
      this.#connectionState.go({ kind: 'waiting', until: clock.now() + waitMs })
      if (!this.#isPairing)
        notices.lostForNow(disconnection, (notice) => void this.#events.tell(notice))
      void this.#comeBack(waitMs, disconnection)
      return
    }
    this.#end(disconnection)
    if (reason === 'logged-out') void this.#events.tell(() => this.#link.forget())
    if (!this.#isPairing) void this.#events.tell(() => notices.lostForGood(disconnection))
    else if (reason !== 'pairing-timed-out')
      void this.#events.tell(() => notices.keep(disconnection))
  }

  async #comeBack(waitMs: number, disconnection: Disconnection, troubles = 0): Promise<void> {
    const { clock, log, instanceId, random } = this.#options
    const nap = new AbortController()
    this.#nap = nap
    try {
      if (waitMs > 0) await clock.sleep(waitMs, nap.signal)
      // A pairing that broke has nothing to come back with.
      const linked = await this.#link.isThere()
      if (nap.signal.aborted || this.#connectionState.state.kind !== 'waiting') return
      if (linked) await this.#connectInTurn()
      else this.#end(disconnection)
    } catch (cause) {
      log.error('session-not-reopened', { instanceId, cause })
      if (this.#connectionState.state.kind !== 'waiting') return
      void this.#comeBack(afterTroubleMs(troubles + 1, random), disconnection, troubles + 1)
    }
  }

  async #watch(over: AbortSignal): Promise<void> {
    if (!(await fellSilent(() => this.#connection, over, this.#options))) return
    this.#options.log.warn('session-silent', { instanceId: this.#options.instanceId })
    this.#endedByUs ??= 'network'
    await this.#connection?.close()
  }

  #end(disconnection: Disconnection): void {
    this.#connectionState.go({ kind: 'ended' })
    this.#passkey.over('connection-lost')
    this.#pairing.end(pairingEnded(disconnection))
  }

  #rest(): void {
    if (this.#connectionState.state.kind !== 'idle') this.#connectionState.go({ kind: 'idle' })
    this.#passkey.over('cancelled')
    this.#pairing.end(new PairingError('The pairing was cancelled.'))
  }
}

function alreadyConnected(): AlreadyConnectedError {
  return new AlreadyConnectedError(
    'The instance is paired already. Disconnect it first to pair it anew.',
  )
}
