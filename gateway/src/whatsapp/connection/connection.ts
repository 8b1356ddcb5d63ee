/**
 * One socket to WhatsApp, from its first byte to its last event.
 *
 * What Baileys tells becomes our events, in order and one after the other;
 * `closed` is told once, after everything that the socket still had to store
 * is stored, so a successor may start the moment it is heard.
 */

import { setMaxListeners } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { type ConnectionState, makeWASocket, type WASocket } from 'baileys'
import type { BusinessApi } from '../../domain/business.js'
import type { CatalogApi } from '../../domain/catalog.js'
import type { AccountApi } from '../../domain/account.js'
import type { Call } from '../../domain/call.js'
import type { ChatId, Recipient } from '../../domain/chat.js'
import type {
  Closed,
  EngineConnection,
  EventListener,
  MessageMark,
  Receipt,
} from '../../domain/engine.js'
import type { EngineMessage, NotWritten, PreparedMessage } from '../../domain/sending.js'
import { NotConnectedError, PairingError } from '../../domain/errors.js'
import type { CommunityApi } from '../../domain/community.js'
import type { GroupApi } from '../../domain/group.js'
import type { MediaReference } from '../../domain/incoming-content.js'
import type { NewsletterApi } from '../../domain/newsletter.js'
import type { InstanceId } from '../../domain/instance.js'
import type { WhatsappId } from '../../domain/message.js'
import type { PasskeyAnswer, PasskeyFailure } from '../../domain/passkey.js'
import type { ProfileApi } from '../../domain/profile.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import { BaileysBusinessApi } from '../account/business-api.js'
import { BaileysCatalogApi } from '../account/catalog-api.js'
import { PendingAcks } from '../send/acks.js'
import { AnswerReader } from '../receive/answer-reader.js'
import type { StoredAuthState } from '../keys/auth-state.js'
import type { SyncAction } from '../baileys-patches/sync-actions.js'
import { closeSocket } from '../baileys-patches/close-socket.js'
import { guardSocket } from '../baileys-patches/guard-socket.js'
import { DeviceSessions } from '../keys/device-sessions.js'
import { directoryOf } from '../account/directory.js'
import { EventQueue } from '../receive/event-queue.js'
import { FileRequests } from '../media/file-requests.js'
import { answeredBy, closedBy } from './close-reason.js'
import { openedOf } from '../receive/from-baileys.js'
import { GroupAdmins } from '../account/group-admins.js'
import { BaileysCommunityApi } from '../account/community-api.js'
import { AppState } from '../account/app-state.js'
import { accountOver } from '../account/account-api.js'
import { BaileysGroupApi } from '../account/group-api.js'
import { GroupNames } from '../account/group-names.js'
import { GroupQuestions } from '../account/group-questions.js'
import { keepLabels, type LabelPort } from '../receive/hear-labels.js'
import { hearAgain, hearOthers } from '../receive/hear.js'
import type { HearOptions } from '../receive/hear-options.js'
import type { PairingMemory } from './pairing-memory.js'
import type { UntoldMessages } from '../baileys-patches/untold-messages.js'
import type { KeptMessagePort } from '../receive/kept-message-port.js'
import { MediaHosts } from '../media/media-hosts.js'
import { Deferred, unlessAborted } from '../deferred.js'
import { OrderLines } from '../receive/order-lines.js'
import type { ButtonShape } from '../content/biz.js'
import { PairingQrs } from './pairing-qrs.js'
import { PasskeyCeremony } from './passkey-ceremony.js'
import { pairingCode } from './pairing-code.js'
import { PresenceWatch } from '../receive/presence.js'
import type { MexDocuments } from '../account/mex-operations.js'
import { BaileysNewsletterApi } from '../account/newsletter-api.js'
import { BaileysProfileApi } from '../account/profile-api.js'
import { lookAhead } from '../send/look-ahead.js'
import { prepare } from '../send/prepare-message.js'
import type { ProxyAgent } from './proxy-agent.js'
import { ping, unlink } from './queries.js'
import type { RatchetDoubts } from '../keys/ratchet-doubts.js'
import { FreshGroups } from '../send/reach.js'
import { markRead } from '../account/read-marks.js'
import type { ResendPort } from '../send/resend-copy.js'
import {
  type Addressing,
  type Directory,
  type PeoplePort,
  RecipientResolver,
  type RegistrationPort,
} from '../send/resolve.js'
import { installRetryResend } from '../send/retry-resend.js'
import type { AnswerSecretPort } from '../receive/message-secret.js'
import type { SendContext } from '../send/send-context.js'
import { sharingContext } from '../baileys-patches/shared-context.js'
import { socketOptions } from './socket-options.js'
import type { DirectoryPort } from '../receive/directory-port.js'
import { HistorySync } from '../receive/history-sync.js'
import { tellDirectory } from '../receive/tell-directory.js'
import { downloadRoute } from '../media/download-route.js'
import { MediaDownload } from '../media/media-download.js'
import { statusAudience } from '../send/status-audience.js'
import { StanzaFacts } from '../receive/stanza-facts.js'

