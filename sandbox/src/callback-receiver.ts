/** A receiver of callbacks on loopback, as an integrator would run one. */

import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface ReceivedCallback {
  /** When it arrived, in epoch milliseconds. */
  readonly at: number
  /** The path it was posted to. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Readonly<Record<string, unknown>>
}

type Condition = (callback: ReceivedCallback) => boolean

export class CallbackReceiver implements AsyncDisposable {
  /** Everything received so far, in the order of arrival. */
  readonly received: ReceivedCallback[] = []
  /** What the next callbacks are answered with. */
  answerStatus = 200
  /** Called when a callback was read, before it is answered. */
  beforeAnswer: (callback: ReceivedCallback) => void = () => {}
  readonly #server = createServer((request, response) => {
    // "recado doctor" checks whether a server answers here.
    if (request.method !== 'POST') response.writeHead(405).end()
    else void this.#take(request).then(() => response.writeHead(this.answerStatus).end())
  })
  readonly #waiting = new Set<() => void>()

  static async start(): Promise<CallbackReceiver> {
    const receiver = new CallbackReceiver()
    receiver.#server.listen(0, '127.0.0.1')
    await once(receiver.#server, 'listening')
    return receiver
  }

  /** `http://127.0.0.1:PORT/callbacks` */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/callbacks`
  }

  /** The first callback that fulfils the condition, now or later. Rejects after `timeoutMs` with what came instead. */
  async next(condition: Condition, timeoutMs = 60_000): Promise<ReceivedCallback> {
    const deadline = AbortSignal.timeout(timeoutMs)
    for (;;) {
      const found = this.received.find(condition)
      if (found !== undefined) return found
      if (deadline.aborted) {
        const seen = this.received.map(({ body }) =>
          [body['type'], body['status']].join(' ').trim(),
        )
        throw new Error(`No such callback within ${timeoutMs} ms. Received: ${seen.join(', ')}`)
      }
      await this.#arrival(deadline)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #arrival(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done)
        deadline.removeEventListener('abort', done)
        resolve()
      }
      this.#waiting.add(done)
      deadline.addEventListener('abort', done)
    })
  }

  async #take(request: IncomingMessage): Promise<void> {
    const body = JSON.parse(await text(request)) as Record<string, unknown>
    const { url = '/', headers } = request
    const callback = { at: Date.now(), path: url, headers, body }
    this.beforeAnswer(callback)
    if (this.answerStatus >= 300) return
    this.received.push(callback)
    for (const done of this.#waiting) done()
  }
}
