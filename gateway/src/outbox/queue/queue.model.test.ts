/**
 * Plays random days of two instances and checks what holds whatever happens: order within a chat,
 * no chat held up by another, pacing, expiry, the cap, idempotency, one ending each. About 800
 * operations in the suite; `npm run model -- 100000` goes on for longer.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { modelOperations } from '../../../test/support/long-runs.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import {
  anImage,
  anOutboxWorld,
  type OutboxWorld,
  shownBy,
} from '../../../test/support/outbox-world.js'
import type { Database } from '../../db/database.js'
import { openDatabase } from '../../db/open-database.js'
import type { MediaPort } from './file-stage.js'
import { isExpired } from './expiry.js'
import type { PacingPolicy } from './pacing.js'
import type { SendResult } from '../../domain/sending.js'
import {
  IdempotencyKeyReusedError,
  MediaError,
  OutboxFullError,
  RestrictedError,
} from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import type { Submission } from '../submission.js'

interface Kind {
  readonly policy: PacingPolicy
  /** Whether a message leaves at once and waits for its ack then; else it waits before it leaves. */
  readonly leavesFirst: boolean
}

const withGaps: Kind = {
  policy: { minGapMs: 1_000, maxGapMs: 3_000 },
  leavesFirst: false,
}
/** The next message leaves while others are not acknowledged. */
const withoutGaps: Kind = {
  policy: { minGapMs: 0, maxGapMs: 0 },
  leavesFirst: true,
}
/** The last two are one person. */
const phones = ['5511999990001', '5511999990002', '5511999990003', '551199990003'] as const
const files = [undefined, undefined, 'quick', 'slow', 'flaky', 'broken'] as const
const slowFileMs = 20_000
const maxWaiting = 4
const two = [0, 1] as const

type Operation =
  | {
      readonly kind: 'accept'
      readonly on: 0 | 1
      readonly expiresInSeconds: number | undefined
      readonly gapAfterMs: number | undefined
      readonly phone: (typeof phones)[number]
      readonly file: (typeof files)[number]
    }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'open' | 'close' | 'reopen' | 'cancel'; readonly on: 0 | 1 }
  | { readonly kind: 'answer'; readonly result: SendResult; readonly afterMs: number }
  | { readonly kind: 'restart' | 'crash' }
  /** The last keyed request again, as it was or with another code. */
  | { readonly kind: 'repeat'; readonly isChanged: boolean }

const longestFlightMs = 10_000
/** What is in the air comes down meanwhile. */
const restartMs = longestFlightMs

const on = fc.constantFrom(...two)
const anOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      on,
      expiresInSeconds: fc.constantFrom(undefined, 30, 60, 3_600),
      gapAfterMs: fc.constantFrom(undefined, undefined, 1_000, 15_000),
      phone: fc.constantFrom(...phones),
      file: fc.constantFrom(...files),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.integer({ min: 0, max: 40_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('open' as const, 'close' as const, 'reopen' as const),
      on,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      afterMs: fc.constantFrom(0, 0, 500, longestFlightMs),
      result: fc.constantFrom<SendResult>(
        { kind: 'refused', code: 473 },
        { kind: 'refused', code: 463 },
        { kind: 'refused', code: 503 },
        { kind: 'no-such-recipient' },
        { kind: 'not-sent', cause: 'x' },
        { kind: 'unknown', cause: 'x' },
        { kind: 'unknown', cause: 'x' },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'crash' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), on }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('repeat' as const), isChanged: fc.boolean() }),
  },
)

/** What the play remembers of an accepted message. */
interface Accepted {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly acceptedAt: EpochMs
  readonly expiresAt: EpochMs
  readonly gapAfterMs: number | undefined
  readonly code: string
  readonly phone: string
}

interface LastRequest {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly submission: Submission
  readonly idempotencyKey: string
}

class Play {
  readonly accepted: Accepted[] = []
  readonly refusals: { readonly waiting: number; readonly isOpen: boolean }[] = []
  /** Whether an instance could send from a moment on. */
  readonly interruptions: {
    readonly instanceId: InstanceId
    readonly at: EpochMs
    readonly isOpen: boolean
  }[] = []
  readonly world: OutboxWorld
  readonly #instances: readonly InstanceId[]
  #last: LastRequest | undefined

  readonly kind: Kind

  constructor(world: OutboxWorld, instances: readonly InstanceId[], kind: Kind) {
    this.world = world
    this.kind = kind
    this.#instances = instances
    this.#noteInterruption()
  }

