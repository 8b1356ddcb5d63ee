/** An image that cannot be used: the callback of its message says what is wrong with it. */

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let answer: RequestListener
const server = createServer((request, response) => answer(request, response))

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  journey = await Journey.start()
  instance = (await journey.pairedInstance()).instance
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  server.close()
})

test.each<readonly [string, RequestListener, string]>([
  [
    'a redirect that leads nowhere',
    (_, response) => response.writeHead(302).end(),
    "The image's server redirects without saying where to.",
  ],
  [
    'an encoding that it does not have',
    (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('png'),
    'The image is not compressed as its server says in Content-Encoding (Z_DATA_ERROR).',
  ],
  [
    'a server that wants a login',
    (_, response) => response.writeHead(401).end(),
    'The image has to be public, without a login.',
  ],
])('%s is named in the callback', async (_what, listener, text) => {
  answer = listener
  const person = await journey.newPhone()
  const { port } = server.address() as AddressInfo
  const { zaapId } = await journey.sendOtp(instance, {
    phone: person.phone,
    message: 'Oi',
    code: journey.newCode(),
    image: `http://127.0.0.1:${port}/logo.png?token=not-to-be-shown`,
  })
  const { body } = await journey.delivery(zaapId)
  expect(body['error']).toContain(text)
  expect(JSON.stringify(body)).not.toContain('not-to-be-shown')
})
