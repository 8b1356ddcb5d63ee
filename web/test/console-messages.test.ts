/** An operator finds a message among those of all numbers, by keyboard, and saves the list as a file. */

import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext } from 'playwright-core'
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
    const code = { message: 'Código 845201', code: '845201' }
    await client.onInstance(instance, 'POST', 'send-button-otp', {
      phone: '5511999990001',
      ...code,
    })
    const text = { phone: '5521988887777', message: 'Oi' }
    await client.onInstance(instance, 'POST', 'send-text', text)
  }
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

test('messages of all numbers are found by keyboard', async () => {
  const page = await visits.open('', context)
  await page.locator('nav button').waitFor()
  await page.keyboard.press('/')
  await page.getByText('4 messages').waitFor()
  await page.keyboard.type('9999-0001')
  await page.getByText('2 messages').waitFor()
  await page.waitForURL((url) => url.searchParams.get('text') === '9999-0001')
  // The total of '9999' is 2 as well: rows of the whole search are there once its file can be saved.
  await page.locator('a[download][href*="text=9999-0001"]').waitFor()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(2)

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('.timeline').waitFor()
  await page.locator('tr.chosen', { hasText: 'Filial Santos' }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.locator('.timeline').waitFor({ state: 'detached' })
  expect(visits.complaints).toEqual([])
  await page.close()
})

test.each([
  ['a desktop', desktop],
  ['a phone', phone],
])('messages are searched, filtered, opened and saved as a file, on %s', async (_name, size) => {
  const page = await visits.open('', context)
  await page.setViewportSize(size)
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await page.getByText('4 messages').waitFor()
  await page.getByLabel('Search').fill('9999-0001')
  await page.getByText('2 messages').waitFor()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(2)
  // On a phone they are folded.
  const filters = page.locator('.found-more')
  if (size === phone) await filters.locator('summary').click()
  await filters.locator('select[name=instance]').selectOption({ label: 'Filial Natal' })
  await page.getByText('1 message', { exact: true }).waitFor()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(1)
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save as CSV' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(file.trim().split('\r\n')).toHaveLength(2)
  expect(file).toContain(',5511999990001,otp-button,high,queued,')
  expect(file).not.toContain('845201')

  await page.locator('[data-row]').click()
  await page.locator('.timeline').waitFor()
  await page.getByRole('link', { name: 'Close' }).click()
  await page.locator('.timeline').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('')
  await page.getByText('4 messages').waitFor()
  expect(visits.complaints).toEqual([])
  await page.close()
})

test('a bookmark of a search is read on a phone, in Portuguese', async () => {
  const { instances } = await context.request
    .get(`${world.url}/console/api/instances`)
    .then((answer) => answer.json())
  const natal = instances.find(({ name }: { readonly name: string }) => name === 'Filial Natal')
  const page = await visits.open(`messages?text=9999-0001&instance=${natal.id}`, context)
  await page.setViewportSize(phone)
  await page.reload()
  await page.getByText('1 message', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('1 mensagem', { exact: true }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  expect(width).toBeLessThanOrEqual(phone.width)
  await page.getByRole('button', { name: 'Limpar tudo' }).click()
  await page.getByText('4 mensagens').waitFor()
  expect(visits.complaints).toEqual([])

  // What a page cannot draw takes the navigation and the other pages with it otherwise.
  await page.route('**/console/api/messages*', (route) =>
    route.fulfill({ json: { messages: [{}] } }),
  )
  await page.reload()
  await page.getByText('Não foi possível mostrar esta página.').waitFor()
  await page.getByRole('link', { name: 'Instâncias' }).click()
  await page.getByRole('heading', { name: 'Instâncias' }).waitFor()
})
