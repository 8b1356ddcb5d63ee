/** Messages that disappear: the timer of a chat, and what is sent to it afterwards, as phones see it. */

import { proto } from 'baileys'
import type { Phone } from '@recado/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

const week = 604_800
const { EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const call = (action: string, body: object) =>
  journey.client.onInstance(instance, 'POST', action, body)
const expire = (phone: string, chatExpiration: unknown) =>
  call('send-chat-expiration', { phone, chatExpiration })

/** How long the message lives that is sent now, on the phone of its reader. */
async function lifeOfNext(phone: string, reader: Phone, action = 'send-text', body: object = {}) {
  const answer = (await call(action, { phone, message: 'oi', ...body })) as SendAnswer
  return (await shown(reader, answer.messageId)).view.disappearsAfter
}

test('the timer shows on both phones, and later messages of every kind disappear', async () => {
  const ana = await journey.newPhone()
  expect(await lifeOfNext(ana.phone, ana)).toBeUndefined()
  expect(await expire(ana.phone, '7_DAYS')).toEqual({ value: true })
  await ana.chats.until(own.phone, ({ timerSeconds }) => timerSeconds === week)
  await own.chats.until(ana.phone, ({ timerSeconds }) => timerSeconds === week)
  expect(await lifeOfNext(ana.phone, ana)).toBe(week)
  const code = journey.newCode()
  expect(await lifeOfNext(ana.phone, ana, 'send-button-otp', { code })).toBe(week)
  const location = { title: 'Loja', address: 'Rua A', latitude: '-23.1', longitude: '-50.4' }
  expect(await lifeOfNext(ana.phone, ana, 'send-location', location)).toBe(week)

  expect(await expire(ana.phone, 'OFF')).toEqual({ value: true })
  await ana.chats.until(own.phone, ({ timerSeconds }) => timerSeconds === undefined)
  expect(await lifeOfNext(ana.phone, ana)).toBeUndefined()
})

test('a timer that the other person sets counts for what is sent to them', async () => {
  const ana = await journey.newPhone()
  const message = { type: EPHEMERAL_SETTING, ephemeralExpiration: week }
  const id = await ana.forge(own.phone, { protocolMessage: message })
  await journey.callbacks.next(({ body }) => body['messageId'] === id)
  expect(await lifeOfNext(ana.phone, ana)).toBe(week)
})

test('it holds after a restart of the gateway', async () => {
  const ana = await journey.newPhone()
  await expire(ana.phone, '24_hours')
  await ana.chats.until(own.phone, ({ timerSeconds }) => timerSeconds === 86_400)
  await lifeOfNext(ana.phone, ana)
  await journey.killGateway()
  await journey.restartGateway()
  expect(await lifeOfNext(ana.phone, ana)).toBe(86_400)
})

test('in a group WhatsApp keeps it, and every member sees it', async () => {
  const ana = await journey.newPhone()
  const { id } = journey.simulator.addGroup({ subject: 'Turma', members: [own.phone, ana.phone] })
  const group = id.replace('@g.us', '-group')
  expect(await expire(group, '90_DAYS')).toEqual({ value: true })
  await ana.chats.until(id, ({ timerSeconds }) => timerSeconds === 7_776_000)
  expect(await lifeOfNext(group, ana)).toBe(7_776_000)
  expect(await expire(group, 'OFF')).toEqual({ value: true })
  await ana.chats.until(id, ({ timerSeconds }) => timerSeconds === undefined)
  expect(await lifeOfNext(group, ana)).toBeUndefined()
})

describe('a call that cannot be done', () => {
  test('says what is wrong', async () => {
    const { phone } = await journey.newPhone()
    await expect(expire('', '7_DAYS')).rejects.toThrow(/400.*Invalid phone/u)
    await expect(expire(phone, '30_DAYS')).rejects.toThrow(/400.*chatExpiration/u)
  })

  test('says that WhatsApp refused it, in a group that only admins change', async () => {
    const ana = await journey.newPhone()
    const members = [ana.phone, own.phone]
    const { id } = journey.simulator.addGroup({ subject: 'Avisos', members })
    journey.simulator.network.group(id)?.settings.add('locked')
    await expect(expire(id.replace('@g.us', '-group'), '7_DAYS')).rejects.toThrow(/400/u)
  })
})
