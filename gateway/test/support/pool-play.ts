/** Random days of a pool of three members, and what was seen of them. `pool-rules.ts` judges it. */

import { setTimeout as delay } from 'node:timers/promises'
import * as fc from 'fast-check'
import { RestrictedError, WouldExpireError } from '../../src/domain/errors.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { SendResult } from '../../src/domain/sending.js'
import type { EpochMs } from '../../src/domain/time.js'
import { isExpired } from '../../src/outbox/queue/expiry.js'
import type { Standing } from '../../src/pools/presence.js'
import type { SeenSend } from './outbox-world.js'
import { anOtp } from './outgoing-message.js'
import {
  longestFlightMs,
  type Played,
  phones,
  type Sent,
  type Stand,
  type Taken,
  type WaitingRow,
} from './pool-played.js'
import { notSticky, stranded } from './pool-rules.js'
import { by, type PoolWorld } from './pool-world.js'

const members = [0, 1, 2] as const
type Member = (typeof members)[number]

export type PoolOperation =
  /** All at once. */
  | { readonly kind: 'send'; readonly all: readonly Sent[] }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'stand'; readonly member: Member; readonly standing: Standing }
  | { readonly kind: 'join' | 'leave' | 'cancel'; readonly member: Member }
  | { readonly kind: 'answer'; readonly result: SendResult; readonly afterMs: number }
  | { readonly kind: 'restart' | 'crash' }

const aMember = fc.constantFrom(...members)

const aSend = fc.record({
  phone: fc.constantFrom(...phones),
  onUnknown: fc.constantFrom('wait' as const, 'wait' as const, 'resend-elsewhere' as const),
  expiresInSeconds: fc.constantFrom(30, 60, 600, 3_600),
  priority: fc.constantFrom('high' as const, 'high' as const, 'normal' as const, 'low' as const),
})

const kinds: readonly fc.WeightedArbitrary<PoolOperation>[] = [
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      all: fc.array(aSend, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constant(8_000)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('stand' as const),
      member: aMember,
      standing: fc.constantFrom<Standing>('open', 'open', 'lost', 'gone'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      afterMs: fc.constantFrom(0, 0, 500, longestFlightMs),
      result: fc.constantFrom<SendResult>(
        { kind: 'refused', code: 463 },
        { kind: 'refused', code: 463 },
        { kind: 'refused', code: 400 },
        { kind: 'refused', code: 503 },
        { kind: 'no-such-recipient' },
        { kind: 'not-sent', cause: 'x' },
        { kind: 'unknown', cause: 'x' },
        { kind: 'unknown', cause: 'x' },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('join' as const, 'join' as const, 'leave' as const),
      member: aMember,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'crash' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), member: aMember }) },
]

export const aPoolOperation = fc.oneof(...kinds)

export class PoolPlay implements Played {
  readonly world: PoolWorld
  readonly instances: readonly InstanceId[]
  readonly taken: Taken[] = []
  readonly stands: Stand[] = []
  /** What the engine was told to answer; without an entry it sent the message. */
  readonly answers = new Map<SeenSend, SendResult>()
  /** How many sends had been begun at each end of a process. */
  readonly ends: number[] = []
  /** What a rule found while the play went on. */
  readonly wrong: string[] = []
  /** When the last process began. */
  endedAt: EpochMs = 0
  #made = 0

  constructor(world: PoolWorld, third: InstanceId) {
    this.world = world
    this.instances = [world.first, world.second, third]
    for (const member of this.instances) this.#note(member, { standing: 'open', isMember: true })
  }

  get now(): EpochMs {
    return this.world.world.clock.now()
  }

  standOf(member: InstanceId): Stand {
    const stand = this.stands.findLast((each) => each.member === member)
    if (stand === undefined) throw new Error('it is none of the three')
    return stand
  }

