/** Random days of two instances, and what was seen of them. `queue-rules.ts` judges it. */

import { setTimeout as delay } from 'node:timers/promises'
import * as fc from 'fast-check'
import { filesOf, type MessageContent } from '../../src/domain/content/index.js'
import {
  IdempotencyKeyReusedError,
  MediaError,
  OutboxFullError,
  RestrictedError,
  WouldExpireError,
} from '../../src/domain/errors.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { MessageId } from '../../src/domain/message.js'
import { priorities, type Priority } from '../../src/domain/priority.js'
import type { SendResult } from '../../src/domain/sending.js'
import type { EpochMs } from '../../src/domain/time.js'
import { expiresAt, isExpired, priorityOfNew } from '../../src/outbox/queue/expiry.js'
import type { MediaPort } from '../../src/outbox/queue/file-stage.js'
import type { PacingPolicy } from '../../src/outbox/queue/pacing.js'
import type { Submission } from '../../src/outbox/submission.js'
import type { ManualClock } from './manual-clock.js'
import { anOtp } from './outgoing-message.js'
import { anImage, type OutboxWorld, shownBy } from './outbox-world.js'

export interface Kind {
  readonly policy: PacingPolicy
  /** Whether a message leaves at once and waits for its ack then; else it waits before it leaves. */
  readonly leavesFirst: boolean
}

export const withGaps: Kind = {
  policy: { minGapMs: 1_000, maxGapMs: 3_000 },
  leavesFirst: false,
}
/** The next message leaves while others are not acknowledged. */
export const withoutGaps: Kind = {
  policy: { minGapMs: 0, maxGapMs: 0 },
  leavesFirst: true,
}
/** The last two are one person. */
const phones = ['5511999990001', '5511999990002', '5511999990003', '551199990003'] as const
const files = [undefined, undefined, 'quick', 'slow', 'flaky', 'broken'] as const
/** What is sent. A text, a poll and an image do not expire by themselves. */
const contents = ['code', 'code', 'text', 'poll', 'image'] as const
const slowFileMs = 20_000
export const maxWaiting = 4
const two = [0, 1] as const

export type Operation =
  | {
      readonly kind: 'accept'
      readonly on: 0 | 1
      readonly expiresInSeconds: number | undefined
      readonly gapAfterMs: number | undefined
      readonly phone: (typeof phones)[number]
      readonly file: (typeof files)[number]
      readonly content: (typeof contents)[number]
      readonly priority: Priority | undefined
    }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'open' | 'close' | 'reopen' | 'cancel'; readonly on: 0 | 1 }
  | { readonly kind: 'answer'; readonly result: SendResult; readonly afterMs: number }
  | { readonly kind: 'restart' | 'crash' }
  /** The last keyed request again, as it was or with another code. */
  | { readonly kind: 'repeat'; readonly isChanged: boolean }

export const longestFlightMs = 10_000
/** What is in the air comes down meanwhile. */
const restartMs = longestFlightMs

const on = fc.constantFrom(...two)
export const anOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      on,
      expiresInSeconds: fc.constantFrom(undefined, 30, 60, 3_600),
      gapAfterMs: fc.constantFrom(undefined, undefined, 1_000, 15_000),
      phone: fc.constantFrom(...phones),
      file: fc.constantFrom(...files),
      content: fc.constantFrom(...contents),
      priority: fc.constantFrom(undefined, undefined, ...priorities),
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

function contentOf(
  { content, file }: Operation & { kind: 'accept' },
  code: string,
): MessageContent {
  const image = { kind: 'url', url: `https://${file ?? 'quick'}/` } as const
  switch (content) {
    case 'code':
      return { ...anOtp(code), ...(file === undefined ? {} : { image }) }
    case 'image':
      return { kind: 'image', image, caption: `Oi ${code}` }
    case 'poll':
      return { kind: 'poll', question: `Oi ${code}?`, options: ['sim', 'nao'], mostChoices: 1 }
    case 'text':
      return { kind: 'text', text: `Oi ${code}` }
  }
}

/** What the play remembers of an accepted message. */
export interface Accepted {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly acceptedAt: EpochMs
  readonly expiresAt: EpochMs
  readonly gapAfterMs: number | undefined
  readonly priority: Priority
  readonly hasFile: boolean
  /** The code, or what names the message in its text. */
  readonly code: string
  readonly phone: string
}

interface LastRequest {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly submission: Submission
  readonly idempotencyKey: string
}

export class Play {
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
    const isOver = () => this.endings().length >= this.accepted.length
    for (let minutes = 0; minutes < 60 && !isOver(); minutes += 1)
      await this.world.clock.advance(60_000)
    // What is sent twice is sent again within a minute.
    await this.world.clock.advance(60_000)
    // On a busy machine, what the clock woke may still be on its way to the database.
    for (let tries = 0; tries < 500 && !isOver(); tries += 1) {
      await delay(10)
      await this.world.clock.advance(1_000)
    }
  }

  async #accept(operation: Operation & { kind: 'accept' }, instanceId: InstanceId): Promise<void> {
    const { clock, outbox, session } = this.world
    const { gapAfterMs, phone, expiresInSeconds, priority } = operation
    const code = String(this.accepted.length + 1).padStart(6, '0')
    const acceptedAt = clock.now()
    const content = contentOf(operation, code)
    const recipient = { kind: 'person', phone } as const
    const submission: Submission = { recipient, content, gapAfterMs, expiresInSeconds, priority }
    // One whose time was over may be ended while this one is asked for.
    const waiting = this.#waitingFor(instanceId)
    try {
      const idempotencyKey = `key ${code}`
      const { id } = await outbox.accept(instanceId, submission, { idempotencyKey })
      this.#last = { id, instanceId, submission, idempotencyKey }
      this.accepted.push({
        id,
        instanceId,
        acceptedAt,
        expiresAt: expiresAt(acceptedAt, content, expiresInSeconds) ?? Infinity,
        gapAfterMs,
        priority: priorityOfNew(submission),
        hasFile: filesOf(content).length > 0,
        code,
        phone,
      })
    } catch (cause) {
      // WhatsApp refused it two strangers: what `restrictions.test.ts` looks at.
      if (cause instanceof RestrictedError) return
      // Its turn is expected after its end: what `late-sends.test.ts` looks at.
      if (cause instanceof WouldExpireError) return
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
export const mostFileMs = 3 * slowFileMs + 10_000

export function pretendMedia(clock: ManualClock, random: () => number): MediaPort {
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
