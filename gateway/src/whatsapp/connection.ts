/**
 * One socket to WhatsApp, from its first byte to its last event.
 *
 * What Baileys tells becomes our events, in order and one after the other;
 * `closed` is told once, after everything that the socket still had to store
 * is stored, so a successor may start the moment it is heard.
 */

import { type ConnectionState, makeWASocket, S_WHATSAPP_NET, type WASocket } from 'baileys'
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
import { directoryOf, withKnownPhone } from './directory.js'
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
const logOutAnswerMs = 5000
/** How long a socket may take to store what it wrote, and to say good-bye. */
const farewellMs = 5000
const answerMs = 5000
const slowSendMs = 8000

export class BaileysConnection implements EngineConnection {
  readonly #options: ConnectionOptions
  readonly #sock: WASocket
  readonly #directory: Directory
  readonly #sendContext: SendContext
  /** Aborts when nothing more may be written, which is a little before the end. */
  readonly #closing = new AbortController()
  readonly #readyToPair = new Moment()
  readonly #opened = new Moment()
  #events: Promise<void> = Promise.resolve()
  #end: Promise<void> | undefined
  #loggingOut = false

  constructor(options: ConnectionOptions) {
    this.#options = options
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

  async isAlive(timeoutMs: number): Promise<boolean> {
    const ping = { tag: 'ping', attrs: {} }
    const iq = { to: S_WHATSAPP_NET, type: 'get', xmlns: 'w:p' }
    try {
      const answer: unknown = await this.#sock.query(
        { tag: 'iq', attrs: iq, content: [ping] },
        timeoutMs,
      )
      return answer !== undefined
    } catch {
      return false
    }
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
      const device = { tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }
      const iq = { to: S_WHATSAPP_NET, type: 'set', xmlns: 'md' }
      // WhatsApp may answer by closing the socket. If it does not answer at all, the phone still lists the device.
      await this.#sock
        .query({ tag: 'iq', attrs: iq, content: [device] }, logOutAnswerMs)
        .catch((cause: unknown) => {
          this.#options.log.info('whatsapp.log-out-unanswered', {
            instanceId: this.#options.instanceId,
            cause,
          })
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
        const incoming = this.#read(() => incomingMessageOf(message, own(), clock.now()))
        if (incoming) this.#tell(() => this.#received(incoming))
      }
    })
    sock.ws.on('CB:receipt', (node) => {
      const receipt = this.#read(() => receiptOf(node, own(), clock.now()))
      if (receipt) this.#tell(() => this.#receipt(receipt))
    })
  }

  #onUpdate({ connection, qr, lastDisconnect }: Partial<ConnectionState>): void {
    if (qr !== undefined) {
      this.#readyToPair.come()
      this.#tell(() => ({ kind: 'qr', text: qr }))
    }
    if (connection === 'open') {
      this.#opened.come()
      const opened = openedOf(this.#sock.authState.creds)
      if (opened) this.#tell(() => opened)
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
    this.#tell(() => ({ kind: 'receipt', receipt }))
  }

  /** One event after the other, in the order in which WhatsApp told them. */
  #tell(event: () => EngineEvent | Promise<EngineEvent>): void {
    this.#events = this.#events.then(() => this.#tellNow(event))
  }

  async #tellNow(event: () => EngineEvent | Promise<EngineEvent>): Promise<void> {
    try {
      this.#options.listen(await event())
    } catch (cause) {
      const { log, instanceId } = this.#options
      log.error('whatsapp.event-lost', { instanceId, cause })
    }
  }

  /** Whatever strangers may send, it must not break the socket. */
  #read<T>(translate: () => T): T | undefined {
    try {
      return translate()
    } catch (cause) {
      const { log, instanceId } = this.#options
      log.error('whatsapp.not-understood', { instanceId, cause })
      return undefined
    }
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
    this.#closeSocket()
    await Promise.race([doubts.settled(), clock.sleep(farewellMs)])
    await auth.flush()
    auth.seal()
    this.#tell(() => ({ kind: 'closed', reason, cause }))
    await this.#events
  }

  /** A peer that is gone does not say good-bye, and `ws` would wait 30 seconds for it. */
  #closeSocket(): void {
    const socket: unknown = Reflect.get(this.#sock.ws, 'socket')
    this.#sock.end(undefined).catch((cause: unknown) => {
      const { log, instanceId } = this.#options
      log.warn('whatsapp.socket-not-closed', { instanceId, cause })
    })
    const timer = setTimeout(() => {
      if (hasTerminate(socket)) socket.terminate()
    }, farewellMs)
    timer.unref()
  }
}

function hasTerminate(socket: unknown): socket is { terminate(): void } {
  return (
    typeof socket === 'object' &&
    socket !== null &&
    'terminate' in socket &&
    typeof socket.terminate === 'function'
  )
}
