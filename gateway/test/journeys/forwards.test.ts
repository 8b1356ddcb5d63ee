/** Messages said once more in another chat, read marks, and what admins of a group delete. */

import { createHash } from 'node:crypto'
import type { Phone } from '@recado/simulator'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  await call('PUT', 'update-notify-sent-by-me', { notifySentByMe: true })
})

afterAll(() => journey[Symbol.asyncDispose]())

const call = (method: string, action: string, body?: object) =>
  journey.client.onInstance(instance, method, action, body)
const send = async (action: string, body: object) =>
  (await call('POST', action, body)) as SendAnswer

const receivedCallback = (messageId: string) =>
  journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === messageId,
  )

async function heard(from: Phone, to: string, text: string): Promise<string> {
  const { id } = await from.send(to, text)
  await receivedCallback(id)
  return id
}

/** Forwards it to a new phone, and gives what that shows. */
async function forwarded(messageId: string, messagePhone: string) {
  const person = await journey.newPhone()
  const body = { phone: person.phone, messageId, messagePhone }
  const answer = (await call('POST', 'forward-message', body)) as { zaapId: string }
  expect(Object.keys(answer)).toEqual(['zaapId'])
  const delivery = await journey.delivery(answer.zaapId)
  expect(delivery.body).not.toHaveProperty('error')
  const id = String(delivery.body['messageId'])
  return { message: await shown(person, id), echo: (await receivedCallback(id)).body }
}

async function refused(messageId: string, messagePhone: string): Promise<unknown> {
  const { phone } = await journey.newPhone()
  const answer = await send('forward-message', { phone, messageId, messagePhone })
  return (await journey.delivery(answer.zaapId)).body['error']
}

test('a received text is forwarded with its mark, and an own one without', async () => {
  const from = await journey.newPhone()
  const theirs = await heard(from, own.phone, 'Receita de bolo')
  const { message, echo } = await forwarded(theirs, from.phone)
  expect(message).toMatchObject({ text: 'Receita de bolo', view: { forwarded: 'once' } })
  expect(echo).toMatchObject({ forwarded: true, text: { message: 'Receita de bolo' } })

  const ours = await send('send-text', { phone: from.phone, message: 'Nossa receita' })
  await shown(from, ours.messageId)
  const again = await forwarded(ours.messageId, from.phone)
  expect(again.message.text).toBe('Nossa receita')
  expect(again.message.view.forwarded).toBeUndefined()
})

test('a received image is forwarded whole, without another upload', async () => {
  const from = await journey.newPhone()
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  const image = await picture.jpeg().toBuffer()
  const id = await from.share(own.phone, { image, caption: 'Foto' })
  await receivedCallback(id)
  const { message } = await forwarded(id, from.phone)
  expect(message).toMatchObject({ text: 'Foto', view: { forwarded: 'once' } })
  expect(message.image?.sha256).toBe(createHash('sha256').update(image).digest('hex'))
})

test('what is unknown, a poll and a masked code are not forwarded, and a callback says why', async () => {
  const { phone } = await journey.newPhone()
  expect(await refused('3EB0UNKNOWN', phone)).toBe(
    'Message does not forward because it was not found',
  )
  const poll = await send('send-poll', {
    phone,
    message: 'Hoje?',
    poll: [{ name: 'Sim' }, { name: 'Não' }],
  })
  await journey.delivery(poll.zaapId)
  expect(await refused(poll.messageId, phone)).toMatch(
    /^Messages of this kind cannot be forwarded/u,
  )
  const code = journey.newCode()
  const otp = await journey.sendOtp(instance, { phone, message: 'Código', code })
  await journey.delivery(otp.zaapId)
  expect(await refused(otp.messageId, phone)).toMatch(/^Messages of this kind cannot be forwarded/u)
})

test('a read mark shows at the author, in a private chat and in a group', async () => {
  const person = await journey.newPhone()
  const members = [own.phone, person.phone]
  const group = journey.simulator.addGroup({ subject: 'Turma', members })
  const places = [
    [own.phone, person.phone],
    [group.id, group.id.replace('@g.us', '-group')],
  ] as const
  for (const [to, phone] of places) {
    const messageId = await heard(person, to, 'Leu?')
    expect(await call('POST', 'read-message', { phone, messageId })).toBeUndefined()
    await person.untilMessage(({ id, status }) => id === messageId && status === 'read')
  }
})

test('an admin of a group deletes what a member wrote', async () => {
  const member = await journey.newPhone()
  const members = [own.phone, member.phone, (await journey.newPhone()).phone]
  const group = journey.simulator.addGroup({ subject: 'Turma', members })
  const messageId = await heard(member, group.id, 'Propaganda')
  const phone = group.id.replace('@g.us', '-group')
  await call('DELETE', `messages?phone=${phone}&messageId=${messageId}&owner=false`)
  const { state } = await member.untilMessage(
    ({ id, state: { deletedBy } }) => id === messageId && deletedBy !== undefined,
    30_000,
  )
  expect(state.deletedBy).toBe(own.phone)
})
