/** The sessions of all instances. */

import type { Recipient } from '../domain/chat.js'
import type { Database } from '../db/database.js'
import type { Disconnection } from '../domain/disconnection.js'
import type { Engine, EngineConnection } from '../domain/engine.js'
import type { EngineMessage, NotWritten, PreparedMessage } from '../domain/sending.js'
import { LeaseLostError, NotConnectedError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { PasskeyAnswer } from '../domain/passkey.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { type EventSink, Notices, type Told } from './notices.js'
import { afterTroubleMs } from './reconnect.js'
import { type PasskeyLink, PasskeyLinks } from './passkey-links.js'
import type { PasskeyState } from './passkey-linking.js'
import { Session } from './session.js'
import type { AdoptedSession, LinkPort, SessionListener } from './session-ports.js'
import type { SessionState } from './session-state.js'
import { Semaphore } from './semaphore.js'

export interface SessionsOptions {
  readonly engine: Engine
  readonly database: Database
  readonly credentials: LinkPort
  readonly events: EventSink
  readonly listener: SessionListener
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  /** How an instance stands that another node runs, as that node told it. `undefined` if none runs it. */
  readonly elsewhere: (instanceId: InstanceId) => SessionStatus | undefined
  /** How many connect at the same time. */
  readonly connectAtOnce?: number | undefined
}

export interface SessionStatus {
  readonly state: SessionState['kind']
  readonly phone?: string | undefined
  readonly lid?: string | undefined
  readonly business?: boolean | undefined
  /** Why it is not open. Missing while it is, and where nothing has happened yet. */
  readonly disconnection?: Disconnection | undefined
  /** When WhatsApp asked this device for a check that a gateway cannot answer. */
  readonly challengedAt?: EpochMs | undefined
  /** The passkey step of the pairing that asked for it last. */
  readonly passkey?: PasskeyState | undefined
}

const none: Readonly<Record<SessionState['kind'], number>> = {
  idle: 0,
  connecting: 0,
  pairing: 0,
  open: 0,
  waiting: 0,
  ended: 0,
}

export class Sessions implements AsyncDisposable {
  readonly #options: SessionsOptions
  readonly #connectSemaphore: Semaphore
  readonly #sessions = new Map<InstanceId, Session>()
  readonly #end = new AbortController()
  readonly #passkeyLinks: PasskeyLinks

  constructor(options: SessionsOptions) {
    this.#options = options
    this.#connectSemaphore = new Semaphore(options.connectAtOnce ?? 8)
    this.#passkeyLinks = new PasskeyLinks(options)
  }

  /**
   * Begins to connect those that are paired, a few at a time, and does not wait for them.
   *
   * @param told what receivers were told by the node that ran an instance a moment ago: it is not told again
   */
  async start(
    instanceIds: readonly InstanceId[],
    told: ReadonlyMap<InstanceId, Told> = new Map(),
  ): Promise<void> {
    for (const instanceId of instanceIds)
      void this.#open(this.#of(instanceId, told.get(instanceId)), instanceId)
  }

  /** Also of a session that another node runs, as that node told it. */
  isOpen(instanceId: InstanceId): boolean {
    return this.status(instanceId).state === 'open'
  }

  /** As `EngineConnection.prepare`. */
  async prepare(
    instanceId: InstanceId,
    message: EngineMessage,
  ): Promise<PreparedMessage | NotWritten> {
    const session = this.#sessions.get(instanceId)
    if (session !== undefined) return session.prepare(message)
    return { kind: 'not-sent', cause: new NotConnectedError('the instance is not connected') }
  }

  /** As `EngineConnection.lookAhead`. */
  async lookAhead(instanceId: InstanceId, recipients: readonly Recipient[]): Promise<void> {
    await this.#sessions.get(instanceId)?.lookAhead(recipients)
  }

  /**
   * The text inside the QR code that counts now. It changes about every 20
   * seconds, so ask again rather than keep it. Starts pairing if need be.
   *
   * @throws AlreadyConnectedError, PairingError (a later try may work)
   */
  async qr(instanceId: InstanceId): Promise<string> {
    return this.#of(instanceId).qr()
  }

  /**
   * The eight letters and digits to type on the phone with this number.
   *
   * @param phone digits only
   * @throws AlreadyConnectedError, PairingError (a later try may work)
   */
  async pairingCode(instanceId: InstanceId, phone: string): Promise<string> {
    return this.#of(instanceId).pairingCode(phone)
  }

  /**
   * Answers WhatsApp's question for the passkey of the instance. Resolves when WhatsApp has the answer.
   *
   * @throws PasskeyAnswerError when it is wrong; another answer may follow
   * @throws PasskeyStepError when WhatsApp does not ask, or the linking failed over it
   */
  async answerPasskey(instanceId: InstanceId, answer: PasskeyAnswer): Promise<void> {
    await this.#of(instanceId).answerPasskey(answer)
  }

  /** Tells whether the phone shows the same code. Throws `PasskeyStepError` when there is none to compare. */
  async compareCode(instanceId: InstanceId, isSame: boolean): Promise<void> {
    await this.#of(instanceId).compareCode(isSame)
  }

  /**
   * Begins another pairing in place of the one that is under way. Resolves when its QR is there.
   *
   * @throws AlreadyConnectedError, PairingError (a later try may work)
   */
  async restartPairing(instanceId: InstanceId): Promise<void> {
    await this.#of(instanceId).restartPairing()
  }

  /**
   * The token of a one-time link for the person with the passkey. It counts for the linking that is under way, for ten
   * minutes. Throws `PasskeyStepError` when WhatsApp does not ask.
   */
  async createPasskeyLink(
    instanceId: InstanceId,
  ): Promise<{ readonly token: string; readonly expiresAt: EpochMs }> {
    const session = this.#of(instanceId)
    session.checkPasskeyNeeded()
    return this.#passkeyLinks.create(instanceId, session.passkey?.challenge ?? '')
  }

  /** The one-time link with this token, whichever node made it. Undefined for one that does not count any more. */
  passkeyLink(token: string): Promise<PasskeyLink | undefined> {
    return this.#passkeyLinks.find(token)
  }

  /** The state of the linking that a link belongs to. Undefined when another linking is under way, or none. */
  byPasskeyLink({ instanceId, challenge }: PasskeyLink): PasskeyState | undefined {
    const passkey = this.#sessions.get(instanceId)?.passkey
    return passkey?.challenge === challenge ? passkey : undefined
  }

  status(instanceId: InstanceId): SessionStatus {
    const session = this.#sessions.get(instanceId)
    if (session === undefined) return this.#options.elsewhere(instanceId) ?? { state: 'idle' }
    const { state, phone, disconnection, challengedAt, passkey } = session
    if (state.kind !== 'open')
      return { state: state.kind, phone, disconnection, challengedAt, passkey }
    const { lid, business } = state
    return { state: 'open', phone: state.phone, lid, business, challengedAt, passkey }
  }

  /** Whether credentials of a device are kept. WhatsApp may have unlinked it meanwhile. */
  async isLinked(instanceId: InstanceId): Promise<boolean> {
    return (await this.#sessions.get(instanceId)?.isLinked()) ?? false
  }

  /** Whether it is paired, and comes back only on request. */
  async needsRestoring(instanceId: InstanceId): Promise<boolean> {
    return (await this.#sessions.get(instanceId)?.needsRestoring()) ?? false
  }

  /**
   * Closes the connection and opens a new one; what is being sent goes again
   * under the same id. Says whether it was open within some seconds.
   *
   * @throws NotConnectedError when the instance is not paired
   */
  async restart(instanceId: InstanceId): Promise<boolean> {
    return this.#of(instanceId).restart()
  }

  /** Opens the connection unless it is open. Otherwise like `restart`. */
  async restore(instanceId: InstanceId): Promise<boolean> {
    return this.#of(instanceId).restore()
  }

  /**
   * Takes over a device that was linked elsewhere, and connects. Says whether it was open within some seconds.
   *
   * @throws AlreadyConnectedError when a device is linked
   */
  async adopt(instanceId: InstanceId, session: AdoptedSession): Promise<boolean> {
    return this.#of(instanceId).adopt(session)
  }

  /** Whether another program takes the connection away within `timeoutMs`. */
  async isReplaced(instanceId: InstanceId, timeoutMs: number): Promise<boolean> {
    return this.#of(instanceId).isReplaced(timeoutMs)
  }

  /** Forgets credentials that were adopted and are of no use here. The device stays linked. */
  async disown(instanceId: InstanceId): Promise<void> {
    await this.#of(instanceId).disown()
  }

  /** The connection that is open now. Throws `NotConnectedError` when there is none. */
  connectionOf(instanceId: InstanceId): EngineConnection {
    const session = this.#sessions.get(instanceId)
    if (session === undefined) throw new NotConnectedError('the instance is not connected')
    return session.connection
  }

  /** A text for each session that was asked for, which changes with how it stands. */
  states(): ReadonlyMap<InstanceId, string> {
    return new Map(
      [...this.#sessions].map(([id, { state, passkey }]) => [
        id,
        `${state.kind} ${passkey?.step.kind ?? ''}`,
      ]),
    )
  }

  /** Why those are not connected that were, or that were tried. */
  disconnections(): ReadonlyMap<InstanceId, Disconnection> {
    const found = new Map<InstanceId, Disconnection>()
    for (const [id, { disconnection }] of this.#sessions)
      if (disconnection !== undefined) found.set(id, disconnection)
    return found
  }

  /** How many are in which state; every state is named. */
  figures(): Readonly<Record<SessionState['kind'], number>> {
    const figures = { ...none }
    for (const { state } of this.#sessions.values()) figures[state.kind] += 1
    return figures
  }

  /** Unlinks the device and forgets its pairing. What waits in the outbox stays there. */
  async disconnect(instanceId: InstanceId): Promise<void> {
    await this.#of(instanceId).logOut()
  }

  /**
   * Closes the socket, if there is one, and forgets the session. For an instance that is deleted, or that another node
   * will run. Gives what receivers were told last of its connection.
   */
  async forget(instanceId: InstanceId): Promise<Told | undefined> {
    const session = this.#sessions.get(instanceId)
    await session?.close()
    this.#sessions.delete(instanceId)
    return session?.told
  }

  /** The database is back: those that wait for their next attempt connect at once, and those that were never opened. */
  resume(instanceIds: readonly InstanceId[]): void {
    for (const instanceId of instanceIds) {
      const session = this.#sessions.get(instanceId)
      if (session === undefined) void this.start([instanceId])
      else if (session.state.kind === 'waiting') void session.restore().catch(() => undefined)
    }
  }

  /** Another node runs them by now: closes their sockets at once. Resolves when they are closed. */
  async lose(instanceIds: readonly InstanceId[]): Promise<void> {
    const lost = instanceIds.flatMap((id) => this.#sessions.get(id) ?? [])
    for (const id of instanceIds) this.#sessions.delete(id)
    await Promise.all(lost.map((session) => session.close()))
  }

  /** Closes every socket and keeps the credentials. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await Promise.all([...this.#sessions.values()].map((session) => session.close()))
  }

  /** Tries again until it could be read whether a device is linked. Never throws. */
  async #open(session: Session, instanceId: InstanceId): Promise<void> {
    const { clock, random, log } = this.#options
    const { signal } = this.#end
    for (let troubles = 1; this.#sessions.get(instanceId) === session; troubles += 1) {
      try {
        return await session.open()
      } catch (cause) {
        log.error('session-not-opened', { instanceId, cause })
        await clock.sleep(afterTroubleMs(troubles, random), signal)
        if (signal.aborted) return
      }
    }
  }

  #of(instanceId: InstanceId, toldBefore?: Told): Session {
    const known = this.#sessions.get(instanceId)
    if (known !== undefined) return known
    if (this.#end.signal.aborted) throw new NotConnectedError('the gateway is shutting down')
    if (!this.#options.database.fence.runs(instanceId)) throw new LeaseLostError()
    const session = new Session({
      ...this.#options,
      instanceId,
      connectSemaphore: this.#connectSemaphore,
      notices: new Notices({ ...this.#options, instanceId, toldBefore }),
    })
    this.#sessions.set(instanceId, session)
    return session
  }
}
