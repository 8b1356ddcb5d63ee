/**
 * Answers that Node gives before a request reaches Fastify, in our form:
 * `{"error"}` and a request id. Node's own have no body.
 */

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** For bytes that never became a request, so there is no reply to answer with. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, text] = clientErrors[error.code ?? ''] ?? ['400 Bad Request', 'Malformed request']
  endWith(socket, status, text)
}

const clientErrors: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'Request headers are too large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'Chunk extensions are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive'],
}

export function answerBeforeRouting(server: Server): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = bodyOf('Expectation failed: leave out the header Expect, or send 100-continue')
    response.writeHead(417, { ...headersOf(body), connection: 'close' }).end(body)
  })
  server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
    endWith(socket, '405 Method Not Allowed', 'Method CONNECT not allowed'),
  )
}

function endWith(socket: Duplex, status: string, error: string): void {
  const body = bodyOf(error)
  const headers = Object.entries({ ...headersOf(body), connection: 'close' })
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  // One who has hung up meanwhile hears nothing.
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`)
}

function bodyOf(error: string): string {
  return JSON.stringify({ error })
}

function headersOf(body: string): Readonly<Record<string, string | number>> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': randomUUID(),
  }
}
