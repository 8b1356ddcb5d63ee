/**
 * The figures of this process, in the text format of Prometheus.
 *
 * Modules count through small interfaces that they declare themselves
 * (`OutboxMetrics`, `CallbackMetrics`), and never see the registry. Labels are
 * closed lists of our own words and WhatsApp's codes: a figure that named a
 * phone, an instance or a token would keep it for as long as Prometheus does. The ids of some pools are
 * labels, too: an operator makes few of them.
 */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What is read again for each scrape. */
export interface CurrentFigures {
  /** How many messages wait, by status. */
  readonly waiting: Readonly<Record<string, number>>
  /** The age of the oldest of them; 0 when none waits. */
  readonly oldestWaitingMs: number
  readonly pendingCallbacks: number
  readonly oldestPendingCallbackMs: number
  readonly deadCallbacks: number
  /** How many sessions are in which state. Names every state. */
  readonly sessions: Readonly<Record<string, number>>
  /** The first `mostPools`. */
  readonly pools: readonly PoolFigures[]
  /** This gateway as one of several nodes. Undefined for one that has its database alone. */
  readonly node: NodeFigures | undefined
}

export interface NodeFigures {
  /** Instances that this node runs. */
  readonly instances: number
  /** Nodes that live. */
  readonly nodes: number
  /** The lead alone gives the figures of the database, so that their sum over all nodes is right. */
  readonly isLead: boolean
}

export interface PoolFigures {
  readonly id: string
  /** How many members are in which state. Names every state. */
  readonly members: Readonly<Record<string, number>>
  /** How long a new code would wait; `undefined` while no member can send it. */
  readonly codeWaitMs: number | undefined
}

/** So many pools have series of their own, from one start to the next. The moves of others count as `other`. */
export const mostPools = 50

/** A code is delivered within seconds or has failed; the last buckets are for people who read later. */
const secondsToSend = [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600]
const secondsToRead = [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600, 86_400]
/** The schedule of tries ends after about 75 hours. */
const secondsOfLag = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 1_800, 7_200, 43_200, 172_800]

