/**
 * Accepts messages for pools, and finds the member that takes one over.
 *
 * The pool's row is held while a person is given to a member, so of two messages at once the second
 * sees the member of the first, and a message that is being moved takes its person along.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { PersonId, Recipient } from '../domain/chat.js'
import { GatewayError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageStatus } from '../domain/message-status.js'
import type { InPool, MoveReason, OnUnknown, PoolMember } from '../domain/pool.js'
import type { Priority } from '../domain/priority.js'
import type { Clock } from '../runtime/clock.js'
import { type Candidate, canWrite, chooseMember, isReady, type Presence } from './choose-member.js'
import { PoolStore, type Query } from './pool-store.js'

/** What decides where a message goes, of one number. */
export interface NumbersPort {
  presenceOf(instanceId: InstanceId): Presence
  /** Whether WhatsApp lets it not write to this person now. */
  isBarred(instanceId: InstanceId, recipient: Recipient, query: Query): Promise<boolean>
  /** Whether its own caps let it write to this person now. */
  hasRoom(instanceId: InstanceId, message: Message, query: Query): Promise<boolean>
  /** Whether the person has a conversation with it. */
  isKnown(instanceId: InstanceId, recipient: Recipient, query: Query): Promise<boolean>
  /** How long a message of this priority would wait that is accepted now, in ms. */
  expectedWaitMs(instanceId: InstanceId, priority: Priority, query: Query): Promise<number>
}

/** A message of a pool that waits. */
export interface WaitingInPool {
  readonly instanceId: InstanceId
  readonly status: MessageStatus
  readonly pool: Pick<InPool, 'moves'>
}

/** What waits for one person in a pool. */
export interface QueuesPort<Waiting extends WaitingInPool> {
  /** What may be moved, and what is being sent. In the order of acceptance. */
  ofPerson(query: Query, poolId: InstanceId, person: PersonId): Promise<readonly Waiting[]>
  /** Gives whether it could still be moved. The pool is held. */
  moveTo(
    to: InstanceId,
    message: Waiting,
    why: MoveReason,
    transaction: Transaction,
  ): Promise<boolean>
}

/** The person by both names, where one of the instances knows them. */
export interface PeoplePort {
  whole(instanceId: InstanceId, person: PersonId, query: Query): Promise<PersonId>
}

interface Message {
  readonly recipient: Recipient
  /** Unset counts as normal. */
  readonly priority?: Priority | undefined
}

interface AcceptOptions<Accepted> {
  readonly alongside?: ((message: Accepted, transaction: Transaction) => Promise<void>) | undefined
}

/** The outbox. */
export interface OutboxPort<Submission extends Message, Accepted> {
  accept(
    instanceId: InstanceId,
    submission: Submission & { readonly pool?: Pick<InPool, 'id' | 'onUnknown'> | undefined },
    options?: AcceptOptions<Accepted>,
  ): Promise<Accepted>
  /** How long the message may wait until it is of no use or its caller is told so, in ms. `undefined`: as long as it takes. */
  patienceMs(poolId: InstanceId, submission: Submission): Promise<number | undefined>
}

export interface PoolSendsOptions<Waiting extends WaitingInPool> {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly random: () => number
  readonly numbers: NumbersPort
  readonly people: PeoplePort
  readonly queues: QueuesPort<Waiting>
  /** Called after a message was accepted for a member that is not connected. */
  readonly waits: () => void
}

/** A pool without members sends nothing. Nothing was accepted; with a member it will be. */
class EmptyPoolError extends GatewayError {
  override readonly name = 'EmptyPoolError'
  readonly code = 'empty-pool'
  override readonly statusCode = 400
}

/** The person was given to another member in between, or the member cannot have the message. It never leaves this file. */
class MemberChangedError extends GatewayError {
  override readonly name = 'MemberChangedError'
  readonly code = 'member-changed'
}

export class PoolSends<Waiting extends WaitingInPool> {
  readonly #options: PoolSendsOptions<Waiting>
  readonly #store: PoolStore

  constructor(options: PoolSendsOptions<Waiting>) {
    this.#options = options
    this.#store = new PoolStore(options.vault)
  }

