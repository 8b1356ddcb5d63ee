/** An outbox and its sender on a real database, between a pretend session and a list of events. */

import { type MessageContent, traitsOf } from '../../src/domain/content/index.js'
import { randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../../src/db/database.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import { createVault } from '../../src/db/encryption.js'
import { chatOf, type Recipient } from '../../src/domain/chat.js'
import type {
  EngineMessage,
  NotWritten,
  PreparedMessage,
  SendResult,
  Written,
} from '../../src/domain/sending.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import type { ButtonForm, InstanceId, LateSends } from '../../src/domain/instance.js'
import { noSendingLimits, type SendingLimits } from '../../src/domain/sending-limits.js'
import type { PreparedFile } from '../../src/domain/content/files.js'
import type { WhatsappId } from '../../src/domain/message.js'
import type { EpochMs } from '../../src/domain/time.js'
import type { CodeLimits } from '../../src/outbox/limits/code-limits.js'
import type { SessionPort } from '../../src/outbox/queue/instance-queue.js'
import { MessageHistories } from '../../src/outbox/history/message-history.js'
import { MessageSearch } from '../../src/outbox/history/message-search.js'
import { MessageListing } from '../../src/outbox/history/message-listing.js'
import { Outbox, type OutboxOptions, type QueuePort } from '../../src/outbox/outbox.js'
import { LinkedNumbers } from '../../src/outbox/limits/linked-numbers.js'
import { Restrictions } from '../../src/outbox/limits/restrictions.js'
import { noMembers } from '../../src/outbox/queue/moves.js'
import type { PacingPolicy } from '../../src/outbox/queue/pacing.js'
import { Sender, type SenderOptions } from '../../src/outbox/queue/sender.js'
import { WaitingMessages } from '../../src/outbox/history/waiting-messages.js'
import { newInstanceId } from '../../src/runtime/ids.js'
import type { SendingHolds } from '../../src/outbox/limits/sending-holds.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { isExpired } from '../../src/outbox/queue/expiry.js'
import type { KeepPort } from '../../src/outbox/queue/send-attempts.js'
import { ManualClock } from './manual-clock.js'
import { preparedMessage, writtenOf } from './prepared-message.js'
import { limitsFrom, sendingHolds } from './sending-holds.js'

export interface SeenSend {
  readonly instanceId: InstanceId
  readonly message: EngineMessage
  readonly at: EpochMs
}

/** How the send ends, or that it is written and what the server says of it. */
type Answer = (send: SeenSend) => SendResult | Written | Promise<SendResult | Written>

/** A session that answers as it is told; untold, it sends what may still leave. */
export class PretendSession {
  readonly sends: SeenSend[] = []
  /** Those among them of which nothing reached the socket. */
  readonly notWritten = new Set<SeenSend>()
  /** Whom it was asked to look up ahead, each time. */
  readonly lookedAhead: (readonly Recipient[])[] = []
  /** How long it takes to look them up. */
  lookingAhead: Promise<void> = Promise.resolve()
  /**
   * What preparing a message to a chat waits for, by the digits of the recipient. Where that gives a
   * result, the attempt ends so.
   */
  readonly lookUps = new Map<string, Promise<NotWritten | undefined>>()
  /** The whatsappIds of what was prepared, in order. */
  readonly prepared: string[] = []
  /** The connection of each instance: what was prepared on an earlier one is of no use. */
  readonly #connections = new Map<InstanceId, object>()
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
    if (!this.#open.has(instanceId)) this.#connections.set(instanceId, {})
    this.#open.add(instanceId)
  }

  close(instanceId: InstanceId): void {
    this.#open.delete(instanceId)
    this.#connections.delete(instanceId)
  }

  /** The next sends end like this, one after the other. */
  answerNext(...answers: readonly (SendResult | Answer)[]): void {
    this.#answers.push(...answers.map((one) => (typeof one === 'function' ? one : () => one)))
  }

  async lookAhead(_: InstanceId, recipients: readonly Recipient[]): Promise<void> {
    this.lookedAhead.push(recipients)
    await this.lookingAhead
  }

  async prepare(
    instanceId: InstanceId,
    message: EngineMessage,
  ): Promise<PreparedMessage | NotWritten> {
    const end = await this.lookUps.get(digitsOf(message.recipient))
    if (end !== undefined) return end
    const connection = this.#connections.get(instanceId)
    this.prepared.push(message.whatsappId)
    return preparedMessage(
      message,
      () => this.#write(instanceId, message),
      () => connection === this.#connections.get(instanceId),
    )
  }

  async #write(instanceId: InstanceId, message: EngineMessage): Promise<Written> {
    const send = { instanceId, message, at: this.#clock.now() }
    this.sends.push(send)
    const answer = this.#answers.shift()
    const sent = { kind: 'sent', at: this.#clock.now(), chat: chatOf(message.recipient) } as const
    const result = answer === undefined ? sent : await answer(send)
    const written = result.kind === 'written' ? result : writtenOf(result)
    const isTooLate =
      result.kind !== 'written' &&
      written.kind === 'written' &&
      isExpired(message, this.#clock.now())
    if (isTooLate || written.kind !== 'written') this.notWritten.add(send)
    return isTooLate ? { kind: 'too-late' } : written
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
    case 'newsletter':
      return recipient.newsletter
    case 'status':
      return 'status'
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
  readonly search: MessageSearch
  readonly sender: Sender
  readonly database: Database
  /** The instances' number; unknown unless it was set. */
  linkTo(phone: string): void
  /** What the claims with which something was kept were of, in order. */
  readonly kept: readonly WhatsappId[]
  /** From now on, what a claim keeps fails with this, or no longer. */
  failToKeep(cause: Error | undefined): void
  /** From now on these limits count for the instance, or for the pool. */
  limit(id: InstanceId, limits: Partial<SendingLimits>): void
  readonly holds: SendingHolds
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
  extends Partial<
      Pick<
        SenderOptions,
        'media' | 'random' | 'metrics' | 'earlier' | 'members' | 'keeping' | 'log'
      >
    >,
    Pick<OutboxOptions, 'maxWaiting' | 'maxWaitingBytes' | 'disk' | 'codeLifeMs'> {
  /** Of every instance. A test may change it meanwhile. */
  readonly policy?: PacingPolicy
  readonly buttonForm?: ButtonForm
  readonly lateSends?: LateSends
  /** Of an instance or a pool. */
  readonly codeLifeSeconds?: (id: InstanceId) => number | undefined
  readonly undeliverableAfterSeconds?: number
  readonly refuseWhileDisconnected?: boolean
  readonly clock?: ManualClock
  readonly codeLimits?: CodeLimits
}

export function anOutboxWorld(database: Database, options: WorldOptions = {}): OutboxWorld {
  const { clock = new ManualClock(), policy = { minGapMs: 1_000, maxGapMs: 3_000 } } = options
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
    log: options.log ?? silentLog,
    vault: createVault(testKey),
    metrics: options.metrics,
    earlier: options.earlier,
  }
  const people = new KnownPeople({ database, clock })
  const restrictions = new Restrictions({ ...shared, people, ownPhone: () => ownPhone })
  const limits = new Map<InstanceId, SendingLimits>()
  const numbers = new LinkedNumbers({ ...shared, people, ownPhone: () => ownPhone })
  const holds = sendingHolds({
    ...shared,
    restrictions,
    limits: limitsFrom(limits),
    numbers,
    people,
  })
  const kept: WhatsappId[] = []
  let keepFailure: Error | undefined
  const keeping: KeepPort = {
    async keep(message, what, transaction) {
      const { whatsappId } = message
      const { afterCommit } = transaction
      if (keepFailure !== undefined) throw keepFailure
      await options.keeping?.keep(message, what, transaction)
      afterCommit(() => kept.push(whatsappId))
    },
  }
  let life = { isAlive: true }
  const aSender = () =>
    new Sender({
      ...shared,
      restrictions,
      holds,
      session: mortal(session, life),
      keeping,
      random: options.random ?? (() => 0.5),
      members: options.members ?? noMembers,
      media: options.media ?? { prepare: async () => anImage },
      pacing: async () => policy,
    })
  let sender = aSender()
  const queue: QueuePort = {
    isOpen: (instanceId) => session.isOpen(instanceId),
    accepted: (instanceId, place) => sender.accepted(instanceId, place),
    done: (message) => sender.done(message),
    forecast: (instanceId, query) => sender.forecast(instanceId, query),
    lookAgain: (instanceId) => sender.lookAgain(instanceId),
  }
  const outbox = new Outbox({
    ...shared,
    people,
    restrictions,
    holds,
    codeLimits: options.codeLimits,
    settings: {
      settingsOf: async (id) => ({
        refuseWhileDisconnected: options.refuseWhileDisconnected ?? false,
        buttonForm: options.buttonForm ?? 'buttons',
        lateSends: options.lateSends ?? 'refuse',
        codeLifeSeconds: options.codeLifeSeconds?.(id) ?? null,
        undeliverableAfterSeconds: options.undeliverableAfterSeconds ?? null,
      }),
    },
    queue,
    maxWaiting: options.maxWaiting,
    maxWaitingBytes: options.maxWaitingBytes,
    disk: options.disk,
    codeLifeMs: options.codeLifeMs,
  })
  return {
    clock,
    session,
    events,
    outbox,
    people,
    restrictions,
    waiting: new WaitingMessages({ ...shared, queue, restrictions, holds }),
    histories: new MessageHistories({ database }),
    listing: new MessageListing(shared),
    search: new MessageSearch(shared),
    database,
    get sender() {
      return sender
    },
    linkTo(phone) {
      ownPhone = phone
    },
    kept,
    holds,
    limit(id, given) {
      limits.set(id, { ...noSendingLimits, ...given })
      holds.forget()
      sender.limitsChanged()
    },
    failToKeep(cause) {
      keepFailure = cause
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
  const whileAlive = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    return life.isAlive ? result : never
  }
  return {
    isOpen: (instanceId) => life.isAlive && session.isOpen(instanceId),
    lookAhead: (instanceId, recipients) => session.lookAhead(instanceId, recipients),
    async prepare(instanceId, message) {
      const prepared = await whileAlive(session.prepare(instanceId, message))
      if (prepared.kind !== 'prepared') return prepared
      const write = async (): Promise<Written> => {
        const written = await whileAlive(life.isAlive ? prepared.write() : never)
        if (written.kind !== 'written') return written
        return { ...written, acknowledged: whileAlive(written.acknowledged) }
      }
      return { ...prepared, write }
    },
  }
}

const never = new Promise<never>(() => {})

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
