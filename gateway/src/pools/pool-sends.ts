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
import type { InPool, OnUnknown, PoolMember } from '../domain/pool.js'
import type { Priority } from '../domain/priority.js'
import type { Clock } from '../runtime/clock.js'
import { type Candidate, canWrite, chooseMember, type Presence } from './choose-member.js'
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
  /** How long a message would wait that is accepted now, in ms. */
  expectedWaitMs(instanceId: InstanceId, query: Query): Promise<number>
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
}

export interface PoolSendsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly random: () => number
  readonly numbers: NumbersPort
  readonly people: PeoplePort
  /** Called after a message was accepted for a member that is not connected. */
  readonly waits: () => void
}

/** A pool without members sends nothing. Nothing was accepted; with a member it will be. */
class EmptyPoolError extends GatewayError {
  override readonly name = 'EmptyPoolError'
  readonly code = 'empty-pool'
  override readonly statusCode = 400
}

/** The person was given to another member in between, or the member left the pool. It never leaves this file. */
class MemberChangedError extends GatewayError {
  override readonly name = 'MemberChangedError'
  readonly code = 'member-changed'
}

export class PoolSends {
  readonly #options: PoolSendsOptions
  readonly #store: PoolStore

  constructor(options: PoolSendsOptions) {
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
    for (;;) {
      const { person, sticky, member } = await this.#choose(poolId, submission)
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

  /** The member that takes a message over from its own; it writes to the person from now on. The pool is held. */
  async takeOver(
    message: Message & { readonly instanceId: InstanceId; readonly pool: InPool },
    { query }: Transaction,
  ): Promise<InstanceId | undefined> {
    const { instanceId, recipient, pool } = message
    // WhatsApp has said no to these.
    const refused = pool.moves
      .filter(({ why }) => why === 'refused' || why === 'restricted')
      .map(({ from }) => from)
    const members = (await this.#store.members(query, pool.id)).filter(
      (member) => member.instanceId !== instanceId && !refused.includes(member.instanceId),
    )
    const person = await this.#personOf(members, recipient, query)
    const sticky = await this.#store.memberOf(query, pool.id, person)
    const member = await this.#chosen(members, sticky, message, query)
    if (member === undefined || !canWrite(member) || member.presence !== 'open') return undefined
    const now = this.#options.clock.now()
    await this.#store.give(query, pool.id, person, member.instanceId, now)
    return member.instanceId
  }

  /** Forgets old people; call it from time to time. Gives how many. */
  purge(): Promise<number> {
    const { database, clock } = this.#options
    return this.#store.purge(database.query, clock.now())
  }

  async #choose(poolId: InstanceId, message: Message) {
    const { query } = this.#options.database
    const members = await this.#store.members(query, poolId)
    const person = await this.#personOf(members, message.recipient, query)
    const sticky = await this.#store.memberOf(query, poolId, person)
    const member = await this.#chosen(members, sticky, message, query)
    return { person, sticky, member }
  }

  async #chosen(
    members: readonly PoolMember[],
    sticky: InstanceId | undefined,
    message: Message,
    query: Query,
  ): Promise<Candidate | undefined> {
    const given = members.find(({ instanceId }) => instanceId === sticky)
    if (given !== undefined) {
      const candidate = await this.#candidate(given, message, query)
      if (canWrite(candidate)) return candidate
    }
    const candidates: Candidate[] = []
    for (const member of members) candidates.push(await this.#candidate(member, message, query))
    return chooseMember(candidates, sticky, this.#options.random())
  }

  async #candidate(member: PoolMember, message: Message, query: Query): Promise<Candidate> {
    const { recipient } = message
    const { numbers } = this.#options
    const { instanceId } = member
    return {
      ...member,
      presence: numbers.presenceOf(instanceId),
      isBarred: await numbers.isBarred(instanceId, recipient, query),
      hasRoom: await numbers.hasRoom(instanceId, message, query),
      isKnown: await numbers.isKnown(instanceId, recipient, query),
      expectedWaitMs: await numbers.expectedWaitMs(instanceId, query),
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
