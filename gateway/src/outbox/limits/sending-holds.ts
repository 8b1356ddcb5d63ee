/**
 * Holds messages back by the limits of their number and of their pool.
 *
 * What counts stands in the rows of the messages, so a restart forgets nothing. The claim asks within
 * its transaction, so no limit is ever exceeded; the queue asks before, so that nothing is prepared that
 * may not leave. Without limits nothing is read.
 */

import type { Kysely } from 'kysely'
import type { Database, Transaction } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { type ChatId, chatOf, conversationKey, type Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { OutgoingMessage } from '../../domain/message.js'
import { priorities, type Priority } from '../../domain/priority.js'
import { areOn, noSendingLimits } from '../../domain/sending-limits.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { holdInstance } from '../queue-rows.js'
import { dayIn, type LocalDay } from './local-day.js'
import type { LinkedNumbers } from './linked-numbers.js'
import type { LimitsInForce } from './member-limits.js'
import { type PeoplePort, personIn } from './people.js'
import { type Counted, countDaysBefore, countSent, type Owner } from './sending-counts.js'
import {
  type Hold,
  holdOf,
  isLimited,
  type MostFrom,
  mostFrom,
  mostMessages,
  turnOf,
  warmUpDays,
} from './sending-limits.js'

type Query = Kysely<Schema>

export interface LimitsPort {
  /** What counts for it; `undefined` if there is no such instance or pool. `query`: that of a transaction, within one. */
  limitsOf(id: InstanceId, query: Query): Promise<LimitsInForce | undefined>
  /** Whether any pool has limits. */
  isAnyPoolLimited(): Promise<boolean>
}

export interface SendingHoldsOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly limits: LimitsPort
  readonly numbers: Pick<LinkedNumbers, 'note' | 'since'>
  readonly people: Pick<PeoplePort, 'whole'>
  /** Whether the number has a conversation with the recipient. Also of groups, which are no people. */
  readonly isKnown: (instanceId: InstanceId, recipient: Recipient, query: Query) => Promise<boolean>
}

export interface Limited
  extends Pick<OutgoingMessage, 'instanceId' | 'recipient' | 'priority' | 'status'> {
  readonly pool?: { readonly id: InstanceId } | undefined
  /** When it was counted before, where an earlier try was. */
  readonly countedAt?: EpochMs | undefined
}

/** What a claim writes down of a message. */
export interface Counting {
  /** `undefined` for what does not count. */
  readonly countedAt: EpochMs | undefined
  readonly isFirst: boolean
}

/** What the limits of the number say of each priority, for any recipient. */
export interface QueueHolds {
  readonly held: Partial<Readonly<Record<Priority, Hold>>>
  /** Whether a message may be held although its priority is not. */
  readonly arePerMessage: boolean
  /** Ask again then. */
  readonly until: EpochMs
}

/** How limits put off the turns of messages. */
export interface Turns {
  /** Whether messages with priority high count. */
  readonly countsHigh: boolean
  /** `ahead`: how many that count leave before it. As `turnOf` of `sending-limits.ts`. */
  of(priority: Priority, ahead: number): ReturnType<typeof turnOf>
}

/** Where a number or a pool stands today. */
export interface LimitStanding {
  readonly limits: LimitsInForce
  readonly day: LocalDay
  readonly messages: number
  readonly newPeople: number
  /** Infinity for no limit. */
  readonly most: number
  /** Which limit gives `most`; `undefined` for none. */
  readonly mostFrom: MostFrom | undefined
  /** The first is 1; `undefined` without a warm-up, or after it. */
  readonly warmUpDay: number | undefined
}

/** Another process, or a clock that was set, may change what counts. */
const askAgainMs = 60_000

interface Account {
  readonly owner: Owner
  readonly limits: LimitsInForce
  readonly now: EpochMs
  readonly day: LocalDay
  readonly sent: Counted
  readonly warmUpDay: number
}

export class SendingHolds {
  readonly #options: SendingHoldsOptions
  readonly #warmUpDays = new Map<InstanceId, { readonly startsAt: EpochMs; readonly day: number }>()
  /** What was read before a change is not kept. */
  #generation = 0
  #pools: { readonly at: EpochMs; readonly areLimited: boolean } | undefined

  constructor(options: SendingHoldsOptions) {
    this.#options = options
  }

