/** What a person does by hand with messages of other kinds, as the client of the other side gets it. */

import type { proto } from 'baileys'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/src/simulator.js'
import { Lab } from '../../simulator/test/support/lab.js'
import { seriousFaults } from './accessibility.js'
import { openBrowser } from './browser.js'
import {
  longText,
  optionList,
  replyButtons,
  sendContent,
  sendProto,
  toneWav,
} from './kind-world.js'
import { type Look, PhoneVisitor } from './phone-visitor.js'
import { MARIA, type PhoneWorld, phoneWorld, SHOP } from './phone-world.js'

let browser: Browser
let lab: Lab
let world: PhoneWorld
let visitor: PhoneVisitor

beforeAll(async () => {
  lab = new Lab(await startSimulator())
  ;[browser, world] = await Promise.all([openBrowser(), phoneWorld(lab)])
  visitor = new PhoneVisitor(browser, lab.simulator.controlUrl)
})

afterAll(async () => {
  await browser.close()
  await lab.close()
  lab.expectNothingUnexpected()
})

async function chat(look: Look = {}): Promise<Page> {
  return visitor.open(await visitor.look(look), `/phones/${MARIA}#chat/${SHOP}`)
}

/** What the client gets of such a kind. */
async function got<Field extends keyof proto.IMessage>(field: Field) {
  const received = await world.client.until(
    () => world.client.received.find(({ key, message }) => !key.fromMe && message?.[field]),
    30_000,
  )
  return received.message?.[field]
}

test('a list opens, and its row is the answer', async () => {
  await using page = await chat({ language: 'pt-BR' })
  const id = await sendProto(world, optionList, 'list')
  await page.getByRole('button', { name: 'Ver opções' }).click()
  const sheet = page.getByRole('dialog', { name: 'Ver opções' })
  await sheet.getByText('com goiabada').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await sheet.getByRole('button', { name: /Torta/ }).click()
  expect(await got('listResponseMessage')).toMatchObject({
    title: 'Torta de limão',
    singleSelectReply: { selectedRowId: 'torta' },
    contextInfo: { stanzaId: id },
  })
  await page.locator('.bubble--out .bubble__quote').waitFor()
})

test('a button answers', async () => {
  await using page = await chat()
  await sendProto(world, replyButtons, 'mixed')
  await page.getByRole('button', { name: 'Ótimo' }).click()
  expect(await got('interactiveResponseMessage')).toMatchObject({ body: { text: 'Ótimo' } })
})

test('a poll counts the vote of a tap, and another takes its place', async () => {
  await using page = await chat({ theme: 'dark' })
  await sendContent(world, {
    poll: { name: 'Qual dia?', values: ['Sexta', 'Sábado'], selectableCount: 1 },
  })
  const option = (name: string) => page.getByRole('button', { name: new RegExp(name) })
  await option('Sexta').click()
  await page.getByRole('button', { name: 'Sexta 1', pressed: true }).waitFor()
  await got('pollUpdateMessage')
  await option('Sábado').click()
  await page.getByRole('button', { name: 'Sábado 1', pressed: true }).waitFor()
  await page.getByRole('button', { name: 'Sexta 0', pressed: false }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('the menu reacts, answers and takes back', async () => {
  await using page = await chat()
  const sent = await sendContent(world, { text: 'Chega às 7?', linkPreview: null })
  const row = page.getByRole('listitem').filter({ hasText: 'Chega às 7?' }).first()
  const menu = row.getByRole('button', { name: 'Message options' })
  await menu.click()
  await page.getByRole('button', { name: '👍' }).click()
  expect(await got('reactionMessage')).toMatchObject({ text: '👍', key: { id: sent.key.id } })
  await row.locator('.bubble__reactions').waitFor()

  await menu.click()
  await page.getByRole('button', { name: 'Reply' }).click()
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill('Às 8')
  await field.press('Enter')
  expect(await got('extendedTextMessage')).toMatchObject({
    text: 'Às 8',
    contextInfo: { stanzaId: sent.key.id },
  })
  const own = page.locator('.row--out').filter({ hasText: 'Às 8' })
  await own.getByRole('button', { name: 'Message options' }).click()
  await page.getByRole('button', { name: 'Delete for everyone' }).click()
  await got('protocolMessage')
  await page.getByText('This message was deleted').waitFor()
})

test('a quote leads to its message, and a long text opens', async () => {
  await using page = await chat()
  const first = await sendContent(world, { text: 'A primeira de todas', linkPreview: null })
  await sendContent(world, { text: longText, linkPreview: null })
  await page.getByRole('button', { name: 'Read more' }).click()
  await page.getByRole('log').getByText('Fim.').waitFor()
  for (const text of ['um', 'dois', 'três']) await sendContent(world, { text, linkPreview: null })
  await sendContent(world, { text: 'Lembra?', linkPreview: null }, first)
  const quoted = page.locator(`[data-key="${first.key.id ?? ''}"]`)
  await page.locator('.bubble__quote').filter({ hasText: 'A primeira de todas' }).click()
  await page.locator(`.row--found[data-key="${first.key.id ?? ''}"]`).waitFor()
  await expect.poll(() => quoted.isVisible()).toBe(true)
})

test('a recording has a player, and a file that is none says so', async () => {
  await using page = await chat({ language: 'pt-BR' })
  await sendContent(world, { audio: toneWav(), mimetype: 'audio/wav', seconds: 1 })
  const player = page.locator('audio').last()
  await player.evaluate(async (audio: HTMLAudioElement) => {
    audio.muted = true
    await audio.play()
  })
  expect(await player.evaluate((audio: HTMLAudioElement) => Math.round(audio.duration))).toBe(1)
  await sendContent(world, { video: Buffer.from('no video'), jpegThumbnail: '' })
  await page.getByText('Vídeo: não foi possível carregar').waitFor()
})

test('the page made no error in all of this', () => {
  expect(visitor.complaints).toEqual([])
})
