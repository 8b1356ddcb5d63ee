/** The audit trail and the refused calls of one of several numbers, on a desktop and on a phone. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser, desktop)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
  const { client } = world
  for (const name of ['Filial Santos', 'Filial Natal']) {
    const instance = await client.createInstance(name)
    // Without a text it is refused. If it were not, the page would show no call of the instance.
    const call = { phone: '5511999990001' }
    await client.onInstance(instance, 'POST', 'send-text', call).catch(() => {})
  }
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

async function isSound(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(await faultsInBothThemes(page)).toEqual([])
}

test.each([
  ['a desktop', desktop],
  ['a phone', phone],
])(
  'what concerns one number is chosen, and a bookmark keeps the choice, on %s',
  async (_, size) => {
    const page = await visits.open('trail', context)
    await page.setViewportSize(size)
    const santos = page.locator('tbody tr', { hasText: 'Filial Santos' })
    const natal = page.locator('tbody tr', { hasText: 'Filial Natal' })
    const choice = page.locator('select[name=instance]')
    for (const list of ['trail', 'refused']) {
      if (list === 'refused') await page.getByRole('link', { name: 'Refused calls' }).click()
      await santos.first().waitFor()
      await natal.first().waitFor()
      await choice.selectOption({ label: 'Filial Natal' })
      await santos.first().waitFor({ state: 'detached' })
      await natal.first().waitFor()
      await isSound(page)
      await page.reload()
      await natal.first().waitFor()
      await expect.poll(() => santos.count()).toBe(0)
      await choice.selectOption('')
      await santos.first().waitFor()
    }
    await natal.getByRole('link', { name: 'Filial Natal' }).click()
    await page.getByRole('heading', { name: 'Filial Natal' }).waitFor()
    expect(visits.complaints).toEqual([])
    await page.close()
  },
)