  /** For the queue of an instance, whose session is open. */
  async ofQueue(instanceId: InstanceId): Promise<QueueHolds> {
    const { database, clock, numbers } = this.#options
    if (await numbers.note(instanceId)) this.#forgetDays()
    const now = clock.now()
    const arePerMessage = await this.#arePoolsLimited(now)
    const account = await this.#account({ id: instanceId, isPool: false }, database.query)
    if (account === undefined) return { held: {}, arePerMessage, until: now + askAgainMs }
    const { limits, sent, day, warmUpDay } = account
    const held: Partial<Record<Priority, Hold>> = {}
    for (const priority of priorities) {
      const hold = holdOf({ priority, isNewPerson: false }, sent, limits, { now, warmUpDay })
      if (hold !== undefined) held[priority] = hold
    }
    const ends = Object.values(held).map((hold) => hold.until)
    return {
      held,
      arePerMessage: arePerMessage || limits.dailyNewPeople > 0,
      until: Math.min(now + askAgainMs, day.endsAt, ...ends),
    }
  }

  /** Whether this message has to wait, and until when. `undefined` if it may go. */
  async of(
    message: Limited,
    query: Query = this.#options.database.query,
  ): Promise<Hold | undefined> {
    const holds: Hold[] = []
    for (const owner of ownersOf(message)) {
      const hold = await this.#holdBy(owner, message, query)
      if (hold !== undefined) holds.push(hold)
    }
    return holds.toSorted((one, other) => other.until - one.until)[0]
  }

  /** For its claim, within its transaction and before it: what to write down of the message, or why it has to wait. */
  async count(message: Limited, transaction: Transaction): Promise<Counting | Hold> {
    const { clock, limits, isKnown } = this.#options
    const { instanceId, recipient, priority, pool } = message
    const own = (await limits.limitsOf(instanceId, transaction.query)) ?? noSendingLimits
    const ofPool = (pool && (await limits.limitsOf(pool.id, transaction.query))) ?? noSendingLimits
    if (areOn(ofPool) && pool !== undefined) await holdInstance(transaction, pool.id)
    const { query } = transaction
    const hold = areOn(own) || areOn(ofPool) ? await this.of(message, query) : undefined
    if (hold !== undefined) return hold
    const counts = isLimited(priority, own) || isLimited(priority, ofPool)
    const asksWho = counts && own.dailyNewPeople + ofPool.dailyNewPeople > 0
    const isFirst = asksWho && !(await isKnown(instanceId, recipient, query))
    return { countedAt: counts ? clock.now() : undefined, isFirst }
  }

  /** Whether the number itself may send this message today. Quiet hours are no reason for another number. */
  async hasRoom(
    message: Pick<Limited, 'instanceId' | 'recipient' | 'priority'>,
    query: Query,
  ): Promise<boolean> {
    const owner = { id: message.instanceId, isPool: false }
    const hold = await this.#holdBy(owner, { ...message, status: 'queued' }, query)
    return hold === undefined || hold.why === 'quiet-hours'
  }

  /** Whether the number has reached a limit of today, for all messages or for new people. */
  async isFull(instanceId: InstanceId): Promise<boolean> {
    const owner = { id: instanceId, isPool: false }
    const account = await this.#account(owner, this.#options.database.query)
    if (account === undefined) return false
    const { limits, sent, warmUpDay } = account
    const { dailyNewPeople: most } = limits
    return sent.messages >= mostMessages(limits, warmUpDay) || (most > 0 && sent.newPeople >= most)
  }

  /** `undefined` without limits. */
  async turns(instanceId: InstanceId, query: Query): Promise<Turns | undefined> {
    const account = await this.#account({ id: instanceId, isPool: false }, query)
    if (account === undefined) return undefined
    const { sent, limits, now, warmUpDay } = account
    return {
      countsHigh: limits.limitCodes,
      of: (priority, ahead) => turnOf(ahead, priority, sent, limits, { now, warmUpDay }),
    }
  }

  /** Where it stands today; `undefined` if there is no such instance or pool. */
  async standing(owner: Owner): Promise<LimitStanding | undefined> {
    const { database, limits: port } = this.#options
    const limits = await port.limitsOf(owner.id, database.query)
    if (limits === undefined) return undefined
    const { day, sent, warmUpDay } = await this.#read(owner, limits, database.query)
    const isWarming = limits.warmUp === true && !owner.isPool && warmUpDay < warmUpDays
    return {
      limits,
      day,
      messages: sent.messages,
      newPeople: sent.newPeople,
      most: mostMessages(limits, warmUpDay),
      mostFrom: mostFrom(limits, warmUpDay),
      warmUpDay: isWarming ? warmUpDay : undefined,
    }
  }

