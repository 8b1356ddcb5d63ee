/** Tells how a pool stands: what each member can do now, and how long a new message would wait. */

import type { InstanceId } from '../domain/instance.js'
import type { PoolMember } from '../domain/pool.js'
import { priorities, type Priority } from '../domain/priority.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Presence } from './choose-member.js'

/**
 * `ready`: it sends. `full`: it has reached a limit of today, which codes do not count against unless
 * that is chosen. `restricted`: it writes to people it knows alone. `coming`: its connection broke a
 * moment ago. `away`: it is not connected.
 */
export const memberStates = ['ready', 'full', 'restricted', 'coming', 'away'] as const
export type MemberState = (typeof memberStates)[number]

export type ByPriority = Readonly<Record<Priority, number>>

export interface MemberStanding extends PoolMember {
  readonly state: MemberState
  readonly restrictedUntil: EpochMs | undefined
  /** What waits there, accepted for this pool or not. */
  readonly waiting: ByPriority
  /** How long a new message would wait, in ms; `undefined` while it is not connected. */
  readonly waitsMs: ByPriority | undefined
}

export interface PoolStanding {
  readonly members: readonly MemberStanding[]
  /** What waits for the pool, with what is being sent. */
  readonly waiting: ByPriority
  /** How long a new message to a person whom no member knows would wait, in ms; `undefined` while no member can send it. */
  readonly waitsMs: ByPriority | undefined
}

export interface PoolStandingsOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly membersOf: (poolId: InstanceId) => Promise<readonly PoolMember[]>
  readonly presenceOf: (instanceId: InstanceId) => Presence
  readonly restrictedUntil: (instanceId: InstanceId) => Promise<EpochMs | undefined>
  /** Whether the number has reached a limit of today. */
  readonly isFull: (instanceId: InstanceId) => Promise<boolean>
  readonly forecast: (instanceId: InstanceId) => Promise<{
    readonly waiting: ByPriority
    readonly open?: { readonly waitsMs: ByPriority } | undefined
  }>
  readonly waitingFor: (poolId: InstanceId) => Promise<ByPriority>
  /** Until when the limits of the pool itself hold a message to a new person. */
  readonly heldUntil: (poolId: InstanceId, priority: Priority) => Promise<EpochMs | undefined>
}

export class PoolStandings {
  readonly #options: PoolStandingsOptions

  constructor(options: PoolStandingsOptions) {
    this.#options = options
  }

  async of(poolId: InstanceId): Promise<PoolStanding> {
    const { membersOf, waitingFor } = this.#options
    const members: MemberStanding[] = []
    for (const member of await membersOf(poolId)) members.push(await this.#standingOf(member))
    const waiting = await waitingFor(poolId)
    return { members, waiting, waitsMs: await this.#waitsOf(poolId, members) }
  }

  async #standingOf(member: PoolMember): Promise<MemberStanding> {
    const { forecast, restrictedUntil } = this.#options
    const { instanceId } = member
    const { waiting, open } = await forecast(instanceId)
    const until = await restrictedUntil(instanceId)
    return {
      ...member,
      state: await this.#stateOf(instanceId, until),
      restrictedUntil: until,
      waiting,
      waitsMs: open?.waitsMs,
    }
  }

  async #stateOf(instanceId: InstanceId, restrictedUntil: EpochMs | undefined) {
    const presence = this.#options.presenceOf(instanceId)
    if (presence !== 'open') return presence
    if (restrictedUntil !== undefined) return 'restricted'
    return (await this.#options.isFull(instanceId)) ? 'full' : 'ready'
  }

  async #waitsOf(
    poolId: InstanceId,
    members: readonly MemberStanding[],
  ): Promise<ByPriority | undefined> {
    const waits = { high: Infinity, normal: Infinity, low: Infinity }
    const now = this.#options.clock.now()
    for (const priority of priorities) {
      const shortest = shortestWaitMs(members, priority)
      if (shortest === undefined) return undefined
      const heldMs = ((await this.#options.heldUntil(poolId, priority)) ?? now) - now
      waits[priority] = Math.max(shortest, heldMs)
    }
    return waits
  }
}

/** Of the members that may begin a conversation. One that is full sends codes, and others if no other member can. */
function shortestWaitMs(
  members: readonly MemberStanding[],
  priority: Priority,
): number | undefined {
  const ready = members.filter(({ state }) => state === 'ready')
  const full = members.filter(({ state }) => state === 'full')
  const able = priority === 'high' ? [...ready, ...full] : ready.length > 0 ? ready : full
  const waits = able.flatMap(({ waitsMs }) => waitsMs?.[priority] ?? [])
  return waits.length === 0 ? undefined : Math.min(...waits)
}
