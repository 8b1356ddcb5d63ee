/** (g) What documents of 100 MB take of the gateway's memory while they are sent: by URL, and in the call itself. */

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { buildGateway } from '../gateway/test/support/build.js'
import { Journey, type SendAnswer } from '../gateway/test/support/journey.js'
import type { SandboxInstance } from '../sandbox/src/gateway-client.js'
import { rssMbOf } from './process-memory.js'
import type { Comparison } from './table.js'

const documents = 20
const inTheCall = 4
const megabytes = 100
const settleMs = 5_000
const sampleMs = 25
const mostMsOfAll = 600_000

export async function measureDocuments(): Promise<readonly Comparison[]> {
  await using built = await buildGateway()
  const server = createServer((asked, response) => void serve(asked.url ?? '', response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await using journey = await Journey.start({ program: built.program })
    const { instance } = await journey.pairedInstance()
    const people = await Promise.all(Array.from({ length: documents }, () => journey.newPhone()))
    // They would download and decrypt on the same two cores.
    for (const person of people) person.goOffline()
    await delay(settleMs)
    const { pid } = journey.gateway
    const idle = rssMbOf(pid)
    using watch = new MemoryWatch(pid)
    const answers = await Promise.all(
      people.map(async ({ phone }, index) => {
        const document = `http://127.0.0.1:${port}/${index}`
        const body = { phone, document, fileName: `${index}.bin` }
        return (await journey.client.onInstance(
          instance,
          'POST',
          'send-document/bin',
          body,
        )) as SendAnswer
      }),
    )
    const ended = new Set(answers.map(({ zaapId }) => zaapId))
    const until = Date.now() + mostMsOfAll
    for (const zaapId of ended) {
      const { body } = await journey.callbacks.next(
        ({ body: each }) => each['type'] === 'DeliveryCallback' && each['zaapId'] === zaapId,
        until - Date.now(),
      )
      if ('error' in body) throw new Error(`a document was not sent: ${String(body['error'])}`)
    }
    const byUrl = watch.mostMb - idle
    const inCalls = await memoryInCalls(journey, instance)
    return [
      rowOf(`${documents} documents of ${megabytes} MB`, byUrl),
      rowOf(`${inTheCall} of them in base64, one after the other`, inCalls),
    ]
  } finally {
    server.close()
  }
}

function rowOf(what: string, mb: number): Comparison {
  const goal = { better: 'less', atMost: 300 } as const
  return { name: `memory above idle, ${what}`, unit: 'MB', ours: [mb], bare: [], goal }
}

/** Each is sent before the next call: two of them are all that may wait. */
async function memoryInCalls(journey: Journey, instance: SandboxInstance): Promise<number> {
  await delay(settleMs)
  const { pid } = journey.gateway
  const idle = rssMbOf(pid)
  using watch = new MemoryWatch(pid)
  const url = `${journey.gateway.url}/instances/${instance.id}/token/${instance.token}/send-document/bin`
  for (let count = 0; count < inTheCall; count += 1) {
    const person = await journey.newPhone()
    person.goOffline()
    const call = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'client-token': journey.clientToken },
    })
    const answered = once(call, 'response')
    Readable.from(bodyFor(person.phone)).pipe(call)
    const [response] = (await answered) as [IncomingMessage]
    const { zaapId } = (await json(response)) as SendAnswer
    const { body } = await journey.callbacks.next(
      ({ body: each }) => each['type'] === 'DeliveryCallback' && each['zaapId'] === zaapId,
      mostMsOfAll,
    )
    if ('error' in body) throw new Error(`a document was not sent: ${String(body['error'])}`)
  }
  return watch.mostMb - idle
}

function* bodyFor(phone: string): Generator<string> {
  // Three quarters of a megabyte at a time: no padding in the middle.
  const block = randomBytes(750_000).toString('base64')
  yield JSON.stringify({ phone, document: '' }).slice(0, -2)
  for (let sent = 0; sent < Math.floor((megabytes * 4) / 3); sent += 1)
    yield block.slice(0, 1_000_000)
  yield '"}'
}

/** Each document is another one: the same would be uploaded once. */
async function serve(path: string, response: ServerResponse): Promise<void> {
  const block = randomBytes(1_000_000)
  response.write(path)
  for (let sent = 0; sent < megabytes; sent += 1) {
    const part = sent === megabytes - 1 ? block.subarray(path.length) : block
    if (!response.write(part)) await once(response, 'drain').catch(() => undefined)
  }
  response.end()
}

class MemoryWatch implements Disposable {
  readonly #timer: NodeJS.Timeout
  mostMb = 0

  constructor(pid: number) {
    this.#timer = setInterval(() => {
      this.mostMb = Math.max(this.mostMb, rssMbOf(pid))
    }, sampleMs)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
