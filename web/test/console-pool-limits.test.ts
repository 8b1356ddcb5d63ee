/** The limits of a pool in a real browser: changed by a person, on a desktop and on a phone, and followed by its messages. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

async function linked(name: string, number: string): Promise<SandboxInstance> {
  const own = await world.simulator.addPhone({ phone: number, name })
  const instance = await world.client.createInstance(name)
  await pair(world.client, instance, own)
  return instance
}

const limitsOn = (page: Page) => page.locator('section.card', { hasText: 'How much it may send' })

/** As a person does it. Not by the notice: one of an earlier save may still stand. */
async function setMost(page: Page, most: string): Promise<void> {
  await limitsOn(page).getByLabel('Most messages a day').fill(most)
  await save(page)
}

async function save(page: Page): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await limitsOn(page).getByRole('button', { name: 'Save' }).click()
  expect((await answered).ok()).toBe(true)
}

async function fitsItsScreen(page: Page): Promise<void> {
  const wider = 'document.documentElement.scrollWidth - innerWidth'
  expect(await page.evaluate(wider)).toBeLessThanOrEqual(0)
  expect(await faultsInBothThemes(page)).toEqual([])
}

test('the limit of a pool holds a text until it is raised, and each number shows where it stands', async () => {
  const [recife, natal] = [
    await linked('Filial Recife', '5511977773001'),
    await linked('Filial Natal', '5511977773002'),
  ]
  const pool = await world.client.createPool('Offers', [recife, natal])
  for (const member of [recife, natal])
    await world.client.onInstance(member, 'PUT', 'update-sending-limits', { dailyMessages: 5 })
  const send = (message: string) =>
    world.client.onInstance(pool, 'POST', 'send-text', { phone: world.recipient.phone, message })

  const page = await visits.open(`pools/${pool.id}`, context)
  await setMost(page, '1')
  await limitsOn(page).getByText('0 of 1').waitFor()
  await page.getByRole('row', { name: /Filial Recife.*Ready.*0 of 5/u }).waitFor()
  await page.getByRole('row', { name: /Filial Natal.*Ready.*0 of 5/u }).waitFor()

  await send('Oferta 1')
  const { from } = await world.recipient.untilMessage(({ text }) => text === 'Oferta 1')
  await send('Oferta 2')
  const [writer, other] = from.endsWith('1') ? ['Recife', 'Natal'] : ['Natal', 'Recife']
  await page.getByRole('row', { name: new RegExp(`Filial ${writer}.*1 of 5`, 'u') }).waitFor()
  await page.getByRole('row', { name: new RegExp(`Filial ${other}.*0 of 5`, 'u') }).waitFor()
  await page.getByText('0 codes, 1 others').waitFor()
  await page.reload()
  await limitsOn(page).getByText('1 of 1').waitFor()
  expect(world.recipient.messages.map(({ text }) => text)).not.toContain('Oferta 2')
  await fitsItsScreen(page)

  await page.setViewportSize(phone)
  await setMost(page, '2')
  await world.recipient.untilMessage(({ text }) => text === 'Oferta 2')
  await page.getByText('0 codes, 0 others').waitFor()
  await page.getByText('2 of 5').waitFor()
  await page.reload()
  await limitsOn(page).getByText('2 of 2').waitFor()
  await page.getByText('2 of 5').waitFor()
  await fitsItsScreen(page)

  expect(visits.complaints).toEqual([])
  await page.close()
})

test('the warm-up of a pool is that of its new members, until one chooses for itself', async () => {
  const [olinda, caruaru] = [
    await linked('Filial Olinda', '5511977773003'),
    await linked('Filial Caruaru', '5511977773004'),
  ]
  const pool = await world.client.createPool('Codes', [olinda, caruaru])
  const page = await visits.open(`pools/${pool.id}`, context)
  await limitsOn(page).getByLabel('Warm up new members').check()
  await save(page)
  for (const name of ['Olinda', 'Caruaru'])
    await page
      .getByRole('row', { name: new RegExp(`${name}.*0 of 20.*day 1 of 14: pool`, 'u') })
      .waitFor()
  await fitsItsScreen(page)

  await page.goto(`${world.url}/console/instances/${olinda.id}/settings`)
  await limitsOn(page).getByRole('link', { name: 'The warm-up of its pool' }).waitFor()
  await fitsItsScreen(page)
  await limitsOn(page).getByLabel('Warm-up of a new number').selectOption('No')
  await page.setViewportSize(phone)
  await save(page)
  await limitsOn(page).getByText('Limit of today from').waitFor({ state: 'detached' })
  await fitsItsScreen(page)
  await page.goto(`${world.url}/console/pools/${pool.id}`)
  // Waiting for a text fails if it is there twice.
  await page.getByText('0 of 20').waitFor()
  await page.getByText('day 1 of 14: pool').waitFor()
  await fitsItsScreen(page)

  expect(visits.complaints).toEqual([])
  await page.close()
})
