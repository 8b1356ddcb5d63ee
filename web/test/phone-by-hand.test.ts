/** What a person does by hand on the phone page, each with the callback that the gateway tells of it. */

import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Journey } from '../../gateway/test/support/journey.js'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import type { Phone } from '../../simulator/src/phone.js'
import { openBrowser } from './browser.js'
import { PhoneVisitor } from './phone-visitor.js'

let journey: Journey
let instance: SandboxInstance
/** The phone of the gateway's number. */
let shop: Phone
let maria: Phone
let ana: Phone
let browser: Browser
let visitor: PhoneVisitor
let page: Page

beforeAll(async () => {
  ;[journey, browser] = await Promise.all([Journey.start(), openBrowser()])
  ;({ instance, phone: shop } = await journey.pairedInstance())
  maria = await journey.newPhone()
  ana = await journey.newPhone()
  visitor = new PhoneVisitor(browser, journey.simulator.controlUrl)
  page = await visitor.open(await visitor.look(), `/phones/${maria.phone}#chat/${shop.phone}`)
})

afterAll(async () => {
  await browser.close()
  await journey[Symbol.asyncDispose]()
})

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../gateway/test/media/${name}`, import.meta.url))

type Told = Readonly<Record<string, unknown>>

/** What the gateway tells of a message of hers that has `key`, and was not told before. */
async function told(key: string, act: () => Promise<unknown>): Promise<Told> {
  const earlier = new Set(journey.callbacks.received)
  await act()
  const { body } = await journey.callbacks.next(
    (callback) =>
      !earlier.has(callback) &&
      callback.body['type'] === 'ReceivedCallback' &&
      callback.body['fromMe'] === false &&
      key in callback.body,
  )
  expect(body['phone']).toBe(maria.phone)
  return body
}

/** Has the gateway send it. Returns its id once Maria's phone has it. */
async function sent(action: string, body: object): Promise<string> {
  const full = { phone: maria.phone, ...body }
  const answer = await journey.client.onInstance(instance, 'POST', action, full)
  const { messageId } = answer as { readonly messageId: string }
  await maria.untilMessage(({ id }) => id === messageId)
  return messageId
}

async function write(text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill(text)
  await field.press('Enter')
}

async function choose(of: Locator, what: string): Promise<void> {
  await of.getByRole('button', { name: 'Message options' }).click()
  await page.getByRole('dialog').getByRole('button', { name: what }).click()
}

const rowOf = (id: unknown): Locator => page.locator(`[data-key="${String(id)}"]`)

async function attach(what: string): Promise<void> {
  await page.getByRole('button', { name: 'Attach' }).click()
  await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click()
}

test('a text is written, corrected, reacted to, pinned and deleted', async () => {
  const { messageId, text } = await told('text', () => write('Chego às 7'))
  expect(text).toEqual({ message: 'Chego às 7' })

  const edited = await told('text', async () => {
    await choose(rowOf(messageId), 'Edit')
    await write('Chego às 8')
  })
  expect(edited).toMatchObject({ messageId, isEdit: true, text: { message: 'Chego às 8' } })
  await rowOf(messageId).getByText('Chego às 8').waitFor()

  const reaction = await told('reaction', () => choose(rowOf(messageId), '👍'))
  expect(reaction).toMatchObject({
    reaction: { value: '👍', referencedMessage: { messageId } },
  })
  const pinned = await told('pinMessage', () => choose(rowOf(messageId), 'Pin for a day'))
  expect(pinned['pinMessage']).toMatchObject({ action: 'pin', referencedMessage: { messageId } })

  const deleted = await told('notification', () => choose(rowOf(messageId), 'Delete for everyone'))
  expect(deleted).toMatchObject({ messageId, notification: 'REVOKE' })
})

test('a message of the gateway is answered, and a message of another chat is passed on to it', async () => {
  const question = await sent('send-text', { message: 'Quando?' })
  const answer = await told('text', async () => {
    await choose(rowOf(question), 'Reply')
    await write('Amanhã')
  })
  expect(answer).toMatchObject({ referenceMessageId: question, text: { message: 'Amanhã' } })

  const { id } = await ana.send(maria.phone, 'Receita de bolo')
  await maria.untilMessage((message) => message.id === id)
  const chat = visitor.open(await visitor.look(), `/phones/${maria.phone}#chat/${ana.phone}`)
  await using other = await chat
  const row = other.locator(`[data-key="${id}"]`)
  const passedOn = await told('text', async () => {
    await row.getByRole('button', { name: 'Message options' }).click()
    await other.getByRole('dialog').getByRole('button', { name: 'Forward' }).click()
    await other.getByRole('dialog').getByRole('button', { name: shop.name }).click()
  })
  expect(passedOn).toMatchObject({ forwarded: true, text: { message: 'Receita de bolo' } })
})

