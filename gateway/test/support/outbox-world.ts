/** An outbox and its sender on a real database, between a pretend session and a list of events. */

import { type MessageContent, traitsOf } from '../../src/domain/content/index.js'
import { randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../../src/db/database.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import { createVault } from '../../src/db/encryption.js'
import { chatOf, type Recipient } from '../../src/domain/chat.js'
import type { EngineMessage, SendResult } from '../../src/domain/engine.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import type { ButtonForm, InstanceId } from '../../src/domain/instance.js'
import type { PreparedFile } from '../../src/domain/content/files.js'
import type { EpochMs } from '../../src/domain/time.js'
import type { CodeLimits } from '../../src/outbox/limits/code-limits.js'
import type { SessionPort } from '../../src/outbox/queue/instance-queue.js'
import { MessageHistories } from '../../src/outbox/history/message-history.js'
import { MessageListing } from '../../src/outbox/history/message-listing.js'
import { Outbox, type OutboxOptions, type QueuePort } from '../../src/outbox/outbox.js'
import { Restrictions } from '../../src/outbox/limits/restrictions.js'
import { Sender, type SenderOptions } from '../../src/outbox/queue/sender.js'
import { WaitingMessages } from '../../src/outbox/history/waiting-messages.js'
import { newInstanceId } from '../../src/runtime/ids.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { ManualClock } from './manual-clock.js'

export interface SeenSend {
  readonly instanceId: InstanceId
  readonly message: EngineMessage
  readonly at: EpochMs
}

type Answer = (send: SeenSend) => SendResult | Promise<SendResult>

/** A session that answers as it is told; untold, it sends what may still leave. */
export class PretendSession {
  readonly sends: SeenSend[] = []
  /** Whom it was asked to prepare, each time. */
  readonly prepared: (readonly Recipient[])[] = []
  /** How long it takes to prepare them. */
  preparing: Promise<void> = Promise.resolve()
  /**
   * What a send to a chat waits for before it asks for its turn, by the digits of the recipient. Where
   * that gives a result, the send ends so and never had its turn.
   */
  readonly lookUps = new Map<string, Promise<SendResult | undefined>>()
  readonly #clock: ManualClock
  readonly #open = new Set<InstanceId>()
  readonly #answers: Answer[] = []

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  isOpen(instanceId: InstanceId): boolean {
    return this.#open.has(instanceId)
  }

  open(instanceId: InstanceId): void {
    this.#open.add(instanceId)
  }

  close(instanceId: InstanceId): void {
    this.#open.delete(instanceId)
  }

  /** The next sends end like this, one after the other. */
  answerNext(...answers: readonly (SendResult | Answer)[]): void {
    this.#answers.push(...answers.map((one) => (typeof one === 'function' ? one : () => one)))
  }

  async prepare(_: InstanceId, recipients: readonly Recipient[]): Promise<void> {
    this.prepared.push(recipients)
    await this.preparing
  }

  async send(instanceId: InstanceId, message: EngineMessage): Promise<SendResult> {
    const end = await this.lookUps.get(digitsOf(message.recipient))
    if (end !== undefined) return end
    try {
      const { claimed } = await message.turn()
      await claimed
    } catch (cause) {
      return { kind: 'not-sent', cause }
    }
    const send = { instanceId, message, at: this.#clock.now() }
    this.sends.push(send)
    const answer = this.#answers.shift()
    if (answer !== undefined) return answer(send)
    if (!message.mayStillLeave()) return { kind: 'too-late' }
    return { kind: 'sent', at: this.#clock.now(), chat: chatOf(message.recipient) }
  }

  /** What each send showed, in order. */
  get texts(): readonly string[] {
    return this.sends.map(({ message: { content } }) => shownBy(content))
  }
}

function digitsOf(recipient: Recipient): string {
  switch (recipient.kind) {
    case 'person':
      return recipient.phone
    case 'lid':
      return recipient.lid
    case 'group':
      return recipient.group
  }
}

export const anImage: PreparedFile = {
  bytes: new Uint8Array([0xff, 0xd8]),
  mimeType: 'image/jpeg',
  thumbnail: new Uint8Array([0xff, 0xd8]),
  width: 1,
  height: 1,
}

export interface OutboxWorld {
  readonly clock: ManualClock
  readonly session: PretendSession
  readonly events: GatewayEvent[]
  readonly outbox: Outbox
  readonly people: KnownPeople
  readonly restrictions: Restrictions
  readonly waiting: WaitingMessages
  readonly histories: MessageHistories
  readonly listing: MessageListing
  readonly sender: Sender
  readonly database: Database
  /** The instances' number; nobody knows it unless it was set. */
  linkTo(phone: string): void
  /** A new instance, connected unless said otherwise. */
  anInstance(state?: 'open' | 'closed'): Promise<InstanceId>
  /** The session is open from now on, and the sender hears of it. */
  connect(instanceId: InstanceId): void
  /** A sender as a new process has it. Dispose of the old one before, or let it `crash`. */
  restarted(): Sender
  /** The process of the sender dies: it does nothing more, and what it was sending has no end. */
  crash(): void
}

export interface WorldOptions
  extends Partial<Pick<SenderOptions, 'media' | 'policy' | 'random' | 'metrics' | 'earlier'>>,
    Pick<OutboxOptions, 'maxWaiting' | 'maxWaitingBytes' | 'disk'> {
  readonly buttonForm?: ButtonForm
  readonly refuseWhileDisconnected?: boolean
  readonly clock?: ManualClock
  readonly codeLimits?: CodeLimits
}

export function anOutboxWorld(database: Database, options: WorldOptions = {}): OutboxWorld {
  const clock = options.clock ?? new ManualClock()
  const session = new PretendSession(clock)
  const events: GatewayEvent[] = []
  let ownPhone: string | undefined
  const sink = {
    publish: async (event: GatewayEvent, transaction: Transaction) =>
      transaction.afterCommit(() => events.push(event)),
  }
  const shared = {
    database,
    clock,
    events: sink,
    log: silentLog,
    vault: createVault(testKey),
    metrics: options.metrics,
    earlier: options.earlier,
  }
  const people = new KnownPeople({ database, clock })
  const restrictions = new Restrictions({ ...shared, people, ownPhone: () => ownPhone })
  let life = { isAlive: true }
  const aSender = () =>
    new Sender({
      ...shared,
      restrictions,
      session: mortal(session, life),
      random: options.random ?? (() => 0.5),
      media: options.media ?? { prepare: async () => anImage },
      policy: options.policy ?? { minGapMs: 1_000, maxGapMs: 3_000 },
    })
  let sender = aSender()
  const queue: QueuePort = {
    isOpen: (instanceId) => session.isOpen(instanceId),
    accepted: (instanceId, place) => sender.accepted(instanceId, place),
    done: (message) => sender.done(message),
    lookAgain: (instanceId) => sender.lookAgain(instanceId),
  }
  const outbox = new Outbox({
    ...shared,
    people,
    restrictions,
    codeLimits: options.codeLimits,
    settings: {
      settingsOf: async () => ({
        refuseWhileDisconnected: options.refuseWhileDisconnected ?? false,
        buttonForm: options.buttonForm ?? 'buttons',
      }),
    },
    queue,
    maxWaiting: options.maxWaiting,
    maxWaitingBytes: options.maxWaitingBytes,
    disk: options.disk,
  })
  return {
    clock,
    session,
    events,
    outbox,
    people,
    restrictions,
    waiting: new WaitingMessages({ ...shared, queue }),
    histories: new MessageHistories({ database }),
    listing: new MessageListing(shared),
    database,
    get sender() {
      return sender
    },
    linkTo(phone) {
      ownPhone = phone
    },
    async anInstance(state = 'open') {
      const instanceId = await insertInstance(database)
      if (state === 'open') session.open(instanceId)
      return instanceId
    },
    connect(instanceId) {
      session.open(instanceId)
      sender.sessionOpened(instanceId)
    },
    crash() {
      life.isAlive = false
      life = { isAlive: true }
    },
    restarted() {
      sender = aSender()
      return sender
    },
  }
}

/** The session as a process sees it that may die. */
function mortal(session: PretendSession, life: { readonly isAlive: boolean }): SessionPort {
  return {
    isOpen: (instanceId) => life.isAlive && session.isOpen(instanceId),
    prepare: (instanceId, recipients) => session.prepare(instanceId, recipients),
    async send(instanceId, message) {
      const result = await session.send(instanceId, message)
      return life.isAlive ? result : new Promise(() => {})
    },
  }
}

const testKey = randomBytes(32)

async function insertInstance(database: Database): Promise<InstanceId> {
  const id = newInstanceId()
  await database.query
    .insertInto('instance')
    .values({
      id,
      name: 'test',
      token_hash: '',
      token_sealed: Buffer.alloc(0),
      settings: '{}',
      created_at: 0,
    })
    .execute()
  return id
}

/** The code of a button, or the text. */
export function shownBy(content: MessageContent): string {
  return content.kind === 'otp-button' ? content.code : traitsOf(content).text(content)
}
