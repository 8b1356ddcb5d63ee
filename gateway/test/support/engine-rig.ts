/** A Baileys engine on a simulator, with ports that keep everything in memory. */

import { EventEmitter, on } from 'node:events'
import type { PersonId } from '../../src/domain/chat.js'
import type { EngineConnection, EngineEvent } from '../../src/domain/engine.js'
import type { EngineMessage, SendResult } from '../../src/domain/sending.js'
import type { AnswerSecretPort } from '../../src/whatsapp/receive/message-secret.js'
import type { DirectoryFact } from '../../src/domain/directory.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { KeptMessage, MessageReference } from '../../src/domain/kept-message.js'
import type { WhatsappId } from '../../src/domain/message.js'
import { type Clock, systemClock } from '../../src/runtime/clock.js'
import { type Log, silentLog } from '../../src/runtime/telemetry.js'
import { BaileysEngine } from '../../src/whatsapp/baileys-engine.js'
import type { DirectoryPort, HistoryChunk } from '../../src/whatsapp/receive/directory-port.js'
import type { KeptMessagePort } from '../../src/whatsapp/receive/kept-message-port.js'
import type { ResendPort } from '../../src/whatsapp/send/resend-copy.js'
import type { PeoplePort, Registration, RegistrationPort } from '../../src/whatsapp/send/resolve.js'
import { MemoryCredentials } from './memory-credentials.js'

class MemoryPeople implements PeoplePort {
  readonly learned: PersonId[] = []

  async learn(_: InstanceId, people: readonly PersonId[]): Promise<void> {
    this.learned.push(...people)
  }
}

export class MemoryRegistrations implements RegistrationPort {
  readonly known = new Map<string, Registration>()

  async find(_: InstanceId, phone: string): Promise<Registration | undefined> {
    return this.known.get(phone)
  }

  async remember(_: InstanceId, phone: string, registeredPhone: string | undefined): Promise<void> {
    this.known.set(phone, { registeredPhone, checkedAt: Date.now() })
  }

  async findAll(_: InstanceId, phones: readonly string[]): Promise<Map<string, Registration>> {
    return new Map([...this.known].filter(([phone]) => phones.includes(phone)))
  }

  async rememberAll(
    instanceId: InstanceId,
    answers: readonly { asked: string; phone?: string | undefined }[],
  ): Promise<void> {
    for (const { asked, phone } of answers) await this.remember(instanceId, asked, phone)
  }
}

export class MemoryResends implements ResendPort {
  readonly copies = new Map<string, { copy: Uint8Array; keepUntil: number }>()

  keep(id: string, copy: Uint8Array, keepUntil: number): void {
    this.copies.set(id, { copy, keepUntil })
  }

  async find(_: InstanceId, id: string): Promise<Uint8Array | undefined> {
    const kept = this.copies.get(id)
    return kept && kept.keepUntil > Date.now() ? kept.copy : undefined
  }
}

export class MemoryDirectory implements DirectoryPort {
  readonly facts: DirectoryFact[] = []
  readonly said: KeptMessage[] = []
  readonly chunks: HistoryChunk[] = []

  async linked(): Promise<void> {}

  async take(_: InstanceId, facts: readonly DirectoryFact[]): Promise<void> {
    this.facts.push(...facts)
  }

  async learn(): Promise<void> {}

  async savedContacts(): Promise<readonly PersonId[]> {
    return []
  }

  async timerOf(): Promise<number> {
    return 0
  }

  async takeSaid(_: InstanceId, messages: readonly KeptMessage[]): Promise<void> {
    this.said.push(...messages)
  }

  async keepChunk(_: InstanceId, chunk: Omit<HistoryChunk, 'attempts'>): Promise<void> {
    this.chunks.push({ ...chunk, attempts: 0 })
  }

  async nextChunk(): Promise<HistoryChunk | undefined> {
    return this.chunks[0]
  }

  async chunkDone(): Promise<void> {
    this.chunks.shift()
  }

  async chunkFailed(): Promise<void> {
    this.chunks.shift()
  }
}

export class MemoryKeptMessages implements KeptMessagePort {
  readonly kept = new Map<string, KeptMessage>()

  keep(message: KeptMessage): void {
    if (!this.kept.has(message.whatsappId)) this.kept.set(message.whatsappId, message)
  }

  async change(_: InstanceId, { whatsappId }: MessageReference, bytes: Uint8Array): Promise<void> {
    const message = this.kept.get(whatsappId)
    if (message) this.kept.set(whatsappId, { ...message, original: { ...message.original, bytes } })
  }

  async forget(_: InstanceId, { whatsappId }: MessageReference): Promise<void> {
    this.kept.delete(whatsappId)
  }

  async find(_: InstanceId, { whatsappId }: MessageReference): Promise<KeptMessage | undefined> {
    return this.kept.get(whatsappId)
  }

  async findAnywhere(_: InstanceId, whatsappId: string): Promise<KeptMessage | undefined> {
    return this.kept.get(whatsappId)
  }
}

