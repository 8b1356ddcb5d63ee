/**
 * Unmodified Baileys clients against a simulator: each test links one as a person
 * would, and at the end nothing may have been unknown to the server or worth a warning.
 */

import {
  type AuthenticationState,
  BufferJSON,
  type ConnectionState,
  initAuthCreds,
  makeWASocket,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type UserFacingSocketConfig,
  WA_CERT_DETAILS,
  type WAMessage,
  type WASocket,
} from 'baileys'
import type { ILogger } from 'baileys/lib/Utils/logger.js'
import type { Simulator } from '../../src/simulator.js'

/** What a client stores: it survives its socket, as on a disk. */
export interface ClientStore {
  readonly auth: AuthenticationState
}

export function newStore(): ClientStore {
  const kept = new Map<string, string>()
  return {
    auth: {
      creds: initAuthCreds(),
      keys: {
        async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
          const found: { [id: string]: SignalDataTypeMap[T] } = {}
          for (const id of ids) {
            const text = kept.get(`${type} ${id}`)
            if (text !== undefined) found[id] = revived(type, text) as SignalDataTypeMap[T]
          }
          return found
        },
        async set(changes: SignalDataSet) {
          for (const [type, entries] of Object.entries(changes)) {
            for (const [id, value] of Object.entries(entries)) {
              if (value === null || value === undefined) kept.delete(`${type} ${id}`)
              else kept.set(`${type} ${id}`, JSON.stringify(value, BufferJSON.replacer))
            }
          }
        },
      },
    },
  }
}

function revived(type: string, text: string): unknown {
  const value: unknown = JSON.parse(text, BufferJSON.reviver)
  return type === 'app-state-sync-key'
    ? proto.Message.AppStateSyncKeyData.fromObject(value as Record<string, unknown>)
    : value
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
      ...config,
    })
    const { ev } = this.socket
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
  async until<T>(look: () => T | undefined | false, timeoutMs = 10_000): Promise<T> {
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
    return this
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
    const nothing = (): void => undefined
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

function describe(about: unknown): string {
  return JSON.stringify(about, (_key, value: unknown) =>
    value instanceof Error ? value.stack : value,
  ).slice(0, 2000)
}

function codeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('output' in error)) return undefined
  const { output } = error as { output?: { statusCode?: number } }
  return output?.statusCode
}

export function textOf(message: WAMessage): string | undefined {
  return message.message?.conversation ?? message.message?.extendedTextMessage?.text ?? undefined
}
