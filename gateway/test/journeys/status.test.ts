/** Statuses (stories): who sees what this number posts, and its answers to those of others. */

import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Phone } from '@recado/simulator'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone
let bia: Phone
let stranger: Phone

const video = readFileSync(new URL('../media/video.mp4', import.meta.url)).toString('base64')
const picture = sharp({ create: { width: 64, height: 32, channels: 3, background: 'teal' } })
const image = `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  ana = await journey.newPhone()
  bia = await journey.newPhone()
  stranger = await journey.newPhone()
  const people = [ana, bia].map(({ phone }) => ({ firstName: 'Cliente', phone }))
  await journey.client.onInstance(instance, 'POST', 'contacts/add', people)
  await journey.client.onInstance(instance, 'PUT', 'update-auto-read-status', { value: true })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

async function call(action: string, body: object): Promise<SendAnswer> {
  return (await journey.client.onInstance(instance, 'POST', action, body)) as SendAnswer
}

const statusOn = (phone: Phone, { messageId }: SendAnswer) =>
  phone.untilStatus(({ id }) => id === messageId)

const has = (phone: Phone, { messageId }: SendAnswer) =>
  phone.statuses.some(({ id }) => id === messageId)

function choose(type: 'contacts' | 'blacklist' | 'whitelist', phones: readonly Phone[]): void {
  const { network } = journey.simulator
  const account = network.byPhone(own.phone)
  const people = phones.flatMap(({ phone }) => network.byPhone(phone) ?? [])
  if (account !== undefined) account.statusPrivacy = { type, people }
}

/** Posted by the person, and read by the gateway. */
async function postedBy(person: Phone): Promise<string> {
  const seen = new Set<string>()
  const heard = new EventEmitter()
  person.events.on('status-seen', ({ id }) => {
    seen.add(id)
    heard.emit('seen')
  })
  const id = await person.postStatus('Bom dia', [own.phone])
  while (!seen.has(id)) await once(heard, 'seen')
  return id
}

describe('a status', () => {
  test('shows on the phones of saved contacts and on the own one, and on no other', async () => {
    const posted = await call('send-text-status', { message: 'Aberto até as 22h' })
    for (const phone of [ana, bia, own]) {
      const status = await statusOn(phone, posted)
      expect(status).toMatchObject({ from: own.phone, text: 'Aberto até as 22h' })
    }
    expect(has(stranger, posted)).toBe(false)
    expect(ana.messages.some(({ id }) => id === posted.messageId)).toBe(false)
    const { body } = await journey.delivery(posted.zaapId)
    expect(body).toMatchObject({ phone: 'status@broadcast', messageId: posted.messageId })
    expect(body).not.toHaveProperty('error')
  })

  test.each([
    ['send-image-status', { image, caption: 'Vitrine' }],
    ['send-video-status', { video: `data:video/mp4;base64,${video}`, caption: 'Oferta' }],
  ])('by %s has its file and its caption', async (action, body) => {
    const status = await statusOn(ana, await call(action, body))
    expect(status.text).toBe(body.caption)
    expect([...status.files.values()].some(({ fetched }) => fetched)).toBe(true)
  })

  test('is kept from those whom the phone leaves out', async () => {
    choose('blacklist', [bia])
    const posted = await call('send-text-status', { message: 'Menos uma' })
    await statusOn(ana, posted)
    await statusOn(own, posted)
    choose('whitelist', [bia])
    const alone = await call('send-text-status', { message: 'Só uma' })
    await statusOn(bia, alone)
    await statusOn(own, alone)
    choose('contacts', [])
    expect(has(bia, posted)).toBe(false)
    expect(has(ana, alone)).toBe(false)
  })

  test('is given again to a phone that could not read it', async () => {
    bia.failNextDecryption()
    const posted = await call('send-text-status', { message: 'De novo' })
    expect(await statusOn(bia, posted)).toMatchObject({ text: 'De novo' })
  })

  test('stands there once after a kill that WhatsApp had not acknowledged', async () => {
    await journey.setFaults({ acks: [{ kind: 'missing', to: 'status@broadcast', times: 1 }] })
    const posted = await call('send-text-status', { message: 'Depois da queda' })
    await statusOn(ana, posted)
    await journey.killGateway()
    await journey.restartGateway()
    expect((await journey.delivery(posted.zaapId)).body).not.toHaveProperty('error')
    await statusOn(ana, await call('send-text-status', { message: 'E a seguinte' }))
    const ids = ana.statuses.map(({ id }) => id)
    expect(ids.filter((id) => id === posted.messageId)).toHaveLength(1)
    expect(ana.ratchetReuses).toEqual([])
  })
})

describe('an answer to a status', () => {
  test.each([
    ['reply-status-text', { message: 'Parabéns!' }],
    ['reply-status-gif', { gif: `data:video/mp4;base64,${video}` }],
    ['reply-status-sticker', { sticker: image }],
  ])('by %s shows in the chat, with the status above it', async (action, body) => {
    const statusMessageId = await postedBy(ana)
    const { messageId } = await call(action, { phone: ana.phone, statusMessageId, ...body })
    const message = await shown(ana, messageId)
    expect(message.view.quote).toMatchObject({ id: statusMessageId, text: 'Bom dia' })
    expect(message.view.quote?.from).toBe(ana.phone)
    expect(JSON.stringify(message.content)).toContain('status@broadcast')
  })

  test.each([
    ['an unknown status', async () => 'AAAA'],
    ['the status of another person', async () => postedBy(bia)],
  ])('to %s ends in a callback that says why', async (_what, post) => {
    const statusMessageId = await post()
    const body = { phone: ana.phone, message: 'Oi', statusMessageId }
    const { zaapId } = await call('reply-status-text', body)
    expect((await journey.delivery(zaapId)).body['error']).toContain('not found')
  })

  test('goes to people alone', async () => {
    const body = { phone: '120363019502650977-group', message: 'Oi', statusMessageId: 'AAAA' }
    await expect(call('reply-status-text', body)).rejects.toThrow(/400.*people/u)
  })
})
