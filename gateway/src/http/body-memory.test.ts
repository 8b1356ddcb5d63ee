import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterEach, expect, it, test } from 'vitest'
import { portOf } from '../../test/support/raw-http.js'
import { silentLog } from '../runtime/telemetry.js'
import { BodyMemory } from './body-memory.js'
import { operation } from './operation.js'
import { createServer } from './server.js'

const mib = 1_024 * 1_024

it('bounds all bodies together, and gives the room back', () => {
  const room = new BodyMemory(10)
  const one = room.enter(['one'])
  one.more(5)
  room.enter(['two']).more(4)
  expect(() => room.enter(['three']).more(2)).toThrow(expect.objectContaining({ statusCode: 503 }))
  one.giveBack()
  one.giveBack()
  room.enter(['three']).more(5)
  expect(() => room.enter(['four']).more(2)).toThrow(expect.objectContaining({ statusCode: 503 }))
})

it('leaves half of it to others, whatever one caller does', () => {
  const room = new BodyMemory(10)
  const body = room.enter(['instance 1', 'address a'])
  body.more(3)
  body.more(2)
  for (const callers of [
    ['instance 1', 'address b'],
    ['instance 2', 'address a'],
  ])
    expect(() => room.enter(callers).more(1)).toThrow(expect.objectContaining({ statusCode: 429 }))
  room.enter(['instance 2', 'address b']).more(5)
})

const open: FastifyInstance[] = []
const calls: ClientRequest[] = []

afterEach(async () => {
  for (const call of calls.splice(0)) call.destroy()
  for (const app of open.splice(0)) await app.close()
})

async function serve(): Promise<{ app: FastifyInstance; port: number }> {
  const app = createServer({
    log: silentLog,
    closeGraceMs: 1,
    maxBodyBytesInMemory: 16 * mib,
  })
  const answer = Type.Object({})
  const described = { tag: 't', summary: 'T.', description: 'T.', answer, takes: 'file' as const }
  app.post('/file', { schema: operation(described) }, async () => ({ ok: true }))
  open.push(app)
  return { app, port: await portOf(app) }
}

/** Begins a call with a body of so many bytes, which the caller sends or does not. */
function begin(port: number, bytes: number | undefined): ClientRequest {
  const call = request({
    port,
    path: '/file',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bytes === undefined ? {} : { 'content-length': bytes }),
    },
  })
  call.on('error', () => undefined)
  calls.push(call)
  return call
}

async function answerTo(call: ClientRequest) {
  const [response] = await once(call, 'response')
  return { status: response.resume().statusCode, retryAfter: response.headers['retry-after'] }
}

/** Sends a whole body of 1 MiB. */
function sendOne(port: number) {
  const call = begin(port, mib)
  call.end(`{"image":"${'A'.repeat(mib - 12)}"}`)
  return answerTo(call)
}

test('who leaves large bodies unfinished is refused the next one until one of them is gone', async () => {
  const { port } = await serve()
  const unfinished = begin(port, 8 * mib)
  unfinished.write('{"image":"')
  await expect.poll(() => sendOne(port)).toEqual({ status: 429, retryAfter: '1' })
  const small = begin(port, 2)
  small.end('{}')
  expect((await answerTo(small)).status).toBe(200)

  unfinished.destroy()
  await expect.poll(() => sendOne(port)).toMatchObject({ status: 200 })
})

test('a body in chunks takes its room as it comes', async () => {
  const { app, port } = await serve()
  const unfinished = begin(port, undefined)
  const arrived = once(app.server, 'request')
  unfinished.write(`{"image":"${'A'.repeat(7.5 * mib)}`)
  const [incoming] = (await arrived) as [IncomingMessage]
  // Before that, the next body would come first.
  await expect.poll(() => incoming.socket.bytesRead).toBeGreaterThan(7.5 * mib)
  await expect.poll(() => sendOne(port)).toMatchObject({ status: 429 })
})