  async run(operation: PoolOperation): Promise<void> {
    const { world, pools, pool } = this.world
    switch (operation.kind) {
      case 'send':
        await this.#sendAll(operation.all)
        break
      case 'advance':
        await world.clock.advance(operation.ms)
        this.wrong.push(...(await this.#stranded()))
        break
      case 'stand':
        this.#stand(this.#member(operation.member), operation.standing)
        break
      case 'join': {
        const member = this.#member(operation.member)
        await pools.setMember(pool, member, 1 + operation.member, by)
        this.#note(member, { isMember: true })
        break
      }
      case 'leave': {
        const member = this.#member(operation.member)
        await pools.removeMember(pool, member, by)
        this.#note(member, { isMember: false })
        break
      }
      case 'cancel':
        await world.waiting.cancelAll(this.#member(operation.member))
        break
      case 'answer':
        this.#answerNext(operation)
        break
      case 'crash':
      case 'restart':
        await this.#end(operation.kind)
        break
    }
  }

  /** Lets everything that waits come to its end. */
  async drain(): Promise<void> {
    const { pools, pool, world } = this.world
    for (const member of this.instances) {
      await pools.setMember(pool, member, 1, by)
      this.#note(member, { isMember: true })
      this.#stand(member, 'open')
    }
    const isOver = () => this.endings().length >= this.taken.length
    for (let minutes = 0; minutes < 20 && !isOver(); minutes += 1) await world.clock.advance(60_000)
    // What is sent twice is sent again within a minute.
    await world.clock.advance(60_000)
    // On a busy machine, what the clock woke may still be on its way to the database.
    for (let tries = 0; tries < 50 && !isOver(); tries += 1) {
      await delay(10)
      await world.clock.advance(10_000)
    }
  }

  endings() {
    return this.world.world.events.filter(
      (event) => event.kind === 'message.sent' || event.kind === 'message.failed',
    )
  }

  sendsOf({ code }: Taken): readonly SeenSend[] {
    const { session } = this.world.world
    return session.sends.filter(
      ({ message: { content } }) => content.kind === 'otp-button' && content.code === code,
    )
  }

  async rows(): Promise<readonly WaitingRow[]> {
    const rows = await this.world.world.database.query
      .selectFrom('message')
      .select(['id', 'instance_id', 'status', 'moves', 'sends'])
      .where('pool_id', '=', this.world.pool)
      .orderBy('sequence')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      instanceId: row.instance_id as InstanceId,
      status: row.status,
      moves: JSON.parse(row.moves ?? '[]'),
      begun: JSON.parse(row.sends ?? '[]').length,
    }))
  }

  /** Moves may still be on their way to the database: only what stays is stranded. */
  async #stranded(): Promise<readonly string[]> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await stranded(this)).length === 0) return []
      await this.world.world.clock.advance(0)
    }
    return stranded(this)
  }

  async #sendAll(all: readonly Sent[]): Promise<void> {
    const before = await this.rows()
    const known = this.taken.length
    await Promise.all(all.map((each) => this.#send(each)))
    const of = this.taken.slice(known)
    const isAlone = (person: string) => of.filter((each) => each.person === person).length === 1
    for (const each of of.filter(({ person }) => isAlone(person)))
      this.wrong.push(...(await notSticky(this, before, each)))
  }

  async #send(sent: Sent): Promise<void> {
    const { poolSends, pool, world } = this.world
    this.#made += 1
    const code = String(this.#made).padStart(6, '0')
    const { phone, onUnknown, expiresInSeconds, priority } = sent
    const acceptedAt = this.now
    const hasMembers = this.instances.some((member) => this.standOf(member).isMember)
    const submission = {
      recipient: { kind: 'person', phone },
      content: anOtp(code),
      expiresInSeconds,
      priority,
    } as const
    try {
      const { id } = await poolSends.accept(world.outbox, pool, submission, { onUnknown })
      const person = phone === phones[3] ? phones[2] : phone
      this.taken.push({ ...sent, id, acceptedAt, code, person })
    } catch (cause) {
      const isEmpty = cause instanceof Error && cause.name === 'EmptyPoolError'
      if (cause instanceof RestrictedError || cause instanceof WouldExpireError) return
      if (!isEmpty || hasMembers) throw cause
    }
  }

  #stand(member: InstanceId, standing: Standing): void {
    this.world.stand(member, standing)
    this.#note(member, { standing })
  }

  #answerNext({ result, afterMs }: PoolOperation & { kind: 'answer' }): void {
    const { clock, session } = this.world.world
    session.answerNext(async (send) => {
      this.answers.set(send, result)
      const isWord = result.kind === 'refused' || result.kind === 'unknown'
      if (isWord && isExpired(send.message, clock.now())) return { kind: 'too-late' }
      if (isWord) return { kind: 'written', acknowledged: clock.sleep(afterMs).then(() => result) }
      await clock.sleep(afterMs)
      return result
    })
  }

  async #end(how: 'crash' | 'restart'): Promise<void> {
    const { world, failover } = this.world
    if (how === 'crash') {
      world.crash()
      this.ends.push(world.session.sends.length)
    }
    const stopped = Promise.all([
      failover[Symbol.asyncDispose](),
      how === 'restart' ? world.sender[Symbol.asyncDispose]() : undefined,
    ])
    if (how === 'restart') await world.clock.advance(longestFlightMs)
    await stopped
    this.endedAt = this.now
    await world.restarted().start()
    this.world.restartedFailover().start()
  }

  #note(member: InstanceId, change: Partial<Pick<Stand, 'standing' | 'isMember'>>): void {
    const before = this.stands.findLast((each) => each.member === member)
    this.stands.push({
      member,
      at: this.now,
      standing: change.standing ?? before?.standing ?? 'open',
      isMember: change.isMember ?? before?.isMember ?? true,
    })
  }

  #member(index: Member): InstanceId {
    return this.instances[index] ?? this.world.first
  }
}