export interface ConnectionOptions {
  readonly instanceId: InstanceId
  readonly auth: StoredAuthState
  readonly doubts: RatchetDoubts
  readonly untold: UntoldMessages
  readonly memory: PairingMemory
  forgetPairing(): Promise<void>
  readonly registrations: RegistrationPort
  readonly people: PeoplePort
  readonly answerSecrets: AnswerSecretPort
  readonly resends: ResendPort
  readonly keptMessages: KeptMessagePort
  readonly labels: LabelPort
  readonly told: DirectoryPort
  readonly wantsAllHistory: boolean
  readonly clock: Clock
  readonly log: Log
  readonly listen: EventListener
  readonly url: string
  /** Whether this process may act for the instance; looked at before each write to the socket. */
  readonly mayWrite: () => boolean
  /** The proxy's, if the connection goes through one. */
  readonly agent?: ProxyAgent | undefined
  readonly buttonShape: ButtonShape
  readonly addressing: Addressing
  readonly mexDocuments: MexDocuments
}

const pairingReadyMs = 30_000
/** How long a socket may take to store what it wrote, and to say good-bye. */
const farewellMs = 5000
const answerMs = 5000
const slowSendMs = 8000

export class BaileysConnection implements EngineConnection {
  readonly profiles: ProfileApi
  readonly groups: GroupApi
  readonly business: BusinessApi
  readonly catalogs: CatalogApi
  readonly communities: CommunityApi
  readonly account: AccountApi
  readonly newsletters: NewsletterApi
  readonly #options: ConnectionOptions
  readonly #sock: WASocket
  readonly #events: EventQueue
  readonly #directory: Directory
  readonly #sendContext: SendContext
  readonly #heard: HearOptions
  readonly #presence: PresenceWatch
  readonly #files: FileRequests
  readonly #history: HistorySync
  readonly #qrs: PairingQrs
  readonly #passkey: PasskeyCeremony
  /** Aborts when nothing more may be written, which is a little before the end. */
  readonly #closing = new AbortController()
  readonly #readyToPair = new Deferred()
  readonly #opened = new Deferred()
  #end: Promise<void> | undefined
  #loggingOut = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    // Each message that is told listens for a moment; Node takes more than ten for a leak.
    setMaxListeners(0, this.#closing.signal)
    this.#events = new EventQueue(options)
    const groups = new FreshGroups()
    const mediaHost = (): Promise<string> => this.#sendContext.mediaHosts.first()
    const { url: whatsappUrl, agent } = options
    const download = downloadRoute({ whatsappUrl, agent, mediaHost })
    let heardSetting: ((action: SyncAction) => void) | undefined
    const changedSetting = (action: SyncAction): void => heardSetting?.(action)
    const sock = sharingContext(() =>
      makeWASocket(socketOptions({ ...options, groups, download, changedSetting })),
    )
    this.#sock = sock
    guardSocket(sock, options.mayWrite)
    const { instanceId, people } = options
    this.#directory = directoryOf(sock, this.#closing.signal, (known) =>
      people.learn(instanceId, known),
    )
    const { doubts, memory, resends, keptMessages, clock, log, buttonShape } = options
    const resolver = new RecipientResolver({
      ...options,
      directory: this.#directory,
      account: memory.addressing,
    })
    const open = { sock, resolver, isOpen: () => this.#isOpen() }
    const appState = new AppState({ ...open, clock })
    this.profiles = new BaileysProfileApi({ ...options, ...open, appState })
    this.business = new BaileysBusinessApi(open)
    this.catalogs = new BaileysCatalogApi({ ...open, clock })
    const questions = new GroupQuestions(open)
    const groupApi = new BaileysGroupApi({ questions, clock })
    this.groups = groupApi
    this.communities = new BaileysCommunityApi({ questions, groups: groupApi })
    this.account = accountOver({ ...open, clock, appState, directory: this.#directory })
    const mediaHosts = new MediaHosts({
      sock,
      agent: options.agent,
      clock,
      closed: this.#closing.signal,
    })
    this.newsletters = new BaileysNewsletterApi({
      ...open,
      mediaHosts,
      documents: options.mexDocuments,
    })
    this.#sendContext = {
      instanceId,
      sock,
      acks: new PendingAcks(sock.ws),
      resolver,
      sessions: new DeviceSessions({ sock, memory, closed: this.#closing.signal }),
      groups,
      doubts,
      memory,
      keptMessages,
      timers: options.told,
      statusAudience: () =>
        statusAudience({ instanceId, sock, contacts: options.told, directory: this.#directory }),
      clock,
      log,
      buttonShape,
      mediaHosts,
      newsletters: this.newsletters,
      tellLateAck: (...late) => this.#tellLateAck(...late),
      endUnconfirmed: (cause) => {
        if (this.#end === undefined) void this.#endUnconfirmed(cause)
      },
      watch: () => this.#watch(),
      closed: this.#closing.signal,
    }
    this.#presence = new PresenceWatch(sock)
    this.#files = new FileRequests(sock, clock, this.#closing.signal)
    this.#history = new HistorySync({
      ...options,
      sock,
      directory: options.told,
      download: new MediaDownload({ whatsappUrl, route: download }),
      mediaHost,
      wantsAll: options.wantsAllHistory,
      closing: this.#closing.signal,
    })
    heardSetting = tellDirectory({
      ...options,
      sock,
      directory: options.told,
      history: this.#history,
    })
    this.#heard = {
      sock,
      events: this.#events,
      directory: this.#directory,
      untold: options.untold,
      calls: memory.calls,
      facts: new StanzaFacts(),
      keepStatus: (status) => options.told.takeSaid(instanceId, [status]),
      answers: new AnswerReader(instanceId, options.answerSecrets, keptMessages),
      orders: new OrderLines(sock),
      admins: new GroupAdmins(sock, clock),
      names: new GroupNames(sock, memory),
      clock,
      closing: this.#closing.signal,
    }
    this.#qrs = new PairingQrs({
      sock,
      clock,
      show: (text) => this.#showQr(text),
      usedUp: () => void this.#finish({ reason: 'pairing-timed-out' }),
    })
    this.#passkey = new PasskeyCeremony({
      instanceId,
      sock,
      clock,
      log,
      tell: (step) => void this.#events.tell(() => ({ kind: 'passkey', step })),
      began: () => this.#qrs.withdraw(),
      failed: (reason) => void this.#finish(passkeyClosed(reason)),
    })
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

