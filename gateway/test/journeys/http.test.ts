/** What a caller hears who does something wrong, over a real socket from the real process. */

import { createServer } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start()
  instance = await journey.newInstance()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const json = { 'content-type': 'application/json' }
const authentic = { 'client-token': clientToken }

interface Call {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

async function call({ method = 'POST', path, headers, body }: Call) {
  const place = path ?? `/instances/${instance.id}/token/${instance.token}/send-button-otp`
  const response = await fetch(journey.gateway.url + place, {
    method,
    headers: headers ?? { ...authentic, ...json },
    ...(body === undefined ? {} : { body }),
  })
  const answer = (await response.json()) as Record<string, unknown>
  return { status: response.status, allow: response.headers.get('allow'), answer }
}

function otp(change: object = {}): string {
  return JSON.stringify({ phone: '5511999999999', message: 'Olá', code: '1', ...change })
}

describe('send-button-otp names the attribute that', () => {
  test.each([
    ['is missing', { phone: undefined }, 'Invalid phone'],
    ['is missing', { message: undefined }, 'message is required'],
    ['is missing', { code: undefined }, 'code is required'],
    ['is empty', { phone: '' }, 'Invalid phone'],
    ['is empty', { message: '' }, 'message is required'],
    ['is empty', { code: null }, 'code is required'],
    ['has the wrong type', { phone: { number: 1 } }, 'Invalid phone'],
    ['has the wrong type', { message: 7 }, 'message must be of type string'],
    ['has the wrong type', { code: ['1'] }, 'code must be of type string or number'],
    ['has the wrong type', { buttonText: true }, 'buttonText must be of type string'],
    ['has the wrong type', { image: {} }, 'image must be of type string'],
    ['has the wrong type', { expiresIn: '60' }, 'expiresIn must be of type integer'],
    ['is too long', { phone: '5'.repeat(21) }, 'Invalid phone'],
    ['is too long', { message: 'x'.repeat(4097) }, 'message must be at most 4096 characters'],
    ['is too long', { code: '1'.repeat(2049) }, 'code must be at most 2048 characters'],
    ['is too long', { buttonText: 'x'.repeat(61) }, 'buttonText must be at most 60 characters'],
    ['is too small', { expiresIn: 29 }, 'expiresIn must be at least 30'],
    ['is too large', { expiresIn: 86_401 }, 'expiresIn must be at most 86400'],
  ])('%s: %.60j', async (_what, change, error) => {
    expect(await call({ body: otp(change) })).toMatchObject({ status: 400, answer: { error } })
  })

  test.each([
    ['is neither URL nor base64', 'not base64 at all!'],
    ['leads to the metadata service of a cloud', 'http://169.254.169.254/latest/meta-data'],
    ['leads to a private address', 'https://10.1.2.3/logo.png'],
    ['holds more than 5 MB', `data:image/png;base64,${'A'.repeat(7_000_000)}`],
  ])('is an image that %s', async (_what, image) => {
    const { status, answer } = await call({ body: otp({ image }) })
    expect(status).toBe(400)
    expect(answer).toEqual({ error: expect.stringMatching(/image/iu) as string })
  })

  test('is an image of more than 16 MB behind a URL, in the callback', async () => {
    const { instance: paired } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const host = createServer((_request, response) => response.end(Buffer.alloc(17_000_000)))
    await once(host.listen(0, '127.0.0.1'), 'listening')
    const { zaapId } = await journey.sendOtp(paired, {
      phone: person.phone,
      message: 'Imagem grande',
      code: journey.newCode(),
      image: `http://127.0.0.1:${(host.address() as AddressInfo).port}/`,
    })
    const { body } = await journey.delivery(zaapId)
    host.close()
    expect(body['error']).toEqual(expect.stringMatching(/16 MB/u))
    expect(person.messages).toEqual([])
  })
})

describe('send-button-otp takes', () => {
  test.each([
    { image: null, buttonText: null, delayMessage: null, delayTyping: null, expiresIn: null },
    { image: '', buttonText: '', delayMessage: '', delayTyping: '', expiresIn: '' },
    { title: 'of no meaning', unheardOf: { of: [true] } },
    { code: 'x'.repeat(2048) },
  ])('%.80j', async (change) => {
    const { status, answer } = await call({ body: otp(change) })
    expect(status).toBe(200)
    expect(Object.keys(answer).toSorted()).toEqual(['id', 'messageId', 'zaapId'])
  })
})

describe('a body', () => {
  test.each([
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'Application/JSON',
  ])('is taken as %s', async (type) => {
    const headers = { ...authentic, 'content-type': type }
    expect(await call({ headers, body: otp() })).toMatchObject({ status: 200 })
  })

  test.each(['text/plain', 'text/plain;charset=utf-8', 'application/x-www-form-urlencoded'])(
    'is refused with 415 as %s',
    async (type) => {
      const headers = { ...authentic, 'content-type': type }
      const { status, answer } = await call({ headers, body: otp() })
      expect({ status, answer }).toMatchObject({
        status: 415,
        answer: { error: expect.any(String) },
      })
    },
  )

  test('is refused with 415 when nothing says what it is', async () => {
    // Of bytes `fetch` does not say what they are; of a text it would.
    const body = Buffer.from(otp())
    expect(await call({ headers: authentic, body })).toMatchObject({ status: 415 })
  })

  test('is refused with 413 when it is too large, and with 400 when it is broken', async () => {
    expect(await call({ body: otp({ image: 'A'.repeat(9 * 1024 * 1024) }) })).toMatchObject({
      status: 413,
      answer: { error: expect.any(String) as string },
    })
    expect(await call({ body: '{"phone":' })).toMatchObject({
      status: 400,
      answer: { error: 'Request body is not valid JSON' },
    })
  })
})

describe('a path', () => {
  test('with another method is answered with the one that it has', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await call({ method, headers: authentic })
      expect(answer).toMatchObject({ status: 405, allow: 'POST, OPTIONS' })
    }
    const disconnect = `/instances/${instance.id}/token/${instance.token}/disconnect`
    expect(await call({ path: disconnect, body: '{}' })).toMatchObject({
      status: 405,
      allow: 'GET, OPTIONS',
    })
  })

