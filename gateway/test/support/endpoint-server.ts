/** A user's webhook endpoint: a real HTTP server that writes down what it gets and answers as told. */

import { createServer, type Server, type ServerResponse } from 'node:http'

export interface Hit {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** As it came. */
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A status, or a status with headers, or `hang`: take the request and never answer. */
export type Answer =
  | number
  | 'hang'
  | {
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      /** `{}` without it. */
      readonly body?: string
    }

export class EndpointServer implements AsyncDisposable {
  readonly hits: Hit[] = []
  readonly #server: Server
  readonly #watchers = new Set<() => void>()
  /** What to answer; replace it at any time. A request that is no POST gets 405. */
  answer: (hit: Hit) => Answer | Promise<Answer> = () => 200

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const headers: Record<string, string> = {}
        for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value)
        const hit = { path: request.url ?? '', headers, text, body: JSON.parse(text) }
        if (request.method === 'POST') this.#take(hit, response)
        else response.writeHead(405).end()
      })
    })
  }

  static async start(): Promise<EndpointServer> {
    const endpoint = new EndpointServer()
    await new Promise<void>((done) => endpoint.#server.listen(0, '127.0.0.1', done))
    return endpoint
  }

  url(path = '/'): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('it does not listen')
    return `http://127.0.0.1:${address.port}${path}`
  }

  /** Resolves as soon as it was hit `count` times. */
  async hit(count: number): Promise<void> {
    while (this.hits.length < count) {
      await new Promise<void>((look) => this.#watchers.add(look))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  #take(hit: Hit, response: ServerResponse): void {
    this.hits.push(hit)
    const answer = this.answer(hit)
    if (answer instanceof Promise) void answer.then((one) => reply(response, one))
    else reply(response, answer)
    for (const look of this.#watchers) look()
    this.#watchers.clear()
  }
}

function reply(response: ServerResponse, answer: Answer): void {
  if (typeof answer === 'number') response.writeHead(answer).end('{}')
  else if (answer !== 'hang')
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '{}')
}
