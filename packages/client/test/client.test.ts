/** What a program does with the client, against a gateway and a phone. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, sandboxSettings, startSandbox } from '../../../sandbox/src/sandbox.js'
import { Recado, RecadoError, verifyCallback } from '../src/index.js'

let sandbox: Sandbox
let recado: Recado

const optionsOf = ({ gateway, instance, clientToken }: Sandbox) => ({
  url: gateway.url,
  instance: instance.id,
  token: instance.token,
  clientToken,
})

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
  recado = new Recado(optionsOf(sandbox))
})
afterAll(() => sandbox[Symbol.asyncDispose]())

test('a code reaches the phone, and a callback whose signature holds says so', async () => {
  await using receiver = await startReceiver()
  await recado.updateWebhookDelivery({ value: receiver.url })
  const { webhookSecret: secret } = await recado.getWebhookSecret()
  const phone = sandbox.recipient.phone
  const { messageId } = await recado.sendButtonOtp({
    phone,
    message: 'It is 271828',
    code: '271828',
  })
  const shown = await sandbox.recipient.untilMessage((message) => message.id === messageId)
  expect(shown.text).toBe('It is 271828')

  const { text: raw, header } = await receiver.first
  const { id, body } = await verifyCallback(raw, header, secret)
  expect(body).toMatchObject({ type: 'DeliveryCallback', messageId })
  expect(id).toBe(header('webhook-id'))
  await expect(verifyCallback(`${raw} `, header, secret)).rejects.toThrow('no signature')
  const later = Date.now() / 1000 + 400
  await expect(verifyCallback(raw, header, secret, later)).rejects.toThrow('too old')
  const other = `whsec_${btoa('another secret of 32 bytes, more')}`
  await expect(verifyCallback(raw, header, other)).rejects.toThrow('no signature')
})

test('a send whose answer was lost is repeated, and arrives once', async () => {
  let asked = 0
  const lossy = new Recado({
    ...optionsOf(sandbox),
    fetch: async (...request) => {
      const answer = await fetch(...request)
      asked += 1
      if (asked === 1) throw new TypeError('the connection was lost')
      return answer
    },
  })
  const phone = sandbox.recipient.phone
  const { messageId } = await lossy.sendText({ phone, message: 'only once, please' })
  await sandbox.recipient.untilMessage((message) => message.id === messageId)
  expect(asked).toBe(2)
  const { messageId: next } = await recado.sendText({ phone, message: 'the next one' })
  await sandbox.recipient.untilMessage((message) => message.id === next)
  const texts = sandbox.recipient.messages.map((message) => message.text)
  expect(texts.filter((one) => one === 'only once, please')).toHaveLength(1)
})

test('the same idempotency key gives the same message', async () => {
  const body = { phone: sandbox.recipient.phone, message: 'under a key' }
  const first = await recado.sendText(body, { idempotencyKey: 'order-1' })
  expect(await recado.sendText(body, { idempotencyKey: 'order-1' })).toEqual(first)
})

test('a refusal has its status and Recado’s words', async () => {
  const refused = recado.sendText({ phone: 'letters', message: 'x' })
  await expect(refused).rejects.toEqual(new RecadoError(400, 'Invalid phone', undefined))
  const stranger = new Recado({ ...optionsOf(sandbox), clientToken: 'another' })
  await expect(stranger.getStatus()).rejects.toMatchObject({ status: 403 })
})

test('parameters of path and query go where they belong', async () => {
  const phone = sandbox.recipient.phone
  expect(await recado.checkPhoneExists({ phone })).toMatchObject({ exists: true })
  expect(await recado.listChats({ page: '1', pageSize: '1' })).toHaveLength(1)
})

test('what a call does not take is refused by the compiler', () => {
  const phone = sandbox.recipient.phone
  // Never called: the compiler has to complain of each.
  const wrong = () => [
    // @ts-expect-error a phone is text
    recado.sendText({ phone: 5, message: 'x' }),
    // @ts-expect-error a code is required
    recado.sendButtonOtp({ phone, message: 'x' }),
    // @ts-expect-error seconds are a number
    recado.sendText({ phone, message: 'x', delayMessage: 'soon' }),
  ]
  expect(wrong).toBeTypeOf('function')
})

async function startReceiver() {
  type Received = { text: string; header: (name: string) => string | undefined }
  let resolve: (received: Received) => void
  const promise = new Promise<Received>((done) => (resolve = done))
  const server = createServer((request, response) => {
    const header = (name: string) => request.headers[name]?.toString()
    void text(request).then((body) => resolve({ text: body, header }))
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/`,
    first: promise,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