  /** As `accept` of the outbox, which gets the message for one member. Throws `EmptyPoolError` too. */
  async accept<Submission extends Message, Accepted>(
    outbox: OutboxPort<Submission, Accepted>,
    poolId: InstanceId,
    submission: Submission,
    {
      onUnknown = 'wait',
      ...options
    }: AcceptOptions<Accepted> & { readonly onUnknown?: OnUnknown | undefined },
  ): Promise<Accepted> {
    const { clock, numbers, waits } = this.#options
    const patienceMs = await outbox.patienceMs(poolId, submission)
    for (;;) {
      const { person, sticky, member } = await this.#choose(poolId, submission, patienceMs)
      if (member === undefined)
        throw new EmptyPoolError('The pool has no members. Add an instance to it, then send again.')
      try {
        return await outbox.accept(
          member.instanceId,
          { ...submission, pool: { id: poolId, onUnknown } },
          {
            ...options,
            alongside: async (message, transaction) => {
              const { query } = transaction
              if ((await this.#store.memberOf(query, poolId, person)) !== sticky)
                throw new MemberChangedError('The person was given to another member.')
              const members = await this.#store.members(query, poolId)
              if (!members.some(({ instanceId }) => instanceId === member.instanceId))
                throw new MemberChangedError('The member left the pool.')
              await this.#gather(
                poolId,
                { person, recipient: submission.recipient },
                member,
                members,
                transaction,
              )
              await this.#store.give(query, poolId, person, member.instanceId, clock.now())
              await options.alongside?.(message, transaction)
            },
          },
        )
      } catch (cause) {
        if (!(cause instanceof MemberChangedError)) throw cause
      } finally {
        // If its connection breaks later, that is told.
        if (numbers.presenceOf(member.instanceId) !== 'open') waits()
      }
    }
  }

  /**
   * Chooses the member that takes messages to one person over from their own, and has `move` move them.
   * If it did, this member writes to the person from now on. The pool is held. Gives whether they were
   * moved.
   */
  async takeOver(
    messages: readonly [WaitingInPool & Message & { readonly pool: InPool }, ...WaitingInPool[]],
    move: (to: InstanceId) => Promise<boolean>,
    { query }: Transaction,
  ): Promise<boolean> {
    const [{ instanceId, recipient, pool }] = messages
    const refused = refusedBy(messages)
    const members = (await this.#store.members(query, pool.id)).filter(
      (member) => member.instanceId !== instanceId && !refused.has(member.instanceId),
    )
    const person = await this.#personOf(members, recipient, query)
    const sticky = await this.#store.memberOf(query, pool.id, person)
    const member = await this.#chosen(members, sticky, messages[0], query, undefined)
    if (member === undefined || !canWrite(member) || member.presence !== 'open') return false
    if (!(await move(member.instanceId))) return false
    const now = this.#options.clock.now()
    await this.#store.give(query, pool.id, person, member.instanceId, now)
    return true
  }

  /** Forgets old people; call it from time to time. Gives how many. */
  purge(): Promise<number> {
    const { database, clock } = this.#options
    return this.#store.purge(database.query, clock.now())
  }

  async #choose(poolId: InstanceId, message: Message, patienceMs: number | undefined) {
    const { queues, database } = this.#options
    const { query } = database
    const members = await this.#store.members(query, poolId)
    const person = await this.#personOf(members, message.recipient, query)
    const sticky = await this.#store.memberOf(query, poolId, person)
    const earlier = await queues.ofPerson(query, poolId, person)
    const able = ableFor(members, earlier)
    const member = await this.#chosen(able, sticky, message, query, patienceMs)
    return { person, sticky, member }
  }

