/**
 * Carries signals between nodes over LISTEN and NOTIFY of PostgreSQL.
 *
 * Signals are collected for some milliseconds and sent by one statement outside of every transaction:
 * a NOTIFY inside the transaction that accepts a message lets those transactions commit one after the
 * other. A signal is a hint. A part that must not miss anything asks the database from time to time, and
 * while this node hears nothing, nothing that it keeps in memory counts as unchanged.
 */

import type { Client } from 'pg'
import { type InstanceId, isInstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import { backoffMs } from '../runtime/backoff.js'
import type { Log } from '../runtime/telemetry.js'
import { postgresLibrary } from './postgres-library.js'
import {
  type News,
  newsKinds,
  type Signals,
  type Topic,
  topics,
  type Work,
  works,
} from './signals.js'
import { isOutage } from './store-outage.js'

export interface NotificationsOptions {
  readonly url: string
  /** Names this node: it does not hear itself. */
  readonly nodeId: string
  readonly signals: Signals
  /** Another node says that there is work for an instance. */
  readonly heard: (work: Work, instanceId: InstanceId) => void
  /** What was told meanwhile was not heard. */
  readonly missed: () => void
  readonly clock: Clock
  readonly log: Log
}

const channel = 'recado'
const collectMs = 5
/** PostgreSQL takes less than 8,000 bytes. */
const mostBytes = 7_000
const answerMs = 5_000
/** A link that swallows everything is found out this soon. */
const checkEveryMs = 10_000
const retries = { firstMs: 100, capMs: 2_000, jitter: 'equal' } as const

export class Notifications implements AsyncDisposable {
  readonly #options: NotificationsOptions
  readonly #end = new AbortController()
  readonly #waiting = new Set<string>()
  #client: Client | undefined
  #sending = false
  #running: Promise<void> | undefined

  constructor(options: NotificationsOptions) {
    this.#options = options
    options.signals.deaf()
    options.signals.carryWith((kind, id) => this.#tell(`${kind} ${id}`))
  }

  start(): void {
    this.#running ??= this.#run()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#client?.end().catch(() => {})
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock, log, signals } = this.#options
    const { signal } = this.#end
    let failures = 0
    while (!signal.aborted) {
      try {
        await this.#listen(() => (failures = 0))
      } catch (cause) {
        failures += 1
        if (failures === 1 && !signal.aborted) log.warn('signals-not-heard', { cause })
      }
      signals.deaf()
      await clock.sleep(backoffMs(failures, retries), signal)
    }
  }

  /** Resolves or rejects when the connection is over. */
  async #listen(connected: () => void): Promise<void> {
    const { url, signals, missed, clock } = this.#options
    const client: Client = new (postgresLibrary().Client)({
      connectionString: url,
      application_name: 'recado signals',
      keepAlive: true,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
    })
    const over = new AbortController()
    const finish = (): void => over.abort()
    client.on('error', finish)
    client.on('end', finish)
    client.on('notification', ({ payload = '' }) => this.#hear(payload))
    this.#client = client
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      signals.hears()
      missed()
      connected()
      this.#sendSoon()
      while (!over.signal.aborted && !this.#end.signal.aborted) {
        await clock.sleep(checkEveryMs, AbortSignal.any([over.signal, this.#end.signal]))
        if (!over.signal.aborted && !this.#end.signal.aborted) await client.query('select 1')
      }
    } finally {
      this.#client = undefined
      void client.end().catch(() => {})
    }
  }

  #tell(text: string): void {
    this.#waiting.add(text)
    this.#sendSoon()
  }

  #sendSoon(): void {
    if (this.#sending || this.#client === undefined || this.#waiting.size === 0) return
    this.#sending = true
    setTimeout(() => void this.#send().finally(() => this.#sentSome()), collectMs).unref()
  }

  #sentSome(): void {
    this.#sending = false
    this.#sendSoon()
  }

  async #send(): Promise<void> {
    const { nodeId } = this.#options
    const client = this.#client
    // It broke while signals were collected; the next one sends them.
    if (client === undefined) return
    const texts = [...this.#waiting]
    this.#waiting.clear()
    try {
      for (const payload of payloadsOf(nodeId, texts))
        await client.query('select pg_notify($1, $2)', [channel, payload])
    } catch (cause) {
      // Again over the next connection: others that hear keep what they read until they are told. Twice does no harm.
      if (isOutage(cause)) for (const text of texts) this.#waiting.add(text)
      await client.end().catch(() => {})
    }
  }

  #hear(payload: string): void {
    const { nodeId, signals, heard } = this.#options
    const [sender, ...texts] = payload.split('\n')
    if (sender === nodeId) return
    for (const text of texts) {
      const [kind = '', id = ''] = text.split(' ')
      if (isTopic(kind)) signals.changed(kind, id)
      else if (isWork(kind) && isInstanceId(id)) heard(kind, id)
      else if (isNews(kind)) signals.heard(kind, id)
    }
  }
}

/** Packs signals into as few payloads as fit. Each payload begins with the id of the node that sends it. */
export function payloadsOf(nodeId: string, texts: readonly string[]): readonly string[] {
  const payloads: string[] = []
  let payload = nodeId
  for (const text of texts) {
    if (payload.length + 1 + text.length > mostBytes) {
      payloads.push(payload)
      payload = nodeId
    }
    payload += `\n${text}`
  }
  return [...payloads, payload]
}

const isTopic = (kind: string): kind is Topic => topics.some((topic) => topic === kind)
const isNews = (kind: string): kind is News => newsKinds.some((news) => news === kind)
const isWork = (kind: string): kind is Work => works.some((work) => work === kind)
