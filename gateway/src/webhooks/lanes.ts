/**
 * Decides which lane may be attempted next.
 *
 * A lane is what must arrive in order; an endpoint has many. Of a lane one
 * delivery is under way at a time. Every endpoint has a bounded number of
 * attempts in the air, the endpoints take turns, and those that keep us
 * waiting share a part of all the places: a black hole fills what it has
 * itself and no other endpoint.
 *
 * This module only decides; `courier.ts` reads, posts and waits.
 */

import type { EpochMs } from '../domain/time.js'

export interface Lane {
  readonly id: string
  readonly url: string
}

/** How many attempts may be in the air. */
export interface LaneLimits {
  readonly all: number
  /** To all slow endpoints together. The rest stays free for the others. */
  readonly allSlow: number
  /** To one endpoint, by what it was like the last time. */
  readonly each: Readonly<Record<Pace, number>>
}

/** `slow`: its last answer took long or never came. `untried`: not known yet. */
export type Pace = 'untried' | 'prompt' | 'slow'

interface Endpoint {
  /** In the order in which their turn comes. */
  readonly ready: Set<LaneState>
  pace: Pace
  lanes: number
  inFlight: number
}

interface LaneState extends Lane {
  readonly endpoint: Endpoint
  dueAt: EpochMs
  running: boolean
  /** Added again while it was running: its runner may have looked too early. */
  touched: boolean
  /** It got another head while it was running, which is due at once. */
  hurried: boolean
  /** Whether this attempt counts as one to a slow endpoint. */
  countsAsSlow: boolean
}

export class Lanes {
  readonly #limits: LaneLimits
  readonly #lanes = new Map<string, LaneState>()
  readonly #endpoints = new Map<string, Endpoint>()
  readonly #waiting = new Set<LaneState>()
  /** Endpoints with a ready lane, in the order in which their turn comes. */
  readonly #turns = new Set<Endpoint>()
  #firstDueAt = Infinity
  #inFlight = 0
  #slowInFlight = 0

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** There may be something in this lane from `dueAt` on. A lane that is known keeps its own moment. */
  add({ id, url }: Lane, dueAt: EpochMs, now: EpochMs): void {
    const known = this.#lanes.get(id)
    if (known !== undefined) {
      known.touched = true
      return
    }
    const lane = {
      id,
      url,
      endpoint: this.#endpointOf(url),
      dueAt,
      running: false,
      touched: false,
      hurried: false,
      countsAsSlow: false,
    }
    lane.endpoint.lanes += 1
    this.#lanes.set(id, lane)
    this.#queue(lane, dueAt, now)
  }

  /** This lane has a head that is due now, whatever it was waiting for. */
  hurry(lane: Lane, now: EpochMs): void {
    const known = this.#lanes.get(lane.id)
    if (known === undefined) return this.add(lane, now, now)
    if (known.running) known.hurried = true
    else if (this.#waiting.delete(known)) this.#queue(known, now, now)
  }

  /** The lane whose turn it is, which is then running; `undefined` if none is due or all places are taken. */
  take(now: EpochMs): Lane | undefined {
    this.#promote(now)
    if (this.#inFlight >= this.#limits.all) return undefined
    for (const endpoint of this.#turns) {
      const [lane] = endpoint.ready
      if (lane === undefined || !this.#hasPlace(endpoint)) continue
      endpoint.ready.delete(lane)
      this.#turns.delete(endpoint)
      if (endpoint.ready.size > 0) this.#turns.add(endpoint)
      this.#begin(lane)
      return { id: lane.id, url: lane.url }
    }
    return undefined
  }

  /**
   * Ends the run of a lane. `nextDueAt` is the moment of its head, `undefined`
   * if it was found empty; `pace` is what the endpoint was like, where it was asked.
   */
  release({ id }: Lane, nextDueAt: EpochMs | undefined, now: EpochMs, pace?: Pace): void {
    const lane = this.#lanes.get(id)
    if (lane === undefined || !lane.running) throw new Error('only a running lane can be released')
    this.#end(lane)
    if (pace !== undefined) lane.endpoint.pace = pace

    if (lane.hurried) this.#queue(lane, now, now)
    else if (nextDueAt !== undefined) this.#queue(lane, nextDueAt, now)
    else if (lane.touched) this.#queue(lane, now, now)
    else this.#forget(lane)
  }

  /** When a lane falls due that is not due yet. */
  nextDueAt(): EpochMs | undefined {
    return Number.isFinite(this.#firstDueAt) ? this.#firstDueAt : undefined
  }

  #endpointOf(url: string): Endpoint {
    const known = this.#endpoints.get(url)
    if (known !== undefined) return known
    const endpoint: Endpoint = { ready: new Set(), pace: 'untried', lanes: 0, inFlight: 0 }
    this.#endpoints.set(url, endpoint)
    return endpoint
  }

  #hasPlace(endpoint: Endpoint): boolean {
    if (endpoint.inFlight >= this.#limits.each[endpoint.pace]) return false
    return endpoint.pace !== 'slow' || this.#slowInFlight < this.#limits.allSlow
  }

  #queue(lane: LaneState, dueAt: EpochMs, now: EpochMs): void {
    lane.dueAt = dueAt
    if (dueAt <= now) return this.#getReady(lane)
    this.#waiting.add(lane)
    this.#firstDueAt = Math.min(this.#firstDueAt, dueAt)
  }

  #getReady(lane: LaneState): void {
    lane.endpoint.ready.add(lane)
    this.#turns.add(lane.endpoint)
  }

  #promote(now: EpochMs): void {
    if (this.#firstDueAt > now) return
    this.#firstDueAt = Infinity
    for (const lane of this.#waiting) {
      if (lane.dueAt > now) {
        this.#firstDueAt = Math.min(this.#firstDueAt, lane.dueAt)
        continue
      }
      this.#waiting.delete(lane)
      this.#getReady(lane)
    }
  }

  #begin(lane: LaneState): void {
    lane.running = true
    lane.touched = false
    lane.hurried = false
    lane.countsAsSlow = lane.endpoint.pace === 'slow'
    lane.endpoint.inFlight += 1
    this.#inFlight += 1
    if (lane.countsAsSlow) this.#slowInFlight += 1
  }

  #end(lane: LaneState): void {
    lane.running = false
    lane.endpoint.inFlight -= 1
    this.#inFlight -= 1
    if (lane.countsAsSlow) this.#slowInFlight -= 1
  }

  #forget(lane: LaneState): void {
    this.#lanes.delete(lane.id)
    lane.endpoint.lanes -= 1
    if (lane.endpoint.lanes === 0) this.#endpoints.delete(lane.url)
  }
}
