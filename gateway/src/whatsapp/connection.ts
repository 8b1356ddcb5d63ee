/**
 * One socket to WhatsApp, from its first byte to its last event.
 *
 * What Baileys tells becomes our events, in order and one after the other;
 * `closed` is told once, after everything that the socket still had to store
 * is stored, so a successor may start the moment it is heard.
 */

import { type ConnectionState, makeWASocket, type WASocket } from 'baileys'
import type { ChatId } from '../domain/chat.js'
import type {
  CloseReason,
  EngineConnection,
  EngineEvent,
  EngineMessage,
  Receipt,
  SendResult,
} from '../domain/engine.js'
import { NotConnectedError, PairingError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { IncomingMessage, WhatsappId } from '../domain/message.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { AckDesk } from './acks.js'
import type { StoredAuthState } from './auth-state.js'
import { closeSocket } from './close-socket.js'
import { directoryOf, withKnownPhone } from './directory.js'
import { EventLine } from './event-line.js'
import {
  closeReasonOf,
  incomingMessageOf,
  openedOf,
  ownPersonOf,
  receiptOf,
} from './from-baileys.js'
import type { InstanceMemory } from './instance-memory.js'
import { Moment, unlessAborted } from './moment.js'
import type { ButtonShape } from './otp-button.js'
import { pairingCode } from './pairing-code.js'
import { ping, unlink } from './queries.js'
import type { RatchetDoubts } from './ratchet-doubts.js'
import type { ResendPort } from './resend-copy.js'
import {
  type Addressing,
  type Directory,
  RecipientResolver,
  type RegistrationPort,
} from './resolve.js'
import { installRetryResend } from './retry-resend.js'
import { type SendContext, send } from './send.js'
import { socketOptions } from './socket-options.js'

export interface ConnectionOptions {
  readonly instanceId: InstanceId
  readonly auth: StoredAuthState
  readonly doubts: RatchetDoubts
  readonly memory: InstanceMemory
  forgetCredentials(): Promise<void>
  readonly registrations: RegistrationPort
  readonly resends: ResendPort
  readonly clock: Clock
  readonly log: Log
  listen(event: EngineEvent): void
  readonly url: string
  readonly buttonShape: ButtonShape
  readonly addressing: Addressing
}

const pairingReadyMs = 30_000
/** How long a socket may take to store what it wrote, and to say good-bye. */
const farewellMs = 5000
const answerMs = 5000
const slowSendMs = 8000

export class BaileysConnection implements EngineConnection {
  readonly #options: ConnectionOptions
  readonly #sock: WASocket
  readonly #events: EventLine
  readonly #directory: Directory
  readonly #sendContext: SendContext
  /** Aborts when nothing more may be written, which is a little before the end. */
  readonly #closing = new AbortController()
  readonly #readyToPair = new Moment()
  readonly #opened = new Moment()
  #end: Promise<void> | undefined
  #loggingOut = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#events = new EventLine(options)
    const sock = makeWASocket(socketOptions(options))
    this.#sock = sock
    this.#directory = directoryOf(sock)
    const { instanceId, doubts, memory, resends, clock, log, buttonShape } = options
    this.#sendContext = {
      instanceId,
      sock,
      acks: new AckDesk(sock.ws),
      resolver: new RecipientResolver({ ...options, directory: this.#directory }),
      doubts,
      memory,
      resends,
      clock,
      buttonShape,
      tellLateAck: (whatsappId, chat) => this.#tellLateAck(whatsappId, chat),
      closed: this.#closing.signal,
    }
    installRetryResend({ instanceId, sock, resends, doubts, memory, log })
    this.#listenTo(sock)
  }

  async requestPairingCode(phone: string): Promise<string> {
    const { clock } = this.#options
    const waiting = new AbortController()
    const timeout = clock.sleep(pairingReadyMs, waiting.signal)
    const ready = Promise.race([this.#readyToPair.promise, timeout])
    await unlessAborted(this.#closing.signal, ready, () => undefined)
    waiting.abort()
    if (!this.#readyToPair.hasCome || this.#closing.signal.aborted)
      throw new PairingError('WhatsApp is not ready to pair. Try again in a minute.')
    try {
      return await pairingCode(this.#sock, phone, clock)
    } catch (cause) {
      throw new PairingError('WhatsApp gave no pairing code. Try again in a minute.', { cause })
    }
  }

  isAlive(timeoutMs: number): Promise<boolean> {
    return ping(this.#sock, timeoutMs)
  }

  async send(message: EngineMessage): Promise<SendResult> {
    if (!this.#opened.hasCome || this.#closing.signal.aborted)
      return {
        kind: 'not-sent',
        cause: new NotConnectedError('the connection to WhatsApp is not open'),
      }
    const done = new AbortController()
    void this.#watchOver(done.signal)
    const result = await send(message, this.#sendContext)
    done.abort()
    if (result.kind === 'unknown' && this.#end === undefined)
      void this.#endUnconfirmed(result.cause)
    return result
  }

  async logOut(): Promise<void> {
    this.#loggingOut = true
    const jid = this.#sock.authState.creds.me?.id
    if (jid !== undefined && this.#opened.hasCome && !this.#closing.signal.aborted) {
      await unlink(this.#sock, jid).catch((cause: unknown) => {
        const { log, instanceId } = this.#options
        log.info('whatsapp.log-out-unanswered', { instanceId, cause })
      })
    }
    await this.#finish('closed-by-us')
    await this.#options.forgetCredentials()
  }

  close(): Promise<void> {
    return this.#finish('closed-by-us')
  }

  /** A send that takes long may be on a socket that is open and dead; then it should not wait for look-ups. */
  async #watchOver(done: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(slowSendMs, done)
    if (done.aborted || (await this.isAlive(answerMs)) || done.aborted) return
    await this.#finish('network', new Error('WhatsApp does not answer'))
  }

  #listenTo(sock: WASocket): void {
    const { auth, clock } = this.#options
    const own = () => ownPersonOf(sock.authState.creds.me)
    sock.ev.on('creds.update', () => auth.identityChanged())
    sock.ev.on('connection.update', (update) => this.#onUpdate(update))
    sock.ev.on('messages.upsert', ({ messages }) => {
      for (const message of messages) {
        const incoming = this.#events.read(() => incomingMessageOf(message, own(), clock.now()))
        if (incoming) this.#events.tell(() => this.#received(incoming))
      }
    })
    sock.ws.on('CB:receipt', (node) => {
      const receipt = this.#events.read(() => receiptOf(node, own(), clock.now()))
      if (receipt) this.#events.tell(() => this.#receipt(receipt))
    })
  }

  #onUpdate({ connection, qr, lastDisconnect }: Partial<ConnectionState>): void {
    if (qr !== undefined) {
      this.#readyToPair.come()
      this.#events.tell(() => ({ kind: 'qr', text: qr }))
    }
    if (connection === 'open') {
      this.#opened.come()
      const opened = openedOf(this.#sock.authState.creds)
      if (opened) this.#events.tell(() => opened)
    }
    if (connection === 'close') {
      const cause = lastDisconnect?.error
      void this.#finish(closeReasonOf(cause), cause)
    }
  }

  async #received(message: IncomingMessage): Promise<EngineEvent> {
    const [chat, sender] = await Promise.all([
      this.#complete(message.chat),
      withKnownPhone(message.sender, this.#directory),
    ])
    return { kind: 'received', message: { ...message, chat, sender } }
  }

  async #receipt(receipt: Receipt): Promise<EngineEvent> {
    const chat = await this.#complete(receipt.chat)
    const { participant } = receipt
    const member = participant && (await withKnownPhone(participant, this.#directory))
    return { kind: 'receipt', receipt: { ...receipt, chat, participant: member } }
  }

  async #complete(chat: ChatId): Promise<ChatId> {
    return chat.kind === 'person' ? withKnownPhone(chat, this.#directory) : chat
  }

  #tellLateAck(whatsappId: WhatsappId, chat: ChatId): void {
    const at = this.#options.clock.now()
    const receipt: Receipt = { whatsappIds: [whatsappId], status: 'sent', chat, at }
    this.#events.tell(() => ({ kind: 'receipt', receipt }))
  }

  /**
   * A message that was written and not acknowledged has to be repeated on a
   * new socket, so this one ends. An ack that is merely late comes before the
   * answer to a ping, since the server answers in order.
   */
  async #endUnconfirmed(cause: unknown): Promise<void> {
    this.#closing.abort()
    await this.isAlive(answerMs)
    await this.#finish('network', cause)
  }

  #finish(reason: CloseReason, cause?: unknown): Promise<void> {
    // WhatsApp unlinks a device that logs out, but it was our doing.
    this.#end ??= this.#sayGoodBye(this.#loggingOut ? 'closed-by-us' : reason, cause)
    return this.#end
  }

  async #sayGoodBye(reason: CloseReason, cause: unknown): Promise<void> {
    const { auth, doubts, clock } = this.#options
    this.#closing.abort()
    closeSocket(this.#sock, farewellMs, this.#options)
    await Promise.race([doubts.settled(), clock.sleep(farewellMs)])
    await auth.flush()
    auth.seal()
    this.#events.tell(() => ({ kind: 'closed', reason, cause }))
    await this.#events.settled()
  }
}
