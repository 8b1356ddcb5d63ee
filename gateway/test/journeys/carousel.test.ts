/** Cards to scroll through, and buttons below an image or a video, up to the phone. */

import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'
import { bizOf, plansOf } from '../support/kind-on-stage.js'

let journey: Journey
let instance: SandboxInstance
let image: string

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
  const picture = sharp({ create: { width: 64, height: 32, channels: 3, background: 'teal' } })
  image = `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`
})

afterAll(() => journey[Symbol.asyncDispose]())

const send = async (action: string, phone: string, body: object) =>
  (await journey.client.onInstance(instance, 'POST', action, { phone, ...body })) as SendAnswer

const carousel = () => ({
  message: 'Novidades',
  carousel: [
    {
      text: 'Camiseta',
      image,
      buttons: [
        { type: 'URL', url: 'https://example.com/a', label: 'Ver' },
        { type: 'REPLY', id: 'quero', label: 'Quero' },
      ],
    },
    { text: 'Boné', image, buttons: [{ type: 'REPLY', label: 'Também' }] },
  ],
})

test('a carousel arrives with its cards, and is the same stanza when asked for again', async () => {
  const person = await journey.newPhone()
  const plans = plansOf(journey, person)
  await journey.setFaults({ decryption: [{ phone: person.phone, times: 1 }] })
  const { messageId } = await send('send-carousel', person.phone, carousel())
  const { content, stanza } = await shown(person, messageId)
  const { body, carouselMessage } = content.interactiveMessage ?? {}
  expect(body?.text).toBe('Novidades')
  expect(carouselMessage?.cards).toMatchObject([
    {
      header: { hasMediaAttachment: true, imageMessage: { mimetype: 'image/jpeg' } },
      body: { text: 'Camiseta' },
      nativeFlowMessage: { buttons: [{ name: 'cta_url' }, { name: 'quick_reply' }] },
    },
    { body: { text: 'Boné' }, nativeFlowMessage: { buttons: [{ name: 'quick_reply' }] } },
  ])
  expect(bizOf(stanza)[0]).toContain('name=mixed')
  expect(plans()).toHaveLength(2)
  expect(plans()[1]).toEqual(plans()[0])
})

test('a refused carousel goes as its text and an image for each card, and no answer has the number of another', async () => {
  const person = await journey.newPhone()
  await journey.setFaults({ acks: [{ kind: 'error', code: 473, to: person.phone, times: 1 }] })
  const { zaapId } = await send('send-carousel', person.phone, carousel())
  const lastCard = 'Boné\n\n2 - Também\n\nResponda com o número da opção.'
  await person.untilMessage(({ text }) => text === lastCard)
  expect(person.messages.map(({ text }) => text)).toEqual([
    'Novidades',
    'Camiseta\n\n1 - Quero\n\nResponda com o número da opção.\n\nVer: https://example.com/a',
    lastCard,
  ])
  expect(person.messages.slice(1).map(({ content }) => Object.keys(content))).toEqual([
    expect.arrayContaining(['imageMessage']),
    expect.arrayContaining(['imageMessage']),
  ])
  expect((await journey.delivery(zaapId)).body).toMatchObject({
    fallback: { code: 473, sentAs: 'text' },
  })
})

test('one card alone goes as a message with buttons', async () => {
  const person = await journey.newPhone()
  const [, card] = carousel().carousel
  const { messageId } = await send('send-carousel', person.phone, {
    message: 'A',
    carousel: [card],
  })
  expect((await shown(person, messageId)).content.interactiveMessage).toMatchObject({
    header: { hasMediaAttachment: true },
    body: { text: 'A\n\nBoné' },
    nativeFlowMessage: { buttons: [{ name: 'quick_reply' }] },
  })
})

test('buttons below an image show it on every client, and go as its caption where they are refused', async () => {
  const person = await journey.newPhone()
  const body = { message: 'Gostou?', buttonList: { image, buttons: [{ label: 'Sim' }] } }
  const { messageId } = await send('send-button-list-image', person.phone, body)
  const message = await shown(person, messageId)
  expect(message.content.interactiveMessage?.header).toMatchObject({ hasMediaAttachment: true })
  expect(message.shows).toEqual({ android: true, ios: true, web: true })

  await journey.setFaults({ acks: [{ kind: 'error', code: 473, to: person.phone, times: 1 }] })
  await send('send-button-list', person.phone, body)
  const caption = 'Gostou?\n\n1 - Sim\n\nResponda com o número da opção.'
  const plain = await person.untilMessage(({ text }) => text === caption)
  expect(plain.content.imageMessage).toMatchObject({ caption })
})

test('buttons below a video show it, and go as its caption where they are refused', async () => {
  const person = await journey.newPhone()
  const bytes = readFileSync(new URL('../media/video.mp4', import.meta.url))
  const video = `data:video/mp4;base64,${bytes.toString('base64')}`
  const body = { message: 'Gostou?', buttonList: { video, buttons: [{ label: 'Sim' }] } }
  const { messageId } = await send('send-button-list-video', person.phone, body)
  const message = await shown(person, messageId)
  expect(message.content.interactiveMessage?.header).toMatchObject({
    hasMediaAttachment: true,
    videoMessage: { mimetype: 'video/mp4' },
  })
  expect(message.shows).toEqual({ android: true, ios: true, web: true })

  await journey.setFaults({ acks: [{ kind: 'error', code: 479, to: person.phone, times: 1 }] })
  const { zaapId } = await send('send-button-list', person.phone, body)
  const { body: delivery } = await journey.delivery(zaapId)
  expect(delivery).toMatchObject({ fallback: { code: 479, sentAs: 'video' } })
  const plain = await shown(person, delivery['messageId'] as string)
  expect(plain.content.videoMessage).toMatchObject({
    caption: 'Gostou?\n\n1 - Sim\n\nResponda com o número da opção.',
  })
})

test('a catalogue and a product go as links that the apps open', async () => {
  const person = await journey.newPhone()
  const shop = { catalogPhone: '5511999990000' }
  const catalog = await send('send-catalog', person.phone, { ...shop, title: 'Loja' })
  const url = 'https://wa.me/c/5511999990000'
  expect((await shown(person, catalog.messageId)).content.extendedTextMessage).toMatchObject({
    text: `Veja nosso catálogo\n${url}`,
    matchedText: url,
    title: 'Loja',
  })
  const product = await send('send-product', person.phone, {
    ...shop,
    productId: '7190654897637620',
  })
  expect((await shown(person, product.messageId)).text).toBe(
    'https://wa.me/p/7190654897637620/5511999990000',
  )
})
