/**
 * Unmodified Baileys clients against a simulator: each test links one as a person
 * would, and at the end nothing may have been unknown to the server or worth a warning.
 */

import {
  type AuthenticationState,
  type ConnectionState,
  Curve,
  initAuthCreds,
  type KeyPair,
  makeWASocket,
  proto,
  S_WHATSAPP_NET,
  type UserFacingSocketConfig,
  WA_CERT_DETAILS,
  type WAMessage,
  type WASocket,
} from 'baileys'
import type { ILogger } from 'baileys/lib/Utils/logger.js'
import { Agent, buildConnector } from 'undici'
import { memoryKeyStore } from '../../src/phone/memory-keys.js'
import type { Simulator } from '../../src/simulator.js'

/** What a client stores: it survives its socket, as on a disk. */
export interface ClientStore {
  readonly auth: AuthenticationState
}

/** How many one-time keys Baileys leaves with the server after its first login. */
const FIRST_UPLOAD = 812
const freshKeys = new Map<string, KeyPair>()

/**
 * The store of a client that has never connected. It has made its one-time keys
 * already, the same as every other client of this process: making them is half of
 * what it costs to link a client, and nothing here depends on whose they are.
 */
export function newStore(): ClientStore {
  for (let id = freshKeys.size + 1; id <= FIRST_UPLOAD; id += 1) {
    freshKeys.set(`${id}`, Curve.generateKeyPair())
  }
  const creds = { ...initAuthCreds(), nextPreKeyId: FIRST_UPLOAD + 1 }
  const keys = memoryKeyStore({ 'pre-key': Object.fromEntries(freshKeys) })
  return { auth: { creds, keys } }
}

/** One socket of a client, and everything it told. */
export class Client {
  readonly socket: WASocket
  readonly store: ClientStore
  readonly received: WAMessage[] = []
  readonly updates: { id: string; status: number | null | undefined; stub: readonly string[] }[] =
    []
  /** What the client logged as a warning or an error. */
  readonly complaints: string[] = []
  qr: string | undefined
  isOpen = false
  #closed: number | undefined
  #historyIsComplete = false
  readonly #watchers = new Set<() => void>()

