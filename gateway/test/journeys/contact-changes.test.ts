/** Saved, blocked and reported people, seen on the phones and by WhatsApp. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import { chatModificationToAppPatch, proto } from 'baileys'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

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

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body)
interface Listed {
  readonly phone: string
  readonly name: string
}
const done = { success: true, errors: [] }
const savedOn = (phone: Phone) => () => phone.contacts

test('people are saved on the phone, renamed and removed, and can be saved again', async () => {
  const [ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  const people = [
    { firstName: 'Ana', lastName: 'Souza', phone: ana.phone },
    { firstName: 'Bia', phone: bia.phone },
  ]
  expect(await call('POST', 'contacts/add', people)).toEqual(done)
  await expect.poll(savedOn(own)).toEqual([
    { phone: ana.phone, name: 'Ana Souza' },
    { phone: bia.phone, name: 'Bia' },
  ])
  await call('POST', 'contacts/add', [{ firstName: 'Aninha', phone: ana.phone }])
  await expect.poll(savedOn(own)).toContainEqual({ phone: ana.phone, name: 'Aninha' })

  const both = [ana.phone, bia.phone]
  expect(await call('DELETE', 'contacts/remove', both)).toEqual(done)
  await expect.poll(savedOn(own)).toEqual([])
  expect(await call('DELETE', 'contacts/remove', both)).toEqual(done)
  expect(await call('POST', 'contacts/add', people)).toEqual(done)
  await expect.poll(savedOn(own)).toHaveLength(2)
})

test('a number that is not on WhatsApp is told, and the others are saved', async () => {
  const ana = await journey.newPhone()
  const people = [
    { firstName: 'X', phone: '5511900000000' },
    { firstName: 'Ana', phone: ana.phone },
  ]
  expect(await call('POST', 'contacts/add', people)).toEqual({
    success: false,
    errors: [{ phone: '5511900000000', error: 'It is not on WhatsApp.' }],
  })
  await expect.poll(savedOn(own)).toContainEqual({ phone: ana.phone, name: 'Ana' })
})

test('a blocked person does not reach the number until the block ends', async () => {
  const ana = await journey.newPhone()
  const block = (action: string) =>
    call('POST', 'contacts/modify-blocked', { phone: ana.phone, action })
  expect(await block('block')).toEqual({ value: true })
  expect(own.blocked).toEqual([ana.phone])
  await ana.send(own.phone, 'não chega')
  expect(await block('unblock')).toEqual({ value: true })
  expect(own.blocked).toEqual([])
  const { id } = await ana.send(own.phone, 'chega')
  await journey.callbacks.next(({ body }) => body['messageId'] === id)
  const texts = own.messages.filter(({ chat }) => chat === ana.phone).map(({ text }) => text)
  expect(texts).toEqual(['chega'])
})

test('a report takes the last message of the person to WhatsApp, and needs one', async () => {
  const ana = await journey.newPhone()
  const report = () => call('POST', `contacts/${ana.phone}/report`)
  expect(await report()).toMatchObject({ success: false, error: expect.stringMatching(/kept/u) })
  const bia = await journey.newPhone()
  for (const [person, text] of [
    [ana, 'ganhe dinheiro'],
    [ana, 'clique aqui'],
    [bia, 'bom dia'],
  ] as const) {
    const { id } = await person.send(own.phone, text)
    await journey.callbacks.next(({ body }) => body['messageId'] === id)
  }
  expect(await report()).toEqual({ success: true })
  const [told, ...others] = journey.simulator.network.reports
  expect(others).toEqual([])
  expect(told?.by.phone).toBe(own.phone)
  expect(told?.reported.phone).toBe(ana.phone)
  expect(JSON.stringify(told?.message)).toContain('clique aqui')
})

test('bad input is refused with its place, and nothing is done', async () => {
  const { phone } = await journey.newPhone()
  const add = (people: object) => call('POST', 'contacts/add', people)
  await expect(add([{ firstName: 'Ana', phone: 'x' }])).rejects.toThrow(/400.*\[0\]\.phone/u)
  await expect(add([{ phone }])).rejects.toThrow(/400.*firstName/u)
  await expect(add({ phone })).rejects.toThrow(/400/u)
  await expect(add([])).rejects.toThrow(/400/u)
  await expect(call('DELETE', 'contacts/remove', ['x'])).rejects.toThrow(/400.*\[0\]/u)
  await expect(call('POST', 'contacts/modify-blocked', { phone, action: 'mute' })).rejects.toThrow(
    /400.*action/u,
  )
  await expect(call('POST', 'contacts/12@g.us/report')).rejects.toThrow(/400.*Invalid phone/u)
  expect(own.contacts.map(({ phone: saved }) => saved)).not.toContain(phone)
})

const patchOf = ({ phone }: Phone, fullName: string) =>
  chatModificationToAppPatch({ contact: { fullName } }, `${phone}@s.whatsapp.net`)

const save = (person: Phone, name: string) => own.appState.write(patchOf(person, name))
const remove = (person: Phone, name: string) => {
  const operation = proto.SyncdMutation.SyncdOperation.REMOVE
  return own.appState.write({ ...patchOf(person, name), operation })
}

test('a person who is removed by hand on the phone is saved no more, until saved again', async () => {
  const ana = await journey.newPhone()
  const bia = await journey.newPhone()
  const names = async () => {
    const all = await call('GET', 'contacts?page=1&pageSize=100')
    const nameOf = new Map((all as Listed[]).map(({ phone, name }) => [phone, name]))
    return [nameOf.get(ana.phone), nameOf.get(bia.phone)]
  }
  await save(ana, 'Ana')
  await save(bia, 'Bia')
  await expect.poll(names).toEqual(['Ana', 'Bia'])
  // An app may repeat what the record said.
  await remove(ana, 'Ana')
  await expect.poll(names).toEqual(['', 'Bia'])
  await remove(bia, '')
  await expect.poll(names).toEqual(['', ''])
  await save(ana, 'Aninha')
  await expect.poll(names).toEqual(['Aninha', ''])
  await journey.killGateway()
  await remove(ana, 'Aninha')
  await journey.restartGateway()
  await expect.poll(names).toEqual(['', ''])
})

test('the directory knows at once who was saved and removed, and keeps it over a restart', async () => {
  const ana = await journey.newPhone()
  const bia = await journey.newPhone()
  const named = [ana, bia].map(({ phone }) => ({ firstName: 'Nova', phone }))
  const names = async () => {
    const all = await journey.client.onInstance(instance, 'GET', 'contacts?page=1&pageSize=100')
    const nameOf = new Map((all as Listed[]).map(({ phone, name }) => [phone, name]))
    return [nameOf.get(ana.phone), nameOf.get(bia.phone)]
  }
  await call('POST', 'contacts/add', named)
  expect(await names()).toEqual(['Nova', 'Nova'])
  await call('DELETE', 'contacts/remove', [ana.phone])
  expect(await names()).toEqual(['', 'Nova'])
  const status = Object(await call('POST', 'send-text-status', { message: 'Oi' }))
  await bia.untilStatus(({ id }) => id === status.messageId, 60_000)
  expect(ana.statuses).toEqual([])
  await journey.killGateway()
  await journey.restartGateway()
  expect(await names()).toEqual(['', 'Nova'])
})