export interface SendOptions {
  /** Called when what has to be kept is stored, before anything is written. */
  readonly kept?: () => unknown
  /** Until when a device that could not decrypt it may have it again. */
  readonly resendUntil?: number
}

/** One connection and all that it told so far. */
export interface Wire extends AsyncDisposable {
  readonly connection: EngineConnection
  readonly events: readonly EngineEvent[]
  /** Sends as the outbox does: prepares, stores what has to be kept, writes. */
  send(message: EngineMessage, options?: SendOptions): Promise<SendResult>
  /** The first event of the kind, told already or yet to come, that satisfies `is`. */
  next<K extends EngineEvent['kind']>(
    kind: K,
    is?: (event: Extract<EngineEvent, { kind: K }>) => boolean,
  ): Promise<Extract<EngineEvent, { kind: K }>>
}

export interface EngineRig {
  readonly credentials: MemoryCredentials
  readonly registrations: MemoryRegistrations
  readonly resends: MemoryResends
  readonly keptMessages: MemoryKeptMessages
  readonly told: MemoryDirectory
  connect(): Promise<Wire>
}

export function engineRig(options: {
  readonly url: string
  /** Of a simulator. */
  readonly rootKey?: string
  readonly instanceId: InstanceId
  readonly credentials?: MemoryCredentials
  readonly clock?: Clock
  readonly log?: Log
  readonly buttonShape?: 'full' | 'minimal'
}): EngineRig {
  const ports = {
    credentials: options.credentials ?? new MemoryCredentials(),
    registrations: new MemoryRegistrations(),
    resends: new MemoryResends(),
    keptMessages: new MemoryKeptMessages(),
    answerSecrets: new MemoryAnswerSecrets(),
    people: new MemoryPeople(),
    labels: { take: async () => undefined },
    told: new MemoryDirectory(),
  }
  const engine = new BaileysEngine({
    mayWrite: () => true,
    ...ports,
    clock: options.clock ?? systemClock,
    log: options.log ?? silentLog,
    network: {
      url: options.url,
      ...(options.rootKey === undefined ? {} : { rootKey: Buffer.from(options.rootKey, 'base64') }),
    },
    buttonShape: options.buttonShape ?? 'full',
  })
  return {
    ...ports,
    async connect() {
      const bell = new EventEmitter()
      const events: EngineEvent[] = []
      const connection = await engine.connect(options.instanceId, (event) => {
        events.push(event)
        bell.emit('event')
      })
      return {
        connection,
        events,
        async send(message, { kept, resendUntil = Date.now() + 600_000 } = {}) {
          const prepared = await connection.prepare(message)
          if (prepared.kind !== 'prepared') return prepared
          const { resendCopy, message: original, ratchetMark } = prepared.keep
          ports.resends.keep(message.whatsappId, resendCopy, resendUntil)
          if (original) ports.keptMessages.keep(original)
          await ports.credentials.save(options.instanceId, { keys: [ratchetMark] })
          await kept?.()
          const written = await prepared.write()
          return written.kind === 'written' ? written.acknowledged : written
        },
        next: (kind, is = () => true) => nextEvent(events, bell, kind, is),
        [Symbol.asyncDispose]: () => connection.close(),
      }
    },
  }
}

async function nextEvent<K extends EngineEvent['kind']>(
  events: readonly EngineEvent[],
  bell: EventEmitter,
  kind: K,
  is: (event: Extract<EngineEvent, { kind: K }>) => boolean,
): Promise<Extract<EngineEvent, { kind: K }>> {
  const isWanted = (event: EngineEvent): event is Extract<EngineEvent, { kind: K }> =>
    event.kind === kind && is(event as Extract<EngineEvent, { kind: K }>)
  const found = events.find(isWanted)
  if (found) return found
  for await (const _ of on(bell, 'event', { signal: AbortSignal.timeout(60_000) })) {
    const arrived = events.find(isWanted)
    if (arrived) return arrived
  }
  throw new Error('unreachable')
}

let counted = 0

/** A message with a copy button to a person, unless told otherwise. */
export function otpTo(phone: string, change: Partial<EngineMessage> = {}): EngineMessage {
  counted += 1
  const content = change.content ?? {
    kind: 'otp-button',
    text: 'Seu código',
    code: '123456',
    buttonText: 'Copiar código',
  }
  return {
    whatsappId: `3EB0${counted.toString().padStart(18, '0')}` as WhatsappId,
    recipient: { kind: 'person', phone },
    content,
    keepAs: content,
    files: new Map(),
    typingMs: 0,
    renewEncryption: false,
    ...change,
  }
}

class MemoryAnswerSecrets implements AnswerSecretPort {
  readonly #secrets = new Map<string, Uint8Array>()

  async keep(_: InstanceId, whatsappId: string, secret: Uint8Array): Promise<void> {
    this.#secrets.set(whatsappId, secret)
  }

  async find(_: InstanceId, whatsappId: string): Promise<Uint8Array | undefined> {
    return this.#secrets.get(whatsappId)
  }
}