  constructor(
    simulator: Simulator,
    store: ClientStore = newStore(),
    config: Partial<UserFacingSocketConfig> = {},
  ) {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(simulator.rootKey, 'base64')
    this.store = store
    this.socket = makeWASocket({
      auth: store.auth,
      waWebSocketUrl: simulator.url,
      logger: this.#logger(),
      markOnlineOnConnect: true,
      retryRequestDelayMs: 1,
      options: fromMediaHost(simulator),
      ...config,
    })
    const { ev, ws } = this.socket
    // A frame is a sign that the server, too, has changed.
    ws.on('frame', () => setImmediate(() => this.#changed(() => undefined)))
    ev.on('creds.update', (update) => this.#changed(() => Object.assign(store.auth.creds, update)))
    ev.on('connection.update', (update) => this.#connectionUpdate(update))
    ev.on('messaging-history.status', ({ syncType, status }) => {
      const isLast = syncType === proto.HistorySync.HistorySyncType.RECENT
      if (isLast && status === 'complete') this.#changed(() => (this.#historyIsComplete = true))
    })
    ev.on('messages.upsert', ({ messages }) =>
      this.#changed(() => {
        this.received.push(...messages)
        // Baileys folds a status that comes quickly into the message itself.
        for (const { key, status } of messages) {
          this.updates.push({ id: key.id ?? '', status, stub: [] })
        }
      }),
    )
    ev.on('messages.update', (updates) =>
      this.#changed(() => {
        for (const { key, update } of updates) {
          const stub = update.messageStubParameters ?? []
          this.updates.push({ id: key.id ?? '', status: update.status, stub })
        }
      }),
    )
    ev.on('message-receipt.update', (updates) =>
      this.#changed(() => {
        for (const { key, receipt } of updates) {
          const status = receipt.readTimestamp ? 4 : 3
          this.updates.push({ id: key.id ?? '', status, stub: [receipt.userJid ?? ''] })
        }
      }),
    )
  }

  get closedWith(): number | undefined {
    return this.#closed
  }

  /** Waits until `look` gives something. Rejects after `timeoutMs`. */
  async until<T>(look: () => T | undefined | false, timeoutMs = 60_000): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer)
        this.#watchers.delete(watch)
      }
      const watch = (): void => {
        const found = look()
        if (found === undefined || found === false) return
        stop()
        resolve(found)
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`not in ${timeoutMs} ms: ${look.toString()}`))
      }, timeoutMs)
      this.#watchers.add(watch)
      watch()
    })
  }

  async untilOpen(): Promise<this> {
    await this.until(() => this.isOpen)
    return this
  }

  /** Open, and done with what Baileys does only after its first login. */
  async untilSettled(): Promise<this> {
    await this.untilOpen()
    await this.until(() => this.#historyIsComplete)
    await this.until(() => (this.store.auth.creds.accountSyncCounter ?? 0) > 0)
    await this.roundTrip()
    return this
  }

  /** When it resolves, the server has handled all that was sent before, and its answers are here. */
  async roundTrip(): Promise<void> {
    const attrs = { to: S_WHATSAPP_NET, type: 'get', xmlns: 'w:p' }
    await this.socket.query({ tag: 'iq', attrs, content: [{ tag: 'ping', attrs: {} }] })
  }

  /** The code that Baileys reports for the end of the connection. */
  async untilClosed(): Promise<number> {
    return this.until(() => this.#closed)
  }

  async untilStatus(id: string, status: number): Promise<void> {
    await this.until(() => this.updates.some((each) => each.id === id && each.status === status))
  }

  async untilReceived(text: string): Promise<WAMessage> {
    return this.until(() => this.received.find((message) => textOf(message) === text))
  }

  async end(): Promise<void> {
    await this.socket.end(undefined)
  }

  #connectionUpdate(update: Partial<ConnectionState>): void {
    this.#changed(() => {
      if (update.qr !== undefined) this.qr = update.qr
      if (update.connection === 'open') this.isOpen = true
      if (update.connection !== 'close') return
      this.isOpen = false
      this.#closed = codeOf(update.lastDisconnect?.error) ?? 0
    })
  }

  #changed(change: () => unknown): void {
    change()
    for (const watch of this.#watchers) watch()
  }

  #logger(): ILogger {
    const complain = (level: string) => (about: unknown, text?: string) => {
      this.complaints.push(`${level}: ${text ?? ''} ${describe(about)}`)
    }
    const logger: ILogger = {
      level: 'warn',
      child: () => logger,
      trace: nothing,
      debug: nothing,
      info: nothing,
      warn: complain('warn'),
      error: complain('error'),
    }
    return logger
  }
}

/** WhatsApp tells the path alone of snapshots; the host is that of the simulator. */
function fromMediaHost({ mediaHost, caCertificate: ca }: Simulator): RequestInit {
  const { hostname, port } = new URL(`https://${mediaHost}`)
  const connect = buildConnector({ ca })
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect({ ...options, hostname, port, servername: 'localhost' }, callback),
  })
  const options: object = { dispatcher }
  return options
}

const nothing = (): void => undefined

function describe(about: unknown): string {
  return JSON.stringify(about, (_key, value: unknown) =>
    value instanceof Error ? value.stack : value,
  ).slice(0, 2000)
}

function codeOf(error: Error | undefined): number | undefined {
  if (error === undefined || !('output' in error)) return undefined
  const { output } = error
  if (typeof output !== 'object' || output === null || !('statusCode' in output)) return undefined
  return typeof output.statusCode === 'number' ? output.statusCode : undefined
}

export function textOf(message: WAMessage): string | undefined {
  return message.message?.conversation ?? message.message?.extendedTextMessage?.text ?? undefined
}
