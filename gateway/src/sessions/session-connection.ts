/**
 * The socket of one session: opens it when it is its turn, notices that it is dead, and opens the
 * next one after a wait. Its states are explained in `session-state.ts`.
 */

import type { Disconnection } from '../domain/disconnection.js'
import type { Closed, CloseReason, EngineConnection, EngineEvent } from '../domain/engine.js'
import { ConnectionState } from './connection-state.js'
import type { Link } from './link.js'
import { fellSilent } from './liveness.js'
import { afterTroubleMs, reconnectAfterMs } from './reconnect.js'
import type { SessionOptions } from './session-ports.js'
import type { SessionState } from './session-state.js'

/** What happens to the socket, each after the state has changed. */
export interface ConnectionListener {
  /** As `Engine.connect` tells it. The end of the socket is one of the three below. */
  heard(event: Exclude<EngineEvent, { kind: 'closed' }>): Promise<void> | undefined
  /** The socket ended, and another one is tried later. */
  waits(why: Disconnection): void
  /** The socket ended and comes back on request only. Without a `reason` it was one that nothing is linked for. */
  ended(why: Disconnection, reason?: CloseReason): void
  /** We closed it, or there was none to close. */
  rested(): void
}

/** A connection that lasted so long was of use; the next failure is a first one. */
const usefulMs = 60_000
/** No session blocks the connectSemaphore for longer, whatever WhatsApp does. */
const semaphoreMs = 20_000

export class SessionConnection {
  readonly #options: SessionOptions
  readonly #link: Link
  readonly #listener: ConnectionListener
  readonly #state: ConnectionState
  #current: EngineConnection | undefined
  /** Events of a socket that is not this one any more are not heard. */
  #attempt: object | undefined
  #failures = 0
  /** Set when we end a socket ourselves: how its end is to be understood. */
  #endedByUs: CloseReason | undefined
  #connecting: Promise<void> | undefined
  #nap: AbortController | undefined
  #openPeriod: AbortController | undefined
  #leaveSemaphore: (() => void) | undefined
  #disposed = false

  constructor(options: SessionOptions, link: Link, listener: ConnectionListener) {
    this.#options = options
    this.#link = link
    this.#listener = listener
    this.#state = new ConnectionState(options.clock)
  }

  get state(): SessionState {
    return this.#state.state
  }

  /** Neither a socket nor one on its way. */
  get isResting(): boolean {
    return this.#state.isResting
  }

  get isDisposed(): boolean {
    return this.#disposed
  }

  /** The socket, whatever its state. */
  get current(): EngineConnection | undefined {
    return this.#current
  }

  /** What messages can be sent over. */
  get open(): EngineConnection | undefined {
    return this.state.kind === 'open' ? this.#current : undefined
  }

  /** Whether it came to such a state within `timeoutMs`. Never throws. */
  reaches(wanted: (state: SessionState) => boolean, timeoutMs: number): Promise<boolean> {
    return this.#state.reaches(wanted, timeoutMs)
  }

