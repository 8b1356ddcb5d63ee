/** A conversation in the console: it follows what is said, pages back, masks codes, and is replied to. */

import { EventEmitter, once } from 'node:events'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import type { Phone } from '../../simulator/src/phone.js'
import { drawnPicture } from '../tool/pictures.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
let shop: Phone
let instance: SandboxInstance

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
  shop = await world.simulator.addPhone({ phone: '5511977770051', name: 'Loja' })
  instance = await world.client.createInstance('Filial Olinda')
  await pair(world.client, instance, shop)
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

/** Opens the chat with Maria from the list of chats, once it is there. */
async function openChat(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open the chat with' }).first().click()
  await page.locator('.conversation__log').waitFor()
}

test.each([
  ['desktop', desktop],
  ['phone', phone],
])('a person reads a chat and replies, on a %s', async (name, size) => {
  const { client, recipient } = world
  await client.onInstance(instance, 'POST', 'send-button-otp', {
    phone: recipient.phone,
    message: `Seu código (${name}) 845 201`,
    code: '845201',
  })
  await recipient.untilMessage(({ text }) => text.includes(`(${name})`))
  await recipient.send(shop.phone, `Oi do ${name}`)

  const page = await visits.open(`instances/${instance.id}/chats`, context)
  await page.setViewportSize(size)
  await openChat(page)
  const log = page.locator('.conversation__log')
  await log.getByText(`Oi do ${name}`, { exact: true }).waitFor()
  // The code alone is masked.
  await log.getByText(`Seu código (${name}) ••••01`, { exact: true }).waitFor()
  expect(await page.content()).not.toContain('845201')

  // What is said while it is open comes by itself.
  await recipient.send(shop.phone, `Ainda aí? (${name})`)
  await log.getByText(`Ainda aí? (${name})`, { exact: true }).waitFor()
  await page.getByLabel('Reply').fill(`Sim, no ${name}`)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await recipient.untilMessage(({ text }) => text === `Sim, no ${name}`)
  const reply = log.getByText(`Sim, no ${name}`, { exact: true })
  // The kept message takes the place of the one that waited.
  await log.getByRole('link', { name: 'What happened to it' }).waitFor({ state: 'detached' })
  await reply.waitFor()
  await expect.poll(() => page.getByLabel('Reply').inputValue()).toBe('')
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(visits.complaints).toEqual([])
  await page.close()
})

test('an image is a line with a link to its file, and the error of a refused reply stands at its field', async () => {
  const { recipient } = world
  const drawing = '<text x="160" y="110" font-size="48">Loja</text>'
  const image = await drawnPicture(browser, 'jpeg', { width: 320, height: 200, drawing })
  await recipient.share(shop.phone, { image, caption: 'Vitrine' })
  const page = await visits.open(`instances/${instance.id}/chats/${recipient.phone}`, context)
  const log = page.locator('.conversation__log')
  await log.getByText('Vitrine', { exact: true }).waitFor()
  const url = await log.getByRole('link', { name: 'Open the file' }).getAttribute('href')
  const file = await fetch(url ?? '')
  expect(file.status).toBe(200)
  expect(Buffer.from(await file.arrayBuffer()).equals(image)).toBe(true)

  await page.goto(`${world.url}/console/instances/${instance.id}/chats/missing`)
  await page.getByLabel('Reply').fill('Oi')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('.conversation .field').getByRole('alert').waitFor()
  await page.close()
})

test('a long conversation is read page by page, and stays where the person reads', async () => {
  const { recipient } = world
  for (let count = 0; count < 70; count += 1)
    await recipient.send(shop.phone, `Linha ${String(count).padStart(2, '0')}`)
  const page = await visits.open(`instances/${instance.id}/chats/${recipient.phone}`, context)
  const log = page.locator('.conversation__log')
  await log.getByText('Linha 69', { exact: true }).waitFor()
  await log.getByText('Linha 00', { exact: true }).waitFor({ state: 'detached' })
  const older = page.getByRole('button', { name: 'Older messages' })
  for (const line of ['Linha 39', 'Linha 09']) {
    const top = log.getByRole('listitem').first()
    const said = (await top.locator('p').textContent()) ?? ''
    await top.scrollIntoViewIfNeeded()
    await older.click()
    await log.getByText(line, { exact: true }).waitFor()
    // The message that was read first is still in sight.
    await expect
      .poll(() =>
        log.getByText(said, { exact: true }).evaluate((element) => {
          const box = element.getBoundingClientRect()
          const frame = element.closest('.conversation__log')?.getBoundingClientRect()
          return frame !== undefined && box.top >= frame.top - 1 && box.top <= frame.bottom
        }),
      )
      .toBe(true)
  }
  while (await older.isVisible()) {
    const before = await log.getByRole('listitem').count()
    await older.click()
    await expect
      .poll(
        async () => (await older.isHidden()) || (await log.getByRole('listitem').count()) > before,
      )
      .toBe(true)
  }
  await log.getByText('This is the oldest message that is kept.').waitFor()
  await log.getByText('Linha 00', { exact: true }).waitFor()
  await page.close()
})

test('older messages that were asked for come although a message arrives before them', async () => {
  const { recipient } = world
  for (let count = 0; count < 40; count += 1)
    await recipient.send(shop.phone, `Verso ${String(count).padStart(2, '0')}`)
  const page = await visits.open(`instances/${instance.id}/chats/${recipient.phone}`, context)
  const log = page.locator('.conversation__log')
  await log.getByText('Verso 39', { exact: true }).waitFor()
  await page.locator('.live--on').waitFor()
  const events = new EventEmitter()
  const [isAsked, isTold] = [once(events, 'asked'), once(events, 'told')]
  await page.route(/lastMessageId/u, async (route) => {
    events.emit('asked')
    await isTold
    await route.continue()
  })
  await page.getByRole('button', { name: 'Older messages' }).click()
  await isAsked
  // What the page reads after each change of the instance.
  const read = page.waitForRequest((request) => request.url().endsWith(`/${instance.id}`))
  await recipient.send(shop.phone, 'Epílogo')
  await read
  events.emit('told')
  await log.getByText('Verso 09', { exact: true }).waitFor()
  await log.getByText('Epílogo', { exact: true }).waitFor()
  expect(visits.complaints).toEqual([])
  await page.close()
})
