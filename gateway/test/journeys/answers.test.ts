/** Messages that answer earlier ones, and that name people: from the call to the phone and back to the callback. */

import type { Phone } from '@recado/simulator'
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

const call = (method: string, action: string, body: object) =>
  journey.client.onInstance(instance, method, action, body)
const sendText = async (body: object) => (await call('POST', 'send-text', body)) as SendAnswer

/** What the person wrote, once the callback has told of it. */
async function heard(person: Phone, to: string, text: string): Promise<string> {
  const { id } = await person.send(to, text)
  await journey.callbacks.next(({ body }) => body['messageId'] === id)
  return id
}

const echoOf = (messageId: string) =>
  journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === messageId,
  )

test('an answer shows what it answers, own or received, also after a restart of the gateway', async () => {
  const person = await journey.newPhone()
  const { phone } = person
  const asked = await heard(person, own.phone, 'Que horas abre?')
  const answer = await sendText({ phone, message: 'Às nove', messageId: asked })
  const message = await shown(person, answer.messageId)
  expect(message.text).toBe('Às nove')
  expect(message.view.quote).toMatchObject({ id: asked, from: phone, text: 'Que horas abre?' })
  const { body } = await echoOf(answer.messageId)
  expect(body).toMatchObject({ fromMe: true, fromApi: true, referenceMessageId: asked })

  await journey.killGateway()
  await journey.restartGateway()
  const more = await sendText({ phone, message: 'Da manhã', messageId: answer.messageId })
  const { view } = await shown(person, more.messageId)
  expect(view.quote).toMatchObject({ id: answer.messageId, from: own.phone, text: 'Às nove' })
})

test('a place answers too, and one that could not be read comes again with its quote', async () => {
  const person = await journey.newPhone()
  const asked = await heard(person, own.phone, 'Onde fica?')
  const place = { title: 'Loja', address: 'Rua A', latitude: '-23', longitude: '-50' }
  person.failNextDecryption()
  const answer = (await call('POST', 'send-location', {
    phone: person.phone,
    ...place,
    messageId: asked,
  })) as SendAnswer
  const { view } = await shown(person, answer.messageId)
  expect(view).toMatchObject({ kind: 'location', quote: { id: asked, text: 'Onde fica?' } })
})

test('an answer to an unknown message ends in a callback with the cause', async () => {
  const person = await journey.newPhone()
  const asked = await heard(await journey.newPhone(), own.phone, 'De outra conversa')
  for (const messageId of ['3EB0UNKNOWN', asked]) {
    const { zaapId } = await sendText({ phone: person.phone, message: 'Oi', messageId })
    const { body } = await journey.delivery(zaapId)
    expect(body['error']).toMatch(/^The message that it refers to was not found in this chat/u)
  }
  expect(person.messages).toEqual([])
})

test('a code of ours is quoted masked', async () => {
  const person = await journey.newPhone()
  const { phone } = person
  const code = journey.newCode()
  const sent = await journey.sendOtp(instance, { phone, message: `Seu código: ${code}`, code })
  await shown(person, sent.messageId)
  const answer = await sendText({ phone, message: 'Chegou?', messageId: sent.messageId })
  const { view } = await shown(person, answer.messageId)
  expect(view.quote?.text).toBe(`Seu código: ••••${code.slice(-2)}`)
})

test('a message of a group is answered to its author alone', async () => {
  const [ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  const members = [own.phone, ana.phone, bia.phone]
  const group = journey.simulator.addGroup({ subject: 'Turma', members })
  const phone = group.id.replace('@g.us', '-group')
  const asked = await heard(ana, group.id, 'Quem traz o bolo?')
  const inGroup = await sendText({ phone, message: 'Eu', messageId: asked })
  const seen = await shown(bia, inGroup.messageId)
  expect(seen.view.quote).toMatchObject({ from: ana.phone, text: 'Quem traz o bolo?' })

  const answer = await sendText({ phone, message: 'Só eu', messageId: asked, privateAnswer: true })
  const message = await shown(ana, answer.messageId)
  expect(message.chat).toBe(own.phone)
  expect(message.view.quote).toMatchObject({ from: ana.phone, text: 'Quem traz o bolo?' })
  expect(message.content.extendedTextMessage?.contextInfo?.remoteJid).toBe(group.id)
  expect(bia.messages.map(({ id }) => id)).not.toContain(answer.messageId)
})

test('members, all members and a group of the community are named', async () => {
  const [ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  const members = [own.phone, ana.phone, bia.phone]
  const group = journey.simulator.addGroup({ subject: 'Turma', members })
  const phone = group.id.replace('@g.us', '-group')
  const text = `Olá @${ana.phone}`
  const one = await sendText({ phone, message: text, mentioned: [ana.phone] })
  const [part] = (await shown(bia, one.messageId)).view.parts
  const token = `@${ana.lid.replace(/[:@].*/u, '')}`
  expect(part).toMatchObject({ text: `Olá ${token}`, mentions: [{ token, who: ana.phone }] })

  const all = await sendText({ phone, message: 'Olá @all', mentionAll: true })
  const { contextInfo } = (await shown(bia, all.messageId)).content.extendedTextMessage ?? {}
  expect(contextInfo).toMatchObject({ nonJidMentions: 1 })
  expect(contextInfo?.mentionedJid).toHaveLength(2)

  const other = '120363042305498123'
  const named = await sendText({
    phone,
    message: `Veja @${other}-group`,
    groupMentioned: [{ phone: `${other}-group`, subject: 'Vendas' }],
  })
  const { extendedTextMessage } = (await shown(bia, named.messageId)).content
  expect(extendedTextMessage).toMatchObject({
    text: `Veja @${other}@g.us`,
    contextInfo: { groupMentions: [{ groupJid: `${other}@g.us`, groupSubject: 'Vendas' }] },
  })
})
