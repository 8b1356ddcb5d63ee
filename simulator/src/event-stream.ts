/**
 * Server-sent events: one-way streams to the pages that look at phones.
 *
 * A stream begins with everything, so a page that lost its connection needs no
 * memory of where it was: `Last-Event-ID` is not asked for. A reader that does not
 * keep up is cut off, and begins again the same way.
 */

import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { ControlError } from './control-manners.js'

const MAX_STREAMS = 100
/** More than the largest first event: what a reader may leave unread. */
const MAX_UNREAD_BYTES = 16 << 20
/** Shorter than what any browser or proxy takes for a dead connection. */
const HEARTBEAT_MS = 15_000
/** How soon a page asks again for a stream that ended. */
const RETRY_MS = 1000

/** What a stream tells. */
export interface StreamSource {
  /** Called when the page is there. What it returns is called once, when the stream has ended. */
  start(send: (event: string, about: unknown) => void): () => void
}

export class EventStreams {
  readonly #open = new Set<ServerResponse>()

  /** Takes the reply over. Throws `ControlError` 503 when too many pages look already. */
  open(reply: FastifyReply, source: StreamSource): void {
    if (this.#open.size >= MAX_STREAMS) throw new ControlError(503, 'too many pages look already')
    reply.hijack()
    const response = reply.raw
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.write(`retry: ${RETRY_MS}\n\n`)
    this.#open.add(response)

    const stop = source.start((event, about) => {
      write(response, `event: ${event}\ndata: ${JSON.stringify(about)}\n\n`)
    })
    const heartbeat = setInterval(() => write(response, ': still here\n\n'), HEARTBEAT_MS)
    response.once('close', () => {
      clearInterval(heartbeat)
      this.#open.delete(response)
      stop()
    })
  }

  /** Ends every stream: a server that closes waits for none of them. */
  closeAll(): void {
    for (const response of this.#open) response.destroy()
  }
}

function write(response: ServerResponse, text: string): void {
  if (response.destroyed) return
  if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
  else response.write(text)
}
