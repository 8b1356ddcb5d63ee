/** Where the documents of a run stand that are given by their URL: `/N` is the one of message N. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Some tens of kilobytes. */
const lines = 2_000

/** No two are the same. */
export function documentOf(number: number): Buffer {
  return Buffer.from(`Documento ${number}\n`.repeat(lines))
}

export class FileServer implements AsyncDisposable {
  readonly #server = createServer((request, response) => {
    const number = Number(request.url?.slice(1))
    if (!Number.isInteger(number)) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(documentOf(number))
  })

  static async start(): Promise<FileServer> {
    const files = new FileServer()
    files.#server.listen(0, '127.0.0.1')
    await once(files.#server, 'listening')
    return files
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
