/** Broadcast lists: one call, a message of its own for each person. */

import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let ana: Phone
let bia: Phone
let caio: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
  ;[ana, bia, caio] = [await journey.newPhone(), await journey.newPhone(), await journey.newPhone()]
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const call = (method: Method, path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Record<string, unknown>>

interface Sent {
  readonly zaapId: string
  readonly messageId: string
  readonly messages: readonly { phone: string; zaapId: string; messageId: string }[]
}
const send = (kind: string, body: object) => call('POST', kind, body) as unknown as Promise<Sent>

async function listOf(...people: readonly Phone[]): Promise<string> {
  const phones = people.map(({ phone }) => phone)
  const { broadcastId } = await call('POST', 'broadcast', { name: 'Clientes', phones })
  return String(broadcastId)
}

const shown = (phone: Phone, text: string) =>
  phone.messages.filter((message) => message.text === text)

test('a list is made, read, changed and deleted', async () => {
  const made = await call('POST', 'broadcast', {
    name: 'Bairro',
    phones: [ana.phone, `+${ana.phone}`, `${bia.lid}@lid`],
  })
  expect(made).toEqual({
    broadcastId: expect.stringMatching(/^\d{10}@broadcast$/u),
    name: 'Bairro',
    phones: [ana.phone, `${bia.lid}@lid`],
  })
  expect(await call('GET', 'broadcast')).toEqual([made])
  expect(await call('GET', 'broadcast?page=2&pageSize=1')).toEqual([])
  const id = String(made['broadcastId'])
  const changed = { broadcastId: id, name: 'Bairro', phones: [caio.phone] }
  expect(await call('PUT', `broadcast/${id}`, { phones: [caio.phone] })).toEqual(changed)
  expect(await call('GET', 'broadcast')).toEqual([changed])
  expect(await call('DELETE', `broadcast/${id}`)).toEqual({ success: true })
  await expect(call('DELETE', `broadcast/${id}`)).rejects.toThrow(/404.*no such broadcast list/u)
  await expect(send('send-text', { phone: id, message: 'oi' })).rejects.toThrow(/400.*no such/u)
})

test('what is sent to a list reaches each person alone, and is told of each', async () => {
  const phone = await listOf(ana, bia)
  const sent = await send('send-text', { phone, message: 'Abrimos às 8' })
  expect(sent.messages.map((each) => each.phone)).toEqual([ana.phone, bia.phone])
  expect(sent.messages[0]).toMatchObject({ zaapId: sent.zaapId, messageId: sent.messageId })
  for (const { zaapId, messageId } of sent.messages)
    expect((await journey.delivery(zaapId)).body).toMatchObject({ messageId })
  for (const [index, person] of [ana, bia].entries()) {
    const message = await person.untilMessage(({ text }) => text === 'Abrimos às 8')
    expect(message).toMatchObject({ id: sent.messages[index]?.messageId, fromMe: false })
    expect(shown(person, 'Abrimos às 8')).toHaveLength(1)
  }
  expect(shown(caio, 'Abrimos às 8')).toEqual([])
})

test('a picture reaches each person', async () => {
  const pixels = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
  const image = `data:image/png;base64,${(await pixels.png().toBuffer()).toString('base64')}`
  await send('send-image', { phone: await listOf(ana, bia), image, caption: 'Promoção' })
  for (const person of [ana, bia])
    expect(await person.untilMessage(({ text }) => text === 'Promoção')).toMatchObject({
      image: { fetched: true },
    })
})

test('a repeated call under its key is accepted once, also after the list has changed', async () => {
  const phone = await listOf(ana, bia)
  const once = () =>
    fetch(`${journey.gateway.url}/instances/${instance.id}/token/${instance.token}/send-text`, {
      method: 'POST',
      headers: {
        'client-token': journey.clientToken,
        'content-type': 'application/json',
        'idempotency-key': 'uma-vez',
      },
      body: JSON.stringify({ phone, message: 'uma vez' }),
    }).then((response) => response.json() as Promise<Sent>)
  const first = await once()
  await call('PUT', `broadcast/${phone}`, { phones: [bia.phone, caio.phone] })
  expect(await once()).toEqual({
    zaapId: first.zaapId,
    messageId: first.messageId,
    id: first.messageId,
    messages: [first.messages[1]],
  })
  for (const { zaapId } of first.messages) await journey.delivery(zaapId)
  for (const person of [ana, bia]) {
    await person.untilMessage(({ text }) => text === 'uma vez')
    expect(shown(person, 'uma vez')).toHaveLength(1)
  }
  expect(shown(caio, 'uma vez')).toEqual([])
})

test('what is meant for one chat is refused by name', async () => {
  const phone = await listOf(ana, bia)
  const code = journey.newCode()
  const large = Buffer.alloc(100_000).toString('base64')
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['send-button-otp', { message: 'Seu código', code }, /a code goes to one person/u],
    ['send-text', { message: 'oi', messageId: '3EB0A25BD6C67CBA164D3F' }, /messageId cannot/u],
    ['send-text', { message: 'oi', mentioned: [ana.phone] }, /mentioned cannot/u],
    [
      'send-reaction',
      { reaction: '👍', messageId: '3EB0A25BD6C67CBA164D3F' },
      /about another one/u,
    ],
    ['send-document/pdf', { document: `data:application/pdf;base64,${large}` }, /as a URL/u],
  ]
  for (const [kind, body, named] of refused) {
    const answer = send(kind, { phone, ...body })
    await expect(answer).rejects.toThrow(/400/u)
    await expect(answer).rejects.toThrow(named)
  }
  const lists: readonly (readonly [object, RegExp])[] = [
    [{ name: ' ', phones: [ana.phone] }, /name/u],
    [{ name: 'Ninguém', phones: [] }, /phones/u],
    [{ name: 'Grupo', phones: [ana.phone, '120363019502650977-group'] }, /phones\[1\]/u],
  ]
  for (const [body, named] of lists)
    await expect(call('POST', 'broadcast', body)).rejects.toThrow(named)
})