const square = sharp({ create: { width: 512, height: 512, channels: 3, background: 'teal' } })

/** By the word of the page: the key of the callback, what it tells, and the attribute with the file's address. */
const files = [
  {
    label: 'Photo',
    key: 'image',
    facts: { width: 512, height: 512 },
    url: 'imageUrl',
    mimeType: 'image/jpeg',
    buffer: await square.jpeg().toBuffer(),
  },
  {
    label: 'Video',
    key: 'video',
    facts: {},
    url: 'videoUrl',
    mimeType: 'video/mp4',
    buffer: fixture('video.mp4'),
  },
  {
    label: 'Document',
    key: 'document',
    facts: { fileName: 'enviado' },
    url: 'documentUrl',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4'),
  },
  {
    label: 'Audio',
    key: 'audio',
    facts: { ptt: false },
    url: 'audioUrl',
    mimeType: 'audio/mpeg',
    buffer: fixture('sound.mp3'),
  },
  {
    label: 'Voice message',
    key: 'audio',
    facts: { ptt: true, seconds: 2 },
    url: 'audioUrl',
    mimeType: 'audio/ogg',
    buffer: fixture('voice.ogg'),
  },
  {
    label: 'Sticker',
    key: 'sticker',
    facts: {},
    url: 'stickerUrl',
    mimeType: 'image/webp',
    buffer: await square.webp().toBuffer(),
  },
]

test.each(files)('$label is attached', async ({ label, key, facts, url, mimeType, buffer }) => {
  const body = await told(key, async () => {
    await page.getByRole('button', { name: 'Attach' }).click()
    const field = page.getByRole('dialog').getByLabel(label, { exact: true })
    await field.setInputFiles({ name: 'enviado', mimeType, buffer })
  })
  const { [url]: address, ...content } = Object(body[key])
  expect(content).toMatchObject({ ...facts, mimeType: expect.stringMatching(`^${mimeType}`) })
  const file = await fetch(String(address))
  expect(Buffer.from(await file.arrayBuffer()).equals(buffer)).toBe(true)
  await rowOf(body['messageId']).waitFor()
})

test('a place, a contact and a poll are attached', async () => {
  const sheet = page.getByRole('dialog')
  const place = await told('location', async () => {
    await attach('Location')
    await sheet.getByLabel('Latitude').fill('-23.5')
    await sheet.getByLabel('Longitude').fill('-46.6')
    await sheet.getByLabel('Name of the place').fill('Praça')
    await sheet.getByRole('button', { name: 'Send' }).click()
  })
  expect(place['location']).toMatchObject({ latitude: -23.5, longitude: -46.6, name: 'Praça' })
  const contact = await told('contact', async () => {
    await attach('Contact')
    await sheet.getByRole('button', { name: ana.name }).click()
  })
  expect(contact['contact']).toMatchObject({ displayName: ana.name, phones: [ana.phone] })
  const poll = await told('poll', async () => {
    await attach('Poll')
    await sheet.getByLabel('Question').fill('Onde?')
    await sheet.getByLabel('Options, one a line').fill('Aqui\nAli')
    await sheet.getByRole('button', { name: 'Send' }).click()
  })
  expect(poll['poll']).toMatchObject({
    question: 'Onde?',
    options: [{ name: 'Aqui' }, { name: 'Ali' }],
  })
})

test('a vote, a button and a row of a list are tapped', async () => {
  const poll = await sent('send-poll', {
    message: 'Dia?',
    poll: [{ name: 'Sex' }, { name: 'Sáb' }],
  })
  const vote = await told('pollVote', () =>
    rowOf(poll).getByRole('button', { name: /Sáb/u }).click(),
  )
  expect(vote['pollVote']).toMatchObject({ pollMessageId: poll, options: [{ name: 'Sáb' }] })

  const buttons = [{ id: 'sim', label: 'Gostei' }]
  const asked = await sent('send-button-list', { message: 'Gostou?', buttonList: { buttons } })
  const tap = await told('buttonsResponseMessage', () =>
    rowOf(asked).getByRole('button', { name: 'Gostei' }).click(),
  )
  expect(tap).toMatchObject({
    referenceMessageId: asked,
    buttonsResponseMessage: { buttonId: 'sim', message: 'Gostei' },
  })

  const options = [{ id: 'v', title: 'Vendas', description: 'Comprar' }]
  const optionList = { title: 'Menu', buttonLabel: 'Ver opções', options }
  const list = await sent('send-option-list', { message: 'Como ajudar?', optionList })
  const chosen = await told('listResponseMessage', async () => {
    await rowOf(list).getByRole('button', { name: 'Ver opções' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Vendas/u })
      .click()
  })
  expect(chosen['listResponseMessage']).toMatchObject({ title: 'Vendas', selectedRowId: 'v' })
})

test('the page made no error in all of this', () => {
  expect(visitor.complaints).toEqual([])
})