  /**
   * Order within a chat holds: what waits for the person elsewhere goes to the member that has the new
   * message. Throws `MemberChangedError` if that cannot be.
   */
  async #gather(
    poolId: InstanceId,
    { person, recipient }: { readonly person: PersonId; readonly recipient: Recipient },
    member: PoolMember,
    members: readonly PoolMember[],
    transaction: Transaction,
  ): Promise<void> {
    const { queues } = this.#options
    const { query } = transaction
    const earlier = await queues.ofPerson(query, poolId, person)
    const { instanceId: to } = member
    if (!ableFor(members, earlier).some(({ instanceId }) => instanceId === to))
      throw new MemberChangedError('An earlier message cannot go there.')
    for (const message of earlier) {
      const { instanceId } = message
      if (instanceId === to || message.status === 'sending') continue
      const isMember = members.some((each) => each.instanceId === instanceId)
      const why = isMember ? await this.#whyGathered(message, recipient, query) : 'removed'
      if (!(await queues.moveTo(to, message, why, transaction)))
        throw new MemberChangedError('An earlier message is being sent.')
    }
  }

  async #whyGathered(
    { instanceId, status }: Waiting,
    recipient: Recipient,
    query: Query,
  ): Promise<MoveReason> {
    const { numbers } = this.#options
    if (numbers.presenceOf(instanceId) === 'away') return 'disconnected'
    if (await numbers.isBarred(instanceId, recipient, query)) return 'restricted'
    if (status === 'unknown') return 'unknown'
    return (await numbers.hasRoom(instanceId, { recipient }, query)) ? 'order' : 'full'
  }

  async #chosen(
    members: readonly PoolMember[],
    sticky: InstanceId | undefined,
    message: Message,
    query: Query,
    patienceMs: number | undefined,
  ): Promise<Candidate | undefined> {
    const given = members.find(({ instanceId }) => instanceId === sticky)
    if (given !== undefined) {
      const candidate = { ...(await this.#candidate(given, message, query)), patienceMs }
      if (isReady(candidate)) return candidate
    }
    const candidates: Candidate[] = []
    for (const member of members)
      candidates.push({ ...(await this.#candidate(member, message, query)), patienceMs })
    return chooseMember(candidates, sticky, this.#options.random())
  }

  async #candidate(member: PoolMember, message: Message, query: Query): Promise<Candidate> {
    const { recipient, priority = 'normal' } = message
    const { numbers } = this.#options
    const { instanceId } = member
    return {
      ...member,
      presence: numbers.presenceOf(instanceId),
      isBarred: await numbers.isBarred(instanceId, recipient, query),
      hasRoom: await numbers.hasRoom(instanceId, message, query),
      isKnown: await numbers.isKnown(instanceId, recipient, query),
      expectedWaitMs: await numbers.expectedWaitMs(instanceId, priority, query),
    }
  }

  async #personOf(
    members: readonly PoolMember[],
    recipient: Recipient,
    query: Query,
  ): Promise<PersonId> {
    const person = personIn(recipient)
    return wholeInPool(members, person, this.#options.people, query)
  }
}

/**
 * The members that may have the next message to a person for whom these wait: while one of them is
 * being sent, the one that has the last of them, else those that were not refused one. If all were, the
 * messages stay together.
 */
function ableFor(
  members: readonly PoolMember[],
  earlier: readonly WaitingInPool[],
): readonly PoolMember[] {
  const isOneLeaving = earlier.some(({ status }) => status === 'sending')
  const refused = refusedBy(earlier)
  const choices = [
    membersWith(members, isOneLeaving ? earlier.slice(-1) : []),
    members.filter(({ instanceId }) => !refused.has(instanceId)),
    membersWith(members, earlier),
  ]
  return choices.find((choice) => choice.length > 0) ?? members
}

function membersWith(
  members: readonly PoolMember[],
  messages: readonly WaitingInPool[],
): readonly PoolMember[] {
  return members.filter((member) =>
    messages.some(({ instanceId }) => instanceId === member.instanceId),
  )
}

/** WhatsApp has said no to these. */
function refusedBy(messages: readonly WaitingInPool[]): ReadonlySet<InstanceId> {
  const moves = messages.flatMap(({ pool }) => pool.moves)
  const refused = moves.filter(({ why }) => why === 'refused' || why === 'restricted')
  return new Set(refused.map(({ from }) => from))
}

/** By both names, if one of the members knows them. */
export async function wholeInPool(
  members: readonly PoolMember[],
  person: PersonId,
  people: PeoplePort,
  query: Query,
): Promise<PersonId> {
  for (const { instanceId } of members) {
    const whole = await people.whole(instanceId, person, query)
    if (whole.phone !== undefined && whole.lid !== undefined) return whole
  }
  return person
}

function personIn(recipient: Recipient): PersonId {
  if (recipient.kind === 'person') return { phone: recipient.phone }
  if (recipient.kind === 'lid') return { lid: recipient.lid }
  throw new Error('a pool writes to people alone')
}
