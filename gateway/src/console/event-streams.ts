/**
 * Server-sent events: one stream for each open page.
 *
 * A stream lives as long as the login that opened it: a revoked session ends
 * its streams at once, one that ran out at the next heartbeat.
 */

import type { FastifyReply } from 'fastify'
import type { Clock } from '../runtime/clock.js'
import type { Change } from './change-answers.js'
import type { LiveFeed } from './live-feed.js'
import { RefusedError } from './refusals.js'

export interface SessionWatch {
  /** Tells the ids of sessions as they are revoked; gives what ends that. */
  onRevoked(tell: (ids: ReadonlySet<string>) => void): () => void
  isAlive(sessionId: string): Promise<boolean>
}

export interface EventStreamsOptions {
  readonly clock: Clock
  readonly feed: Pick<LiveFeed, 'listen'>
  readonly sessions: SessionWatch
}

interface Stream {
  readonly sessionId: string
  readonly end: () => void
}

/** Browsers open six connections to one host at most. */
const mostPerSession = 6
const mostInAll = 60
/** Shorter than what proxies call idle. */
const heartbeatMs = 15_000
/** A client that reads so slowly is gone. */
const mostUnread = 65_536

export class EventStreams {
  readonly #options: EventStreamsOptions
  readonly #streams = new Set<Stream>()
  readonly #unwatch: () => void

  constructor(options: EventStreamsOptions) {
    this.#options = options
    this.#unwatch = options.sessions.onRevoked((ids) => {
      for (const stream of this.#streams) if (ids.has(stream.sessionId)) stream.end()
    })
  }

  /** Throws `RefusedError` when too many are open. */
  open(sessionId: string, reply: FastifyReply): void {
    const own = [...this.#streams].filter((stream) => stream.sessionId === sessionId)
    if (own.length >= mostPerSession || this.#streams.size >= mostInAll)
      throw new RefusedError(429, 'Too many pages of the console are open. Close one.', 30)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const ended = new AbortController()
    const write = (text: string): void => {
      if (raw.writableLength > mostUnread) raw.destroy()
      else raw.write(text)
    }
    const stopListening = this.#options.feed.listen((changes) => write(eventOf(changes)))
    const stream: Stream = {
      sessionId,
      end: () => raw.end(),
    }
    this.#streams.add(stream)
    raw.on('close', () => {
      ended.abort()
      stopListening()
      this.#streams.delete(stream)
    })
    write('retry: 3000\n\nevent: hello\ndata: {}\n\n')
    void this.#beat(stream, write, ended.signal)
  }

  /** Lets every page go; it will ask the next process. */
  close(): void {
    this.#unwatch()
    for (const { end } of this.#streams) end()
  }

  async #beat(stream: Stream, write: (text: string) => void, signal: AbortSignal): Promise<void> {
    const { clock, sessions } = this.#options
    for (;;) {
      await clock.sleep(heartbeatMs, signal)
      if (signal.aborted) return
      // A database that is away for a moment is no reason to end a login.
      const isAlive = await sessions.isAlive(stream.sessionId).catch(() => true)
      if (!isAlive) return stream.end()
      write(': still here\n\n')
    }
  }
}

function eventOf(changes: readonly Change[]): string {
  return `event: changed\ndata: ${JSON.stringify(changes)}\n\n`
}
