/** WhatsApp out of reach: the cause in words, for the person who pairs and for the caller of a number that is away. */

import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMediaCertificate } from '../../../simulator/src/media-certificate.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { engineRig } from '../support/engine-rig.js'
import { Doorman } from '../support/doorman.js'
import { clientToken, Journey, partnerToken, shown } from '../support/journey.js'
import { recado } from '../support/recado-command.js'

let doorman: Doorman
let journey: Journey
const tokens = { RECADO_CLIENT_TOKEN: clientToken, RECADO_PARTNER_TOKEN: partnerToken }

beforeAll(async () => {
  journey = await Journey.start({
    whatsappUrl: async ({ url }) => {
      doorman = await Doorman.before(url)
      return doorman.through(url)
    },
  })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await doorman[Symbol.asyncDispose]()
})

test('a proxy that answers 401 costs no number its link, and is named until it lets WhatsApp through', async () => {
  const { instance } = await journey.pairedInstance()
  doorman.answer = 401
  doorman.cut()
  const { body } = await journey.callbacks.next(
    ({ body: each }) => each['instanceId'] === instance.id && each['reason'] === 'blocked',
  )
  expect(body['cause']).toBe(
    'Something between the gateway and WhatsApp refuses the connection (401).',
  )
  expect(await journey.client.onInstance(instance, 'GET', 'status')).toMatchObject({
    disconnection: { reason: 'blocked', remedy: 'wait' },
  })
  doorman.answer = undefined
  const person = await journey.newPhone()
  const otp = { phone: person.phone, message: 'De volta', code: journey.newCode() }
  await shown(person, (await journey.sendOtp(instance, otp)).messageId)
})

test('pairing through such a proxy says so, over the API and on the command line, and works once it is gone', async () => {
  doorman.answer = 403
  const instance = await journey.newInstance()
  const text = /refuses the connection \(403\)\. Let the proxy or firewall pass WebSockets/u
  await expect(journey.client.onInstance(instance, 'GET', 'qr-code')).rejects.toThrow(text)
  const status = await recado(journey, ['instance', 'status', instance.id], tokens)
  expect(status).toMatchObject({ code: 1, text: expect.stringMatching(/connection \(403\)/u) })
  const paired = recado(journey, ['pair', instance.id], tokens)
  await expect.poll(() => journey.gateway.output.filter(isBlocked(instance.id)).length).toBe(3)
  doorman.answer = undefined
  await pair(journey.client, instance, await journey.newPhone())
  const { text: printed, code } = await paired
  expect(printed).toMatch(text)
  expect(printed).toMatch(/Connected\.$/mu)
  expect(code).toBe(0)
})

function isBlocked(instanceId: string) {
  return (line: string): boolean => line.includes(instanceId) && line.includes('"reason":"blocked"')
}

test('a gateway without an answer says that WhatsApp cannot be reached', async () => {
  await using own = await Journey.start({ whatsappUrl: async () => 'ws://127.0.0.1:9' })
  const instance = await own.newInstance()
  await expect(own.client.onInstance(instance, 'GET', 'qr-code')).rejects.toThrow(
    /cannot be reached \(ECONNREFUSED\)\. Check the internet access/u,
  )
})

test('a name that does not exist is told as that', async () => {
  const rig = engineRig({ url: 'wss://whatsapp.invalid', instanceId: '3A' as InstanceId })
  await using wire = await rig.connect()
  expect(await wire.next('closed')).toMatchObject({
    reason: 'name-not-found',
    detail: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/u),
  })
})

test('a server whose certificate has no trusted issuer is told as that', async () => {
  const server = createServer(await makeMediaCertificate())
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const rig = engineRig({ url: `wss://localhost:${port}`, instanceId: '3A' as InstanceId })
  await using wire = await rig.connect()
  expect(await wire.next('closed')).toMatchObject({
    reason: 'tls-failed',
    detail: expect.stringMatching(/CERT|SELF_SIGNED|UNABLE/u),
  })
  server.close()
})
