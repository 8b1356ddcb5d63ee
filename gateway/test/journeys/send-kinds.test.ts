/** Each kind of message beside the copy button, from the call to the phone and back to the callback. */

import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

/** Sends, and gives what the phone keeps of it once the callback has told that it was sent. */
async function sendToPhone(action: string, body: object) {
  const person = await journey.newPhone()
  const answer = (await journey.client.onInstance(instance, 'POST', action, {
    phone: person.phone,
    ...body,
  })) as { zaapId: string; messageId: string }
  const message = await shown(person, answer.messageId)
  const delivery = await journey.delivery(answer.zaapId)
  expect(delivery.body).toMatchObject({ messageId: answer.messageId, phone: person.phone })
  expect(delivery.body).not.toHaveProperty('error')
  return message
}

test('a text arrives as it was written', async () => {
  const text = 'Olá *mundo*\nsegunda linha 🎉'
  const message = await sendToPhone('send-text', { message: text })
  expect(message).toMatchObject({ text, buttons: [] })
  expect(message.stanza.attrs['type']).toBe('text')
})

test('an image arrives with its caption', async () => {
  const picture = sharp({ create: { width: 64, height: 32, channels: 3, background: 'teal' } })
  const png = await picture.png().toBuffer()
  const image = `data:image/png;base64,${png.toString('base64')}`
  const message = await sendToPhone('send-image', { image, caption: 'Uma foto' })
  expect(message).toMatchObject({ text: 'Uma foto', image: { fetched: true } })
  expect(message.stanza.attrs['type']).toBe('media')
})

test('a document arrives whole, under its name', async () => {
  const bytes = Buffer.from('%PDF-1.4 um contrato')
  const message = await sendToPhone('send-document/pdf', {
    document: `data:application/pdf;base64,${bytes.toString('base64')}`,
    fileName: 'contrato',
    caption: 'Assine, por favor',
  })
  const { documentMessage } = message.content
  expect(documentMessage).toMatchObject({
    fileName: 'contrato.pdf',
    mimetype: 'application/pdf',
    caption: 'Assine, por favor',
  })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(Buffer.from(documentMessage?.fileSha256 ?? []).toString('hex')).toBe(sha256)
  expect(message.stanza.attrs['type']).toBe('media')
})

test('a link arrives with the card of its page', async () => {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  const image = `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`
  const card = { title: 'Exemplo', linkDescription: 'Uma página' }
  const linkUrl = 'https://example.com/oferta'
  const message = await sendToPhone('send-link', { message: 'Veja', linkUrl, image, ...card })
  expect(message.text).toBe(`Veja\n${linkUrl}`)
  const { extendedTextMessage } = message.content
  expect(extendedTextMessage).toMatchObject({
    matchedText: linkUrl,
    title: 'Exemplo',
    description: 'Uma página',
  })
  expect(extendedTextMessage?.jpegThumbnail?.length).toBeGreaterThan(100)
})

test('a document that cannot be had ends in a callback with the cause, and is not sent', async () => {
  const person = await journey.newPhone()
  const { zaapId } = (await journey.client.onInstance(instance, 'POST', 'send-document/pdf', {
    phone: person.phone,
    document: 'http://127.0.0.1:25/contrato.pdf',
  })) as { zaapId: string }
  const { body } = await journey.delivery(zaapId)
  expect(JSON.stringify(body)).toContain("The port in the document's URL is not one for HTTP")
  expect(person.messages).toEqual([])
})
