/** Failures that a person plays from the developer panel, and what a client at the other end notices. */

import { EventEmitter, once } from 'node:events'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/src/simulator.js'
import { Lab } from '../../simulator/test/support/lab.js'
import { seriousFaults } from './accessibility.js'
import { openBrowser } from './browser.js'
import { PhoneVisitor } from './phone-visitor.js'
import { MARIA, type PhoneWorld, phoneWorld, sendCode, SHOP } from './phone-world.js'

let browser: Browser
let world: PhoneWorld
let lab: Lab
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

/** The panel of a phone, with the card open. */
async function openCard(number: string, title = 'Play a failure'): Promise<Page> {
  const context = await visitor.look({
    desktop: true,
    language: title.startsWith('P') ? 'en-US' : 'pt-BR',
  })
  const page = await visitor.open(context, `/phones/${number}`)
  await page.getByText(title).click()
  return page
}

const onWhatsapp = async (): Promise<boolean> => {
  const [found] = (await world.client.socket.onWhatsApp(MARIA)) ?? []
  return found?.exists === true
}

test('a number is not on WhatsApp until that is undone', async () => {
  await using page = await openCard(MARIA)
  await page.getByRole('button', { name: 'Play: Not on WhatsApp' }).click()
  await page.getByText('1 active').waitFor()
  expect(await onWhatsapp()).toBe(false)
  expect(await seriousFaults(page)).toEqual([])

  await using again = await openCard(MARIA)
  await again.getByRole('button', { name: 'Undo: Not on WhatsApp' }).click()
  await again.getByRole('button', { name: 'Play: Not on WhatsApp' }).waitFor()
  expect(await onWhatsapp()).toBe(true)
})

test('a failure that was played stays shown when an earlier answer comes late', async () => {
  const context = await visitor.look({ desktop: true, language: 'en-US' })
  await using page = await visitor.open(context, `/phones/${MARIA}`)
  const events = new EventEmitter()
  const [isAsked, isPlayed] = [once(events, 'asked'), once(events, 'played')]
  await page.route(/\/failures$/u, async (route) => {
    const answer = await route.fetch()
    events.emit('asked')
    await isPlayed
    await route.fulfill({ response: answer })
  })
  const late = page.waitForResponse(/\/failures$/u)
  await page.getByText('Play a failure').click()
  await isAsked
  await page.getByRole('button', { name: 'Play: Not on WhatsApp' }).click()
  await page.getByText('1 active').waitFor()
  events.emit('played')
  await (await late).finished()
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  await expect.poll(() => page.getByText('1 active').count()).toBe(1)
  await page.getByRole('button', { name: 'Undo: Not on WhatsApp' }).click()
  await page.getByText('1 active').waitFor({ state: 'detached' })
})

test('a button is refused until that is undone, and a text is not', async () => {
  await using page = await openCard(MARIA)
  await page.getByRole('button', { name: 'Play: Button refused' }).click()
  await page.getByText('1 active').waitFor()
  const { client, maria } = world
  lab.announce(/received error in ack/)
  void sendCode(world, { text: 'Código', code: '1' }).catch(() => undefined)
  await client.until(() => client.updates.find(({ stub }) => stub.includes('473')))
  await client.socket.sendMessage(`${maria.lid}@lid`, { text: 'sem botão' })
  await maria.untilMessage(({ text }) => text === 'sem botão')
  await page.getByRole('button', { name: 'Undo: Button refused' }).click()
  await page.getByText('1 active').waitFor({ state: 'detached' })
  await sendCode(world, { text: 'Código', code: '2' })
  await expect.poll(() => page.getByText('1 active').count()).toBe(0)
})

test('a failure of a sender can be played only where a device is linked', async () => {
  await using page = await openCard(MARIA, 'Simular uma falha')
  const play = (name: string) => page.getByRole('button', { name: `Simular: ${name}` })
  await expect.poll(() => play('Banido').isDisabled()).toBe(true)
  await page.getByText('Só para um número com dispositivo conectado.').first().waitFor()
  await expect.poll(() => play('Não está no WhatsApp').isEnabled()).toBe(true)
})

test('a link is cut and stays so until it is undone; another program takes it over', async () => {
  await using page = await openCard(SHOP)
  await page.getByRole('button', { name: 'Play: Link cut' }).click()
  expect(await world.client.untilClosed()).toBe(428)
  const refused = lab.client(world.client.store)
  expect(await refused.untilClosed()).toBe(503)
  await page.getByRole('button', { name: 'Undo: Link cut' }).click()
  await page.getByRole('button', { name: 'Play: Link cut' }).waitFor()

  const back = await lab.again(world.client)
  await page.getByRole('button', { name: 'Play: Replaced' }).click()
  await page.getByText('Played').waitFor()
  expect(await back.untilClosed()).toBe(440)
})

test('the pages made no error and asked for nothing from elsewhere', () => {
  expect(visitor.complaints).toEqual([])
})
