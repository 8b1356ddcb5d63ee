/** The session of one instance: pairs it, connects it, and tells what comes over its connection. */

import type { Recipient } from '../domain/chat.js'
import type { Disconnection } from '../domain/disconnection.js'
import type { CloseReason, EngineConnection, EngineEvent } from '../domain/engine.js'
import type { EngineMessage, NotWritten, PreparedMessage } from '../domain/sending.js'
import {
  AlreadyConnectedError,
  NotConnectedError,
  PairingError,
  PasskeyNeededError,
} from '../domain/errors.js'
import type { PasskeyAnswer, PasskeyStep } from '../domain/passkey.js'
import type { EpochMs } from '../domain/time.js'
import { Link, pairingEnded } from './link.js'
import type { Told } from './notices.js'
import { Pairing } from './pairing.js'
import { PasskeyLinking, type PasskeyState } from './passkey-linking.js'
import { SessionConnection } from './session-connection.js'
import type { AdoptedSession, SessionOptions } from './session-ports.js'
import type { SessionState } from './session-state.js'
import { SessionEvents } from './session-events.js'

const firstQrMs = 30_000
/** How long a call for a connection waits until it is open. */
const reopenMs = 15_000

/** Its states are explained in `session-state.ts`. What is told to others follows in a queue, in the same order. */
export class Session {
  readonly #options: SessionOptions
  readonly #pairing: Pairing
  readonly #connection: SessionConnection
  readonly #events: SessionEvents
  readonly #link: Link
  readonly #passkey = new PasskeyLinking()
  #phone: string | undefined
  /** From the request to pair until the first login: the person who pairs sees it, so no callback is needed. */
  #isPairing = false
  /** The number that a pairing code was asked for. */
  #pairingPhone: string | undefined