export class Metrics {
  readonly #registry = new Registry()
  readonly #accepted = this.#counter('recado_messages_accepted_total', 'Messages accepted.')
  readonly #ended = this.#counter(
    'recado_messages_failed_total',
    'Messages that ended without being sent, by reason.',
    'reason',
  )
  readonly #expired = this.#counter(
    'recado_messages_expired_total',
    'Messages that expired before they could be sent.',
  )
  readonly #refused = this.#counter(
    'recado_sends_refused_total',
    "Sends that WhatsApp refused, by WhatsApp's code. A message may be tried again.",
    'code',
  )
  readonly #sent = this.#histogram(
    'recado_message_accepted_to_sent_seconds',
    'From the moment a message was accepted until WhatsApp had it, by priority.',
    secondsToSend,
    'priority',
  )
  readonly #advanced = {
    delivered: this.#histogram(
      'recado_message_sent_to_delivered_seconds',
      'From the moment WhatsApp had a message until a device of the recipient had it.',
      secondsToSend,
    ),
    read: this.#histogram(
      'recado_message_delivered_to_read_seconds',
      'From the moment a device of the recipient had a message until it was read.',
      secondsToRead,
    ),
  }
  readonly #attempts = this.#counter(
    'recado_callback_attempts_total',
    'Attempts to deliver a callback, by outcome.',
    'outcome',
  )
  readonly #lag = this.#histogram(
    'recado_callback_lag_seconds',
    'From the moment a callback was owed until its receiver took it.',
    secondsOfLag,
  )
  readonly #dead = this.#counter('recado_callbacks_dead_total', 'Callbacks that failed.')

  readonly #moves = this.#counter(
    'recado_pool_moves_total',
    'Messages that went to another member of their pool, by the cause.',
    'pool',
    'reason',
  )
  readonly #pools = new Set<string>()
  readonly #handover = this.#histogram(
    'recado_node_handover_seconds',
    'How long an instance that this node took from another one had no node, by the cause.',
    secondsToSend,
    'cause',
  )

  readonly #current = {
    waiting: this.#gauge('recado_messages_waiting', 'Messages that wait, by status.', 'status'),
    oldestWaiting: this.#gauge(
      'recado_oldest_waiting_message_seconds',
      'The age of the oldest message that waits; 0 when none does.',
    ),
    pending: this.#gauge('recado_callbacks_pending', 'Callbacks that are still owed.'),
    oldestPending: this.#gauge(
      'recado_oldest_pending_callback_seconds',
      'The age of the oldest callback that is still owed; 0 when none is.',
    ),
    dead: this.#gauge('recado_callbacks_dead', 'Failed callbacks that are kept.'),
    sessions: this.#gauge('recado_sessions', 'Sessions, by state.', 'state'),
    members: this.#gauge(
      'recado_pool_members',
      'The members of a pool, by what they can do now.',
      'pool',
      'state',
    ),
    nodes: this.#gauge('recado_nodes', 'Nodes that live.'),
    instances: this.#gauge('recado_node_instances', 'Instances that this node runs.'),
    codeWait: this.#gauge(
      'recado_pool_code_wait_seconds',
      'How long a new code for a pool would wait; absent while no member can send it.',
      'pool',
    ),
  }
  readonly #readCurrent: () => Promise<CurrentFigures>

  /** @param readCurrent asked once a scrape; its queries have to be cheap */
  constructor(readCurrent: () => Promise<CurrentFigures>, version: string) {
    this.#readCurrent = readCurrent
    collectDefaultMetrics({ register: this.#registry })
    this.#gauge('recado_build_info', 'The running version.', 'version').set({ version }, 1)
  }

  /** The content type that goes with `text`. */
  get contentType(): string {
    return this.#registry.contentType
  }

  /** All figures. Rejects when the database does not answer. */
  async text(): Promise<string> {
    const now = await this.#readCurrent()
    const { sessions } = this.#current
    for (const [state, count] of Object.entries(now.sessions)) sessions.set({ state }, count)
    const isLead = now.node?.isLead ?? true
    this.#setOfDatabase(isLead ? now : undefined)
    this.#setPools(isLead ? now.pools : [])
    this.#setNode(now.node)
    return this.#registry.metrics()
  }

  /** `undefined`: another node gives them, and this one has no such series. */
  #setOfDatabase(now: CurrentFigures | undefined): void {
    const { waiting, oldestWaiting, pending, oldestPending, dead } = this.#current
    if (now === undefined) {
      waiting.reset()
      for (const gauge of [oldestWaiting, pending, oldestPending, dead]) gauge.remove()
      return
    }
    for (const [status, count] of Object.entries(now.waiting)) waiting.set({ status }, count)
    oldestWaiting.set(inSeconds(now.oldestWaitingMs))
    pending.set(now.pendingCallbacks)
    oldestPending.set(inSeconds(now.oldestPendingCallbackMs))
    dead.set(now.deadCallbacks)
  }

  #setNode(node: NodeFigures | undefined): void {
    const { nodes, instances } = this.#current
    if (node === undefined) instances.remove()
    else instances.set(node.instances)
    if (node?.isLead === true) nodes.set(node.nodes)
    else nodes.remove()
  }

  /** This node took an instance from another one. `freeMs`: how long it had no node. */
  instanceTaken(cause: 'given-up' | 'silent', freeMs: number): void {
    this.#handover.observe({ cause }, inSeconds(freeMs))
  }

  /** A pool that is gone leaves no gauge. */
  #setPools(pools: readonly PoolFigures[]): void {
    const { members, codeWait } = this.#current
    members.reset()
    codeWait.reset()
    for (const { id: pool, members: counts, codeWaitMs } of pools) {
      if (this.#poolLabel(pool) === other) continue
      for (const [state, count] of Object.entries(counts)) members.set({ pool, state }, count)
      if (codeWaitMs !== undefined) codeWait.set({ pool }, inSeconds(codeWaitMs))
    }
  }

  messageMoved(poolId: string, reason: string): void {
    this.#moves.inc({ pool: this.#poolLabel(poolId), reason })
  }

  #poolLabel(id: string): string {
    if (!this.#pools.has(id) && this.#pools.size >= mostPools) return other
    this.#pools.add(id)
    return id
  }

  messageAccepted(): void {
    this.#accepted.inc()
  }

  messageSent(afterMs: number, priority: 'high' | 'normal' | 'low'): void {
    this.#sent.observe({ priority }, inSeconds(afterMs))
  }

  messageAdvanced(to: 'delivered' | 'read', afterMs: number): void {
    this.#advanced[to].observe(inSeconds(afterMs))
  }

  messageEnded(reason: string): void {
    if (reason === 'expired') this.#expired.inc()
    else this.#ended.inc({ reason })
  }

  sendRefused(code: number): void {
    // WhatsApp's codes look like those of HTTP. Whatever else comes must not make a series each.
    const isKnownForm = Number.isInteger(code) && code >= 100 && code <= 999
    this.#refused.inc({ code: isKnownForm ? String(code) : 'other' })
  }

  callbackAttempted(outcome: 'taken' | 'refused' | 'unanswered'): void {
    this.#attempts.inc({ outcome })
  }

  callbackTaken(afterMs: number): void {
    this.#lag.observe(inSeconds(afterMs))
  }

  callbackDead(): void {
    this.#dead.inc()
  }

  #counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.#registry] })
  }

  #gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] })
  }

  #histogram(name: string, help: string, buckets: number[], label?: string): Histogram {
    const labelNames = label === undefined ? [] : [label]
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] })
  }
}

const other = 'other'

function inSeconds(ms: number): number {
  return Math.max(0, ms) / 1_000
}