  /** Limits were changed. */
  forget(): void {
    this.#forgetDays()
    this.#pools = undefined
  }

  async #holdBy(owner: Owner, message: Limited, query: Query): Promise<Hold | undefined> {
    // A repetition of what may have arrived is no other message.
    if (message.status === 'unknown') return undefined
    const limits = await this.#options.limits.limitsOf(owner.id, query)
    if (limits === undefined || !isLimited(message.priority, limits)) return undefined
    const account = await this.#account(owner, query)
    if (account === undefined) return undefined
    const { sent, now, day, warmUpDay } = account
    if ((message.countedAt ?? -Infinity) >= day.startsAt) return undefined
    const isNewPerson = limits.dailyNewPeople > 0 && (await this.#isNew(message, sent, query))
    return holdOf({ priority: message.priority, isNewPerson }, sent, limits, { now, warmUpDay })
  }

  /** Whom it has written to today for the first time is not counted twice. */
  async #isNew(
    { instanceId, recipient }: Limited,
    { chats }: Counted,
    query: Query,
  ): Promise<boolean> {
    const { people, isKnown } = this.#options
    for (const chat of await chatsOf(instanceId, recipient, people, query))
      if (chats.has(conversationKey(chat))) return false
    return !(await isKnown(instanceId, recipient, query))
  }

  async #account(owner: Owner, query: Query): Promise<Account | undefined> {
    const limits = await this.#options.limits.limitsOf(owner.id, query)
    return limits !== undefined && areOn(limits) ? this.#read(owner, limits, query) : undefined
  }

  async #read(owner: Owner, limits: LimitsInForce, query: Query): Promise<Account> {
    const now = this.#options.clock.now()
    const day = dayIn(limits.timeZone, now)
    const sent = await countSent(query, owner, day.startsAt, limits.dailyNewPeople > 0)
    const isWarming = limits.warmUp === true && !owner.isPool
    const warmUpDay = isWarming ? await this.#warmUpDay(owner.id, limits, day, query) : warmUpDays
    return { owner, limits, now, day, sent, warmUpDay }
  }

  async #warmUpDay(
    id: InstanceId,
    { timeZone }: LimitsInForce,
    { startsAt }: LocalDay,
    query: Query,
  ): Promise<number> {
    const known = this.#warmUpDays.get(id)
    if (known?.startsAt === startsAt) return known.day
    const generation = this.#generation
    const since = await this.#options.numbers.since(id, query)
    const days = await countDaysBefore(query, id, { startsAt, timeZone, since }, warmUpDays - 1)
    const day = days + 1
    if (generation === this.#generation) this.#warmUpDays.set(id, { startsAt, day })
    return day
  }

  #forgetDays(): void {
    this.#generation += 1
    this.#warmUpDays.clear()
  }

  async #arePoolsLimited(now: EpochMs): Promise<boolean> {
    const known = this.#pools
    if (known !== undefined && Math.abs(now - known.at) < askAgainMs) return known.areLimited
    const areLimited = await this.#options.limits.isAnyPoolLimited()
    this.#pools = { at: now, areLimited }
    return areLimited
  }
}

/** A person by each of both names: which one an earlier message has depends on what was known then. */
async function chatsOf(
  instanceId: InstanceId,
  recipient: Recipient,
  people: Pick<PeoplePort, 'whole'>,
  query: Query,
): Promise<readonly ChatId[]> {
  const person = personIn(recipient)
  if (person === undefined) return [chatOf(recipient)]
  const { phone, lid } = await people.whole(instanceId, person, query)
  return [
    ...(phone === undefined ? [] : [{ kind: 'person', phone } as const]),
    ...(lid === undefined ? [] : [{ kind: 'person', lid } as const]),
  ]
}

function ownersOf({ instanceId, pool }: Limited): readonly Owner[] {
  const own = { id: instanceId, isPool: false }
  return pool === undefined ? [own] : [own, { id: pool.id, isPool: true }]
}

export function isHold(counted: Counting | Hold): counted is Hold {
  return 'until' in counted
}