  constructor(options: SessionOptions) {
    this.#options = options
    this.#pairing = new Pairing(options.clock)
    this.#events = new SessionEvents(options)
    this.#link = new Link(options)
    this.#connection = new SessionConnection(options, this.#link, {
      heard: (event) => this.#heard(event),
      waits: (why) => this.#waits(why),
      ended: (why, reason) => this.#ended(why, reason),
      rested: () => this.#rested(),
    })
  }

  get state(): SessionState {
    return this.#connection.state
  }

  /** What receivers were told last of the connection. */
  get told(): Told | undefined {
    return this.#options.notices.told
  }

  /** The number it last logged in with. */
  get phone(): string | undefined {
    return this.#phone
  }

  /** Why it is not open. A reason of before stays until it is open again. */
  get disconnection(): Disconnection | undefined {
    return this.state.kind === 'open' ? undefined : this.#link.disconnection
  }

  /** When WhatsApp asked this device for a check that a gateway cannot answer. */
  get challengedAt(): EpochMs | undefined {
    return this.#link.challengedAt
  }

  /** Connects a device that is linked. Does nothing when it is not, or when it is on its way. */
  async open(): Promise<void> {
    await this.#events.settled()
    await this.#link.recall()
    if (!this.#connection.isResting || !(await this.#link.isThere())) return
    if (this.#connection.isResting) await this.#connection.connectInTurn()
  }

  /** As `EngineConnection.prepare`. */
  async prepare(message: EngineMessage): Promise<PreparedMessage | NotWritten> {
    const { open } = this.#connection
    if (open !== undefined) return open.prepare(message)
    return { kind: 'not-sent', cause: new NotConnectedError('the instance is not connected') }
  }

  /** As `EngineConnection.lookAhead`. */
  async lookAhead(recipients: readonly Recipient[]): Promise<void> {
    await this.#connection.open?.lookAhead(recipients)
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
    const { current } = this.#connection
    if (current === undefined) throw new PairingError('The connection was lost. Try again.')
    this.#pairingPhone = phone
    return current.requestPairingCode(phone)
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
    await this.#connection.current?.answerPasskey(answer)
  }

  /** As `EngineConnection.compareCode`. */
  async compareCode(isSame: boolean): Promise<void> {
    this.#passkey.checkUnderWay()
    await this.#connection.current?.compareCode(isSame)
  }

  /** Begins another pairing in place of the one that asks for a passkey. Resolves when its QR is there. */
  async restartPairing(): Promise<void> {
    if (this.state.kind === 'pairing') await this.#connection.end('closed-by-us')
    await this.qr()
  }

  /** What is open now. Throws `NotConnectedError` when nothing is. */
  get connection(): EngineConnection {
    const { open } = this.#connection
    if (open !== undefined) return open
    throw new NotConnectedError('the instance is not connected')
  }

  /** Whether credentials of a device are kept. WhatsApp may have unlinked it meanwhile. */
  isLinked(): Promise<boolean> {
    return this.#link.isThere()
  }

  /** Whether a device is linked that does not come back by itself. */
  async needsRestoring(): Promise<boolean> {
    return this.state.kind === 'ended' && (await this.#link.isThere())
  }

  /**
   * Closes the socket, if there is one, and opens another. Says whether that
   * was open in time; if not, it is still on its way.
   *
   * @throws NotConnectedError when no device is linked
   */
  async restart(): Promise<boolean> {
    if (this.state.kind !== 'open') return this.restore()
    await this.#connection.end('restarted-by-us')
    return this.#opensInTime()
  }

  /** The same, but a socket that is open stays. */
  async restore(): Promise<boolean> {
    await this.#events.settled()
    if (this.#connection.isDisposed || !(await this.#link.isThere()))
      throw new NotConnectedError('no device is linked')
    if (this.state.kind === 'waiting') this.#connection.endWait()
    if (this.#connection.isResting || this.state.kind === 'waiting')
      void this.#connection.connectInTurn()
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
    if (this.#connection.isDisposed) throw new NotConnectedError('the gateway is shutting down')
    if (await this.#link.isThere()) throw alreadyConnected()
    await this.#connection.endWhatIsOnItsWay('closed-by-us')
    await credentials.save(instanceId, session)
    this.#isPairing = false
    this.#connection.forgetFailures()
    return this.restore()
  }

  /** Whether another program takes the connection away within `timeoutMs`. */
  async isReplaced(timeoutMs: number): Promise<boolean> {
    await this.#connection.reaches(({ kind }) => kind === 'ended', timeoutMs)
    return this.disconnection?.reason === 'replaced'
  }

  /** Forgets credentials that were adopted and are of no use here. The device stays linked. */
  async disown(): Promise<void> {
    this.#connection.endWait()
    await this.#connection.endWhatIsOnItsWay('closed-by-us')
    this.#connection.rest()
    this.#phone = undefined
    await this.#events.tell(() => this.#link.disown())
  }

  /** An end that a person has to look at is not waited out. */
  async #opensInTime(): Promise<boolean> {
    const before = this.state
    await this.#connection.reaches(
      (state) => state.kind === 'open' || (state.kind === 'ended' && state !== before),
      reopenMs,
    )
    return this.state.kind === 'open'
  }

  /** Unlinks the device and forgets its pairing. */
  async logOut(): Promise<void> {
    const linked = await this.#link.isThere()
    if (!(await this.#connection.logOut())) {
      await this.#link.forget()
      this.#connection.rest()
    }
    if (linked) {
      const disconnection = this.#link.closed({ reason: 'closed-by-us' })
      void this.#events.tell(() => this.#options.notices.lostForGood(disconnection))
    }
    await this.#events.settled()
  }

  /** Closes the socket, keeps the credentials, and tells what it heard before. */
  async close(): Promise<void> {
    this.#events.hurry()
    this.#options.notices.stop()
    this.#pairing.end(new PairingError('The gateway is shutting down.'))
    await this.#connection.dispose()
    await this.#events.settled()
  }

  async #startPairing(): Promise<void> {
    await this.#events.settled()
    const connection = this.#connection
    if (connection.isDisposed) throw new PairingError('The gateway is shutting down.')
    if (this.state.kind === 'pairing') return
    if (this.state.kind === 'open') throw alreadyConnected()
    if (await this.#link.isThere()) {
      if (connection.isResting) this.#link.checkMayConnect()
      // It is paired and away. Asking for a QR is also asking for it to come back.
      if (connection.isResting) void connection.connectInTurn()
      throw alreadyConnected()
    }
    // A pairing that broke starts again at once, without the wait of a linked device.
    if (this.state.kind === 'waiting') connection.endWait()
    else if (!connection.isResting) return
    this.#isPairing = true
    this.#pairingPhone = undefined
    await connection.connectAtOnce()
  }

  /** For durable events, the promise resolves once the event is stored. */
  #heard(event: Exclude<EngineEvent, { kind: 'closed' }>): Promise<void> | undefined {
    const { listener, instanceId } = this.#options
    const ownPhone = this.#phone ?? ''
    switch (event.kind) {
      case 'qr':
        this.#pairing.show(event.text)
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
    }
  }

  #heardPasskey(step: PasskeyStep): void {
    const begins = this.#passkey.heard(step, this.#pairingPhone)
    if (step.kind === 'failed') return
    this.#pairing.end(new PasskeyNeededError(step))
    if (begins) void this.#events.tell(() => this.#options.notices.passkeyNeeded(step.deadline))
  }

  #opened({ phone, business }: Extract<EngineEvent, { kind: 'opened' }>): void {
    const { listener, notices, instanceId, log } = this.#options
    this.#phone = phone
    this.#link.opened()
    this.#passkey.linked()
    this.#isPairing = false
    this.#pairing.end(alreadyConnected())
    log.info('session-opened', { instanceId })
    void this.#events.tell(() => notices.opened(phone, business))
    void this.#events.tell(async () => listener.opened(instanceId))
  }

  #waits(why: Disconnection): void {
    this.#pairing.forget()
    if (this.#isPairing) return
    this.#tellClosed()
    this.#options.notices.lostForNow(why, (notice) => void this.#events.tell(notice))
  }

  #ended(why: Disconnection, reason: CloseReason | undefined): void {
    const { notices } = this.#options
    this.#tellClosed()
    this.#passkey.over('connection-lost')
    this.#pairing.end(pairingEnded(why))
    if (reason === undefined) return
    if (reason === 'logged-out') void this.#events.tell(() => this.#link.forget())
    if (!this.#isPairing) void this.#events.tell(() => notices.lostForGood(why))
    else if (reason !== 'pairing-timed-out') void this.#events.tell(() => notices.keep(why))
  }

  #tellClosed(): void {
    const { listener, instanceId } = this.#options
    void this.#events.tell(async () => listener.closed(instanceId))
  }

  #rested(): void {
    this.#tellClosed()
    this.#passkey.over('cancelled')
    this.#pairing.end(new PairingError('The pairing was cancelled.'))
  }
}

function alreadyConnected(): AlreadyConnectedError {
  return new AlreadyConnectedError(
    'The instance is paired already. Disconnect it first to pair it again.',
  )
}