  answerPasskey(answer: PasskeyAnswer): Promise<void> {
    return this.#passkey.answer(answer)
  }

  compareCode(isSame: boolean): Promise<void> {
    return this.#passkey.compare(isSame)
  }

  isAlive(timeoutMs: number): Promise<boolean> {
    return ping(this.#sock, timeoutMs)
  }

  async prepare(message: EngineMessage): Promise<PreparedMessage | NotWritten> {
    if (this.#isOpen()) return prepare(message, this.#sendContext)
    const cause = new NotConnectedError('the connection to WhatsApp is not open')
    return { kind: 'not-sent', cause }
  }

  async lookAhead(recipients: readonly Recipient[]): Promise<void> {
    if (!this.#isOpen()) return
    const { log, instanceId } = this.#options
    const work = lookAhead(recipients, this.#sendContext)
    await unlessAborted(this.#closing.signal, work, () => undefined).catch((cause: unknown) =>
      log.debug('whatsapp.sends-not-prepared', { instanceId, cause }),
    )
  }

  async markRead(message: MessageMark): Promise<void> {
    this.#assertOpen()
    await markRead(this.#sock, message)
  }

  async rejectCall(call: Call): Promise<void> {
    this.#assertOpen()
    await this.#options.memory.calls.reject(this.#sock, call)
  }

  async askForFile(reference: MediaReference): Promise<string> {
    this.#assertOpen()
    return this.#files.ask(reference)
  }

  async watchPresence(chat: ChatId): Promise<void> {
    this.#assertOpen()
    await this.#presence.watch(chat)
  }

  async logOut(): Promise<void> {
    this.#loggingOut = true
    const jid = this.#sock.authState.creds.me?.id
    if (jid !== undefined && this.#isOpen()) {
      await unlink(this.#sock, jid).catch((cause: unknown) => {
        const { log, instanceId } = this.#options
        log.info('whatsapp.log-out-unanswered', { instanceId, cause })
      })
    }
    await this.#finish({ reason: 'closed-by-us' })
    await this.#options.forgetPairing()
  }

  close(): Promise<void> {
    return this.#finish({ reason: 'closed-by-us' })
  }

  #isOpen(): boolean {
    return this.#opened.hasCome && !this.#closing.signal.aborted
  }

  #assertOpen(): void {
    if (!this.#isOpen()) throw new NotConnectedError('the connection to WhatsApp is not open')
  }

  /** A send that takes long may be on a socket that is open and dead; then it should not wait for look-ups. */
  #watch(): () => void {
    const done = new AbortController()
    void this.#endIfDead(done.signal)
    return () => done.abort('over')
  }

  async #endIfDead(done: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(slowSendMs, done)
    if (done.aborted || (await this.isAlive(answerMs)) || done.aborted) return
    await this.#finish({ reason: 'network' }, new Error('WhatsApp does not answer'))
  }

  #listenTo(sock: WASocket): void {
    const { auth } = this.#options
    sock.ev.on('creds.update', () => auth.identityChanged())
    sock.ev.on('connection.update', (update) => this.#onUpdate(update))
    // Baileys listens too, does nothing, and thereby keeps `ws` from ending the socket.
    sock.ws.on('unexpected-response', (_request: unknown, answer: IncomingMessage) => {
      answer.destroy()
      void this.#finish(answeredBy(answer.statusCode))
    })
    hearOthers(this.#heard)
    keepLabels({ ...this.#options, sock })
  }

  #onUpdate({ connection, lastDisconnect }: Partial<ConnectionState>): void {
    // WhatsApp may say that a device is logged in before any phone has linked it.
    if (connection === 'open' && this.#options.auth.isLinked) {
      this.#opened.come()
      const opened = openedOf(this.#sock.authState.creds)
      // Its listeners rely on the identity being stored.
      if (opened) void this.#events.tell(() => this.#options.auth.flush().then(() => opened))
      hearAgain(this.#heard)
      this.#history.resume()
    }
    if (connection === 'close') {
      const cause = lastDisconnect?.error
      const wasReached = this.#opened.hasCome || this.#readyToPair.hasCome
      void this.#finish(closedBy(cause, wasReached, this.#options.clock.now()), cause)
    }
  }

  #showQr(text: string): void {
    this.#readyToPair.come()
    void this.#events.tell(() => ({ kind: 'qr', text }))
  }

  #tellLateAck(whatsappId: WhatsappId, chat: ChatId, serverId: string | undefined): void {
    const at = this.#options.clock.now()
    const receipt: Receipt = { whatsappIds: [whatsappId], status: 'sent', chat, at, serverId }
    void this.#events.tell(() => ({ kind: 'receipt', receipt }))
  }

  /**
   * A message that was written and not acknowledged has to be repeated on a
   * new socket, so this one ends. An ack that is merely late comes before the
   * answer to a ping, since the server answers in order.
   */
  async #endUnconfirmed(cause: unknown): Promise<void> {
    this.#closing.abort()
    await this.isAlive(answerMs)
    await this.#finish({ reason: 'network' }, cause)
  }

  #finish(closed: Closed, cause?: unknown): Promise<void> {
    // WhatsApp unlinks a device that logs out, but it was our doing.
    this.#end ??= this.#sayGoodBye(this.#loggingOut ? { reason: 'closed-by-us' } : closed, cause)
    return this.#end
  }

  async #sayGoodBye(closed: Closed, cause: unknown): Promise<void> {
    const { auth, untold, doubts, clock } = this.#options
    this.#closing.abort()
    this.#qrs.withdraw()
    if (!auth.isLinked)
      this.#passkey.end(closed.reason === 'closed-by-us' ? 'cancelled' : 'connection-lost')
    closeSocket(this.#sock, farewellMs, this.#options)
    await Promise.race([doubts.settled(), clock.sleep(farewellMs)])
    await untold.flush().catch(() => {})
    await auth.flush()
    auth.seal()
    void this.#events.tell(() => ({ kind: 'closed', ...closed, cause }))
    await this.#events.settled()
  }
}

/** A socket that broke has not failed at the step. */
function passkeyClosed(failure: PasskeyFailure): Closed {
  return failure === 'connection-lost'
    ? { reason: 'network' }
    : { reason: 'passkey-failed', detail: failure }
}