  /** Connects as soon as there are not too many others that do. Does nothing if it is no longer wanted then. */
  async connectInTurn(): Promise<void> {
    const leave = await this.#options.connectSemaphore.enter()
    const patience = new AbortController()
    void this.#options.clock.sleep(semaphoreMs, patience.signal).then(leave)
    const wanted = this.isResting || this.state.kind === 'waiting'
    if (!wanted || this.#disposed) return patience.abort()
    this.#leaveSemaphore = () => patience.abort()
    await this.#connect()
  }

  /** Connects at once. Failures of before do not count. */
  async connectAtOnce(): Promise<void> {
    this.#failures = 0
    await this.#connect()
  }

  /** Ends the wait for the next try: another one follows at once, or none. */
  endWait(): void {
    this.#nap?.abort()
  }

  /** Closes the socket, if there is one; its end counts as `reason`. */
  async end(reason: CloseReason): Promise<void> {
    this.#endedByUs = reason
    await this.#current?.close()
  }

  /** The same for one that is only on its way, too. */
  async endWhatIsOnItsWay(reason: CloseReason): Promise<void> {
    await this.#connecting
    await this.end(reason)
  }

  /** Failures of before do not count. */
  forgetFailures(): void {
    this.#failures = 0
  }

  /** Unlinks the device over the socket. Returns whether there is one. */
  async logOut(): Promise<boolean> {
    this.endWait()
    if (this.#current === undefined) {
      this.#attempt = undefined
      return false
    }
    this.#endedByUs = 'closed-by-us'
    await this.#current.logOut()
    return true
  }

  /** No socket is wanted any more. */
  rest(): void {
    if (this.state.kind !== 'idle') this.#state.go({ kind: 'idle' })
    this.#listener.rested()
  }

  /** Closes the socket, and opens none from now on. */
  async dispose(): Promise<void> {
    this.#disposed = true
    this.endWait()
    this.#endedByUs = 'closed-by-us'
    this.#leaveSemaphore?.()
    // A socket that is still being opened is closed by `#makeConnection`.
    if (this.#current === undefined) this.#attempt = undefined
    await this.#current?.close()
    await this.#connecting
    this.rest()
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
    this.#state.go({ kind: 'connecting' })
    try {
      await this.#link.loadMarks()
      const connection = await engine.connect(instanceId, (event) => {
        return this.#attempt === attempt ? this.#heard(event) : undefined
      })
      if (this.#attempt === attempt) this.#current = connection
      else await connection.close()
    } catch (cause) {
      if (this.#attempt === attempt) this.#lost({ reason: 'network' }, cause)
    }
  }

  #heard(event: EngineEvent): Promise<void> | undefined {
    if (event.kind === 'closed') {
      this.#lost(event, event.cause)
      return undefined
    }
    if (event.kind === 'opened') {
      this.#state.go({ ...event, since: this.#options.clock.now(), kind: 'open' })
      this.#leaveSemaphore?.()
      this.#openPeriod = new AbortController()
      void this.#watch(this.#openPeriod.signal)
    }
    if (event.kind === 'qr') {
      this.#leaveSemaphore?.()
      if (this.state.kind === 'connecting') this.#state.go({ kind: 'pairing' })
    }
    return this.#listener.heard(event)
  }

  #lost(told: Closed, cause: unknown): void {
    const { clock, random, log, instanceId } = this.#options
    const closed = this.#endedByUs === undefined ? told : { reason: this.#endedByUs }
    const { reason } = closed
    const before = this.state
    const wasOfUse = before.kind === 'open' && clock.now() - before.since >= usefulMs
    this.#failures = wasOfUse ? 1 : this.#failures + 1
    this.#attempt = undefined
    this.#current = undefined
    this.#openPeriod?.abort()
    this.#leaveSemaphore?.()

    const waitMs = reconnectAfterMs(reason, this.#failures, random)
    const line = { instanceId, cause, retryInMs: waitMs, attempts: this.#failures }
    if (reason === 'closed-by-us') {
      log.info('session-closed', { ...line, reason })
      return this.rest()
    }
    const disconnection = this.#link.closed(closed)
    log.info('session-closed', { ...line, reason: disconnection.reason })
    if (waitMs === undefined) return this.#end(disconnection, reason)
    this.#state.go({ kind: 'waiting', until: clock.now() + waitMs })
    this.#listener.waits(disconnection)
    void this.#comeBack(waitMs, disconnection)
  }

  async #comeBack(waitMs: number, disconnection: Disconnection, troubles = 0): Promise<void> {
    const { clock, log, instanceId, random } = this.#options
    const nap = new AbortController()
    this.#nap = nap
    try {
      if (waitMs > 0) await clock.sleep(waitMs, nap.signal)
      // A pairing that broke has nothing to come back with.
      const linked = await this.#link.isThere()
      if (nap.signal.aborted || this.state.kind !== 'waiting') return
      if (linked) await this.connectInTurn()
      else this.#end(disconnection)
    } catch (cause) {
      log.error('session-not-reopened', { instanceId, cause })
      if (this.state.kind !== 'waiting') return
      void this.#comeBack(afterTroubleMs(troubles + 1, random), disconnection, troubles + 1)
    }
  }

  async #watch(over: AbortSignal): Promise<void> {
    if (!(await fellSilent(() => this.#current, over, this.#options))) return
    this.#options.log.warn('session-silent', { instanceId: this.#options.instanceId })
    this.#endedByUs ??= 'network'
    await this.#current?.close()
  }

  #end(disconnection: Disconnection, reason?: CloseReason): void {
    this.#state.go({ kind: 'ended' })
    this.#listener.ended(disconnection, reason)
  }
}