  async run(operation: Operation): Promise<void> {
    await this.#run(operation)
    if (['open', 'close', 'reopen', 'crash', 'restart'].includes(operation.kind))
      this.#noteInterruption()
  }

  #noteInterruption(): void {
    const { clock, session } = this.world
    for (const instanceId of this.#instances)
      this.interruptions.push({ instanceId, at: clock.now(), isOpen: session.isOpen(instanceId) })
  }

  async #run(operation: Operation): Promise<void> {
    const { clock, session } = this.world
    switch (operation.kind) {
      case 'accept':
        await this.#accept(operation, this.#instances[operation.on]!)
        break
      case 'advance':
        await clock.advance(operation.ms)
        break
      case 'close':
        session.close(this.#instances[operation.on]!)
        break
      case 'reopen':
      case 'open':
        if (operation.kind === 'reopen') session.close(this.#instances[operation.on]!)
        this.world.connect(this.#instances[operation.on]!)
        break
      case 'cancel':
        await this.world.waiting.cancelAll(this.#instances[operation.on]!)
        break
      case 'answer':
        session.answerNext(async ({ message }) => {
          const { result, afterMs } = operation
          const isWord = result.kind === 'refused' || result.kind === 'unknown'
          if (this.kind.leavesFirst && isWord) {
            if (isExpired(message, clock.now())) return { kind: 'too-late' }
            return { kind: 'written', acknowledged: clock.sleep(afterMs).then(() => result) }
          }
          await clock.sleep(afterMs)
          return result
        })
        break
      case 'repeat':
        await this.#repeat(operation.isChanged)
        break
      case 'crash':
        this.world.crash()
        await this.world.restarted().start()
        break
      case 'restart': {
        const stopped = this.world.sender[Symbol.asyncDispose]()
        await clock.advance(restartMs)
        await stopped
        await this.world.restarted().start()
        break
      }
    }
  }

  /** Lets everything that waits come to its end. */
  async drain(): Promise<void> {
    for (const instanceId of this.#instances) this.world.connect(instanceId)
    this.#noteInterruption()
    for (let hours = 0; hours < 3; hours += 1) await this.world.clock.advance(1_200_000)
    // On a busy machine, what the clock woke may still be on its way to the database.
    for (let tries = 0; tries < 500 && this.endings().length < this.accepted.length; tries += 1) {
      await delay(10)
      await this.world.clock.advance(1_000)
    }
  }

  async #accept(
    { expiresInSeconds, gapAfterMs, phone, file }: Operation & { kind: 'accept' },
    instanceId: InstanceId,
  ): Promise<void> {
    const { clock, outbox, session } = this.world
    const code = String(this.accepted.length + 1).padStart(6, '0')
    const acceptedAt = clock.now()
    const image =
      file === undefined ? {} : ({ image: { kind: 'url', url: `https://${file}/` } } as const)
    const submission: Submission = {
      recipient: { kind: 'person', phone },
      content: { ...anOtp(code), ...image },
      gapAfterMs,
      expiresInSeconds,
    }
    // One whose time was over may be ended while this one is asked for.
    const waiting = this.#waitingFor(instanceId)
    try {
      const idempotencyKey = `key ${code}`
      const { id } = await outbox.accept(instanceId, submission, { idempotencyKey })
      this.#last = { id, instanceId, submission, idempotencyKey }
      const expiresAt = acceptedAt + (expiresInSeconds ?? 600) * 1_000
      this.accepted.push({ id, instanceId, acceptedAt, expiresAt, gapAfterMs, code, phone })
    } catch (cause) {
      // WhatsApp refused it two strangers: what `restrictions.test.ts` looks at.
      if (cause instanceof RestrictedError) return
      if (!(cause instanceof OutboxFullError)) throw cause
      this.refusals.push({ waiting, isOpen: session.isOpen(instanceId) })
    }
  }

  #waitingFor(instanceId: InstanceId): number {
    const done = new Set(this.endings().map(({ messageId }) => messageId))
    const own = this.accepted.filter((message) => message.instanceId === instanceId)
    return own.filter(({ id }) => !done.has(id)).length
  }

  /** Nothing new comes of it: `accepted` does not grow, and each of those ends once. */
  async #repeat(isChanged: boolean): Promise<void> {
    if (this.#last === undefined) return
    const { id, instanceId, submission, idempotencyKey } = this.#last
    const { outbox } = this.world
    const content = isChanged ? anOtp('999999') : submission.content
    const answer = await outbox
      .accept(instanceId, { ...submission, content }, { idempotencyKey })
      .catch((cause: unknown) => cause)
    const isRight = isChanged
      ? answer instanceof IdempotencyKeyReusedError
      : typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === id
    if (!isRight)
      throw new Error('a request under a known key was not the same one', { cause: answer })
  }

  endings() {
    return this.world.events.filter(
      (event) => event.kind === 'message.sent' || event.kind === 'message.failed',
    )
  }

  /** Sends that the engine was asked to write, with the message they were of. */
  sendsOf(
    instanceId: InstanceId,
  ): { readonly of: Accepted; readonly at: EpochMs; readonly isWritten: boolean }[] {
    const { session } = this.world
    return session.sends
      .filter((send) => send.instanceId === instanceId)
      .map((send) => {
        const shown = shownBy(send.message.content)
        const of = this.accepted.find(({ code }) => shown.includes(code))
        return { of: of!, at: send.at, isWritten: !session.notWritten.has(send) }
      })
  }

  /** What concerns the same person, by the last two forms of a number too; for each instance. */
  chats<T extends { readonly of: Accepted }>(
    all: (instanceId: InstanceId) => readonly T[],
  ): readonly (readonly T[])[] {
    const people = phones
      .slice(0, 3)
      .map((phone) => (phone === phones[2] ? phones.slice(2) : [phone]))
    return this.#instances.flatMap((instanceId) =>
      people.map((forms) =>
        all(instanceId).filter(({ of }) => forms.some((form) => form === of.phone)),
      ),
    )
  }

  get instances(): readonly InstanceId[] {
    return this.#instances
  }
}

/** Three tries of a slow host, with the waits between them. */
const mostFileMs = 3 * slowFileMs + 10_000

function pretendMedia(clock: ManualClock, random: () => number): MediaPort {
  return {
    async prepare({ source }, signal) {
      const { hostname } = new URL(source.kind === 'url' ? source.url : '')
      if (hostname === 'slow') await clock.sleep(slowFileMs, signal)
      signal.throwIfAborted()
      if (hostname === 'broken' || (hostname === 'flaky' && random() < 0.5))
        throw new MediaError('The host is away.', { retryable: true })
      return anImage
    },
  }
}

/** A database that many plays have filled is slow, and shows no more than a new one. */
const mostOperationsADatabase = 2_000

async function inNewDatabase<T>(act: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-queue-'))
  const database = await openDatabase({ dataDir })
  try {
    return await act(database)
  } finally {
    await database[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function play(
  database: Database,
  operations: readonly Operation[],
  seed: number,
  kind: Kind,
): Promise<Play> {
  let state = seed
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
  const { policy } = kind
  const media = pretendMedia(clock, random)
  const world = anOutboxWorld(database, { policy, maxWaiting, random, clock, media })
  const instances = [await world.anInstance(), await world.anInstance('closed')]
  const game = new Play(world, instances, kind)
  await world.sender.start()
  try {
    for (const each of operations) await game.run(each)
    await game.drain()
  } finally {
    await world.sender[Symbol.asyncDispose]()
  }
  return game
}

it.each([
  ['with gaps', withGaps],
  ['without gaps', withoutGaps],
])(
  '%s it keeps order, pacing, expiry and the cap, and ends everything in exactly one way',
  async (name, kind) => {
    const databases = Math.ceil(modelOperations / 2 / mostOperationsADatabase)
    const least = Math.ceil(modelOperations / 2 / databases)
    for (let done = 1; done <= databases; done += 1) {
      const played = await inNewDatabase((database) => playMany(database, kind, least))
      expect(played).toBeGreaterThanOrEqual(least)
      if (databases > 1) process.stdout.write(`${name}: ${done * least} operations\n`)
    }
  },
  7_200_000,
)

/** Plays at least so many operations; resolves to how many it were. */
async function playMany(database: Database, kind: Kind, least: number): Promise<number> {
  let played = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anOperation, { minLength: 5, maxLength: 60, size: 'max' }),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (operations, seed) => {
        if (played >= least) return
        played += operations.length
        const game = await play(database, operations, seed, kind)
        expectOneEndingEach(game)
        expectOrder(game)
        expectNothingHeldUp(game)
        expectPacing(game)
        expectNothingLate(game)
        expectNoSendAfterCancelling(game)
        expect(
          game.refusals.filter(({ waiting, isOpen }) => isOpen || waiting < maxWaiting),
        ).toEqual([])
        await expectNothingKept(database, game)
      },
    ),
    { numRuns: Math.ceil(least / 5) },
  )
  return played
}

function expectOneEndingEach(game: Play): void {
  const endings = game.endings()
  const known = new Set(game.accepted.map(({ id }) => id))
  expect(endings.filter(({ messageId }) => !known.has(messageId))).toEqual([])
  const ofEach = game.accepted.map(({ id }) => endings.filter(({ messageId }) => messageId === id))
  expect(ofEach.filter((those) => those.length !== 1)).toEqual([])
}

/** A message is first sent only after all to the same person that were accepted before it have ended or been sent. */
function expectOrder(game: Play): void {
  for (const sends of game.chats((instanceId) => game.sendsOf(instanceId))) {
    const order = sends.map(({ of }) => game.accepted.indexOf(of))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
}

/** More than any gap, any time in the air and a restart; less than the tries of one message take. */
const longestPauseMs = 60_000

/**
 * While a message could go, something leaves. It can as soon as all before it in its chat have ended,
 * its file is there and its instance is up.
 */
function expectNothingHeldUp(game: Play): void {
  const endedAt = new Map(game.endings().map((each) => [each.messageId, each.occurredAt]))
  for (const accepted of game.chats((instanceId) =>
    game.accepted.filter((each) => each.instanceId === instanceId).map((of) => ({ of })),
  )) {
    for (const [index, { of }] of accepted.entries()) {
      const sends = game.sendsOf(of.instanceId)
      const until = sends.find((send) => send.of === of)?.at ?? endedAt.get(of.id) ?? 0
      const lastChange = game.interruptions.findLast(
        ({ instanceId, at }) => instanceId === of.instanceId && at <= until,
      )
      if (lastChange?.isOpen === false) continue
      const could = Math.max(
        of.acceptedAt + mostFileMs,
        ...accepted.slice(0, index).map((before) => endedAt.get(before.of.id) ?? 0),
        lastChange?.at ?? 0,
      )
      const moments = [could, ...sends.map(({ at }) => at), until]
        .filter((at) => at >= could && at <= until)
        .toSorted((a, b) => a - b)
      for (const [place, at] of moments.slice(1).entries())
        expect({ of, moments, pauseMs: at - (moments[place] ?? at) }).toMatchObject({
          pauseMs: expect.toSatisfy((pauseMs: number) => pauseMs <= longestPauseMs),
        })
    }
  }
}

function expectPacing(game: Play): void {
  for (const instanceId of game.instances) {
    // What did not reach the socket owes no gap.
    const sends = game.sendsOf(instanceId).filter(({ isWritten }) => isWritten)
    for (const [index, { of, at }] of sends.entries()) {
      const before = sends[index - 1]
      if (before === undefined || before.of === of || !wasSent(game, before.of)) continue
      expect(at - before.at).toBeGreaterThanOrEqual(
        before.of.gapAfterMs ?? game.kind.policy.minGapMs,
      )
    }
  }
}

function wasSent(game: Play, { id }: Accepted): boolean {
  return game.endings().some(({ kind, messageId }) => kind === 'message.sent' && messageId === id)
}

function expectNothingLate(game: Play): void {
  for (const { of, at } of game.instances.flatMap((each) => game.sendsOf(each))) {
    expect(at).toBeLessThan(of.expiresAt)
  }
  for (const event of game.endings()) {
    const message = game.accepted.find(({ id }) => id === event.messageId)
    // Who is in the air at that moment is judged when it comes down, or by the next process if this one ends meanwhile.
    const latest = (message?.expiresAt ?? 0) + longestFlightMs + restartMs
    expect(event.occurredAt).toBeLessThanOrEqual(latest)
    const isExpiry = event.kind === 'message.failed' && event.reason === 'expired'
    const earliest = isExpiry ? message?.expiresAt : message?.acceptedAt
    expect(event.occurredAt).toBeGreaterThanOrEqual(earliest ?? 0)
  }
}

function expectNoSendAfterCancelling(game: Play): void {
  const cancelled = new Map(
    game
      .endings()
      .filter((event) => event.kind === 'message.failed' && event.reason === 'cancelled')
      .map((event) => [event.messageId, event.occurredAt]),
  )
  for (const { of, at } of game.instances.flatMap((each) => game.sendsOf(each)))
    expect(at).toBeLessThanOrEqual(cancelled.get(of.id) ?? Infinity)
}

async function expectNothingKept(database: Database, game: Play): Promise<void> {
  const kept = await database.query
    .selectFrom('message')
    .select('status')
    .where('instance_id', 'in', game.instances)
    .where((row) =>
      row.or([
        row('content_sealed', 'is not', null),
        row('status', 'in', ['queued', 'sending', 'unknown']),
      ]),
    )
    .execute()
  expect(kept).toEqual([])
}