  test('in other letters is not known', async () => {
    const place = `/instances/${instance.id}/token/${instance.token}`
    for (const action of ['Send-Button-OTP', 'send-button-opt']) {
      const { status, answer } = await call({ path: `${place}/${action}`, body: otp() })
      expect({ status, answer }).toMatchObject({ status: 404, answer: { error: 'NOT_FOUND' } })
    }
  })

  test('with doubled slashes or a slash behind it is the same', async () => {
    const place = `//instances/${instance.id}//token/${instance.token}`
    const { status } = await call({ path: `${place}/send-button-otp/`, body: otp() })
    expect(status).toBe(200)
  })
})

describe('a stranger', () => {
  const wrongToken = 'F00000000000000000000000000000000S'
  const unknown = `3${'0'.repeat(31)}`

  test.each([
    ['without Client-Token', json, 400, 'your client-token is not configured'],
    [
      'with a wrong Client-Token',
      { ...json, 'client-token': wrongToken },
      403,
      `Client-Token ${wrongToken} not allowed`,
    ],
  ])('%s hears so', async (_who, headers, status, error) => {
    expect(await call({ headers, body: otp() })).toMatchObject({ status, answer: { error } })
  })

  test('with a wrong instance or a wrong token of one hears the same', async () => {
    for (const [id, token] of [
      [unknown, instance.token],
      [instance.id, 'wrong'],
    ]) {
      const path = `/instances/${id}/token/${token}/send-button-otp`
      expect(await call({ path, body: otp() })).toMatchObject({
        status: 404,
        answer: { error: 'Instance not found' },
      })
    }
  })

  test('hears it before sending a body', async () => {
    const { hostname, port } = new URL(journey.gateway.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /instances/${instance.id}/token/wrong/send-button-otp HTTP/1.1\r\nHost: x\r\n` +
        `Client-Token: ${clientToken}\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n`,
    )
    const [first] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(first.toString()).toMatch(/^HTTP\/1.1 404 .*Instance not found/su)
  })

  test('makes no instance', async () => {
    const path = '/instances/integrator/on-demand'
    const body = JSON.stringify({ name: 'x' })
    for (const headers of [json, { ...json, authorization: 'Bearer wrong' }])
      expect(await call({ path, headers, body })).toMatchObject({ status: 401 })
  })
})

describe('the line of an instance that is not connected', () => {
  test('takes a thousand messages and refuses one more', async () => {
    const own = await journey.newInstance()
    const path = `/instances/${own.id}/token/${own.token}/send-button-otp`
    for (let sent = 0; sent < 1_000; sent += 50) {
      const calls = Array.from({ length: 50 }, () => call({ path, body: otp() }))
      const statuses = (await Promise.all(calls)).map(({ status }) => status)
      expect(new Set(statuses)).toEqual(new Set([200]))
    }
    expect(await call({ path, body: otp() })).toMatchObject({
      status: 400,
      answer: { error: 'queue limit reached' },
    })
  })
})
