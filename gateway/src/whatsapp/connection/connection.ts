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
import type { Closed, EngineConnection, MessageMark, Receipt } from '../../domain/engine.js'
import type { EngineMessage, NotWritten, PreparedMessage } from '../../domain/sending.js'
import { NotConnectedError, PairingError } from '../../domain/errors.js'
import type { CommunityApi } from '../../domain/community.js'
import type { GroupApi } from '../../domain/group.js'
import type { MediaReference } from '../../domain/incoming-content.js'
import type { NewsletterApi } from '../../domain/newsletter.js'
import type { WhatsappId } from '../../domain/message.js'
import type { PasskeyAnswer, PasskeyFailure } from '../../domain/passkey.js'
import type { ProfileApi } from '../../domain/profile.js'
import { PendingAcks } from '../send/acks.js'
import { closeSocket } from '../baileys-patches/close-socket.js'
import { guardSocket } from '../baileys-patches/guard-socket.js'
import { DeviceSessions } from '../keys/device-sessions.js'
import { directoryOf } from '../account/directory.js'
import { EventQueue } from '../receive/event-queue.js'
import { FileRequests } from '../media/file-requests.js'
import { accountApis } from './account-apis.js'
import { heardOn } from './heard.js'
import { answeredBy, closedBy } from './close-reason.js'
import { openedOf } from '../receive/from-baileys.js'
import { keepLabels } from '../receive/hear-labels.js'
import { hearAgain, hearOthers } from '../receive/hear.js'
import type { HearOptions } from '../receive/hear-options.js'
import { Deferred, unlessAborted } from '../deferred.js'
import { PairingQrs } from './pairing-qrs.js'
import { PasskeyCeremony } from './passkey-ceremony.js'
import { pairingCode } from './pairing-code.js'
import { PresenceWatch } from '../receive/presence.js'
import { lookAhead } from '../send/look-ahead.js'
import { prepare } from '../send/prepare-message.js'
import { ping, unlink } from './queries.js'
import { FreshGroups } from '../send/reach.js'
import { markRead } from '../account/read-marks.js'
import { type Directory, RecipientResolver } from '../send/resolve.js'
import { installRetryResend } from '../send/retry-resend.js'
import type { SendContext } from '../send/send-context.js'
import { sharingContext } from '../baileys-patches/shared-context.js'
import { socketOptions } from './socket-options.js'
import { HistorySync } from '../receive/history-sync.js'
import { tellPrivacy } from '../receive/tell-privacy.js'
import { LateDirectory } from '../receive/late-directory.js'
import { tellDirectory } from '../receive/tell-directory.js'
import { downloadRoute } from '../media/download-route.js'
import { MediaDownload } from '../media/media-download.js'
import { statusAudience } from '../send/status-audience.js'
import type { ConnectionOptions } from './connection-options.js'

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
  /** Resolves once all facts that were told until now are stored. */
  readonly #settled: () => Promise<void>
  readonly #privacy: ReturnType<typeof tellPrivacy>
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
    const own = new LateDirectory()
    const { changed: changedSetting } = own
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
    const closed = this.#closing.signal
    const { settled, keep } = own
    this.#settled = settled
    const apis = accountApis(options, { ...open, settled, keep }, this.#directory, closed)
    this.profiles = apis.profiles
    this.groups = apis.groups
    this.business = apis.business
    this.catalogs = apis.catalogs
    this.communities = apis.communities
    this.account = apis.account
    this.newsletters = apis.newsletters
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
      mediaHosts: apis.mediaHosts,
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
    this.#history = this.#historySync(download, mediaHost)
    const { told: directory } = options
    own.become(tellDirectory({ ...options, sock, directory, history: this.#history }))
    const { tell } = own
    this.#privacy = tellPrivacy({ ...options, sock, closed, directory: this.#directory, tell })
    const history = this.#history
    const hears = { ...options, mediaHost, history }
    this.#heard = heardOn(sock, this.#events, this.#directory, hears, closed)
    this.#qrs = this.#pairingQrs()
    this.#passkey = this.#passkeyCeremony()
    installRetryResend({ instanceId, sock, resends, doubts, memory, log })
    this.#listenTo(sock)
  }

  #historySync(download: RequestInit, mediaHost: () => Promise<string>): HistorySync {
    return new HistorySync({
      ...this.#options,
      sock: this.#sock,
      directory: this.#options.told,
      download: new MediaDownload({ whatsappUrl: this.#options.url, route: download }),
      mediaHost,
      wantsAll: this.#options.wantsAllHistory,
      closing: this.#closing.signal,
    })
  }

  #pairingQrs(): PairingQrs {
    return new PairingQrs({
      sock: this.#sock,
      clock: this.#options.clock,
      show: (text) => this.#showQr(text),
      usedUp: () => void this.#finish({ reason: 'pairing-timed-out' }),
    })
  }

  #passkeyCeremony(): PasskeyCeremony {
    return new PasskeyCeremony({
      ...this.#options,
      sock: this.#sock,
      tell: (step) => void this.#events.tell(() => ({ kind: 'passkey', step })),
      began: () => this.#qrs.withdraw(),
      failed: (reason) => void this.#finish(passkeyClosed(reason)),
    })
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
      this.#privacy.readAll()
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
    // What this number told is stored before the instance may be linked to another one.
    const stored = Promise.all([doubts.settled(), this.#settled(), this.#history.settled()])
    await Promise.race([stored, clock.sleep(farewellMs)])
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
