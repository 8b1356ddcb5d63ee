/** Chats and the queue are searched, and what a limit holds is read, in a real browser, on a desktop and on a phone. */

import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
let linked: SandboxInstance
let unlinked: SandboxInstance
let limited: SandboxInstance

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
  const { client, simulator } = world
  const shop = await simulator.addPhone({ phone: '5511977770061', name: 'Loja' })
  linked = await client.createInstance('Filial Olinda')
  await pair(client, linked, shop)
  for (const [number, name] of [
    ['5511977770062', 'João'],
    ['5511977770063', 'Beatriz'],
  ] as const) {
    const person = await simulator.addPhone({ phone: number, name })
    await person.send(shop.phone, `Oi, ${name}`)
  }
  unlinked = await client.createInstance('Filial Natal')
  for (const to of ['5511977770062', '5511977770063', '5521988887777'])
    await client.onInstance(unlinked, 'POST', 'send-text', { phone: to, message: 'Oi' })
  const other = await simulator.addPhone({ phone: '5511977770064', name: 'Filial' })
  limited = await client.createInstance('Filial Manaus')
  await pair(client, limited, other)
  await client.onInstance(limited, 'PUT', 'update-sending-limits', { dailyMessages: 1 })
  for (const to of ['5511977770062', '5511977770063'])
    await client.onInstance(limited, 'POST', 'send-text', { phone: to, message: 'Oi' })
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

const sizes = [
  ['desktop', desktop],
  ['phone', phone],
] as const

test.each(sizes)('a chat is found by name and by number, on a %s', async (_name, size) => {
  const page = await visits.open(`instances/${linked.id}/chats`, context)
  await page.setViewportSize(size)
  const chats = page.getByRole('link', { name: 'Open the chat with' })
  await expect.poll(() => chats.count()).toBe(2)
  const field = page.getByRole('searchbox', { name: 'Search' })
  await field.fill('joao')
  await expect.poll(() => chats.allTextContents()).toEqual(['João'])
  expect(new URL(page.url()).searchParams.get('search')).toBe('joao')
  await page.reload()
  await expect.poll(() => chats.allTextContents()).toEqual(['João'])
  await expect.poll(() => field.inputValue()).toBe('joao')
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

  await chats.click()
  await page.locator('.conversation__log').getByText('Oi, João').waitFor()
  await page.getByRole('link', { name: 'Close' }).click()
  await expect.poll(() => chats.allTextContents()).toEqual(['João'])
  await field.fill('97777-0063')
  await expect.poll(() => chats.allTextContents()).toEqual(['Beatriz'])
  await field.fill('Pedro')
  await page.getByText('No chat has this in its name or number.').waitFor()
  await field.fill('')
  await expect.poll(() => chats.count()).toBe(2)
  expect(new URL(page.url()).search).toBe('')
  expect(visits.complaints).toEqual([])
  await page.close()
})

test.each(sizes)('a queued message is found by its number, on a %s', async (_name, size) => {
  const page = await visits.open(`instances/${unlinked.id}/queue`, context)
  await page.setViewportSize(size)
  const rows = page.locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(3)
  const field = page.getByRole('searchbox', { name: 'Search' })
  await field.fill('(11) 97777-0063')
  await expect.poll(() => rows.count()).toBe(1)
  await rows.getByText('+55 11 97777-0063').waitFor()
  // The count is that of the whole queue.
  await page.getByText('3 messages wait.').waitFor()
  await page.reload()
  await expect.poll(() => rows.count()).toBe(1)
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await field.fill('ABC')
  await page.getByText('No message that waits has this number or id.').waitFor()
  await field.fill('')
  await expect.poll(() => rows.count()).toBe(3)
  expect(visits.complaints).toEqual([])
  await page.close()
})

test.each(sizes)(
  'a row of the queue is as high while a limit holds it, on a %s',
  async (_name, size) => {
    const page = await visits.open(`instances/${unlinked.id}/queue`, context)
    await page.setViewportSize(size)
    const rows = page.locator('tbody tr')
    await rows.first().waitFor()
    const { height } = (await rows.last().boundingBox()) ?? {}
    await page.goto(`${world.url}/console/instances/${limited.id}/queue`)
    await rows.getByText('Daily limit').waitFor()
    await expect.poll(async () => (await rows.last().boundingBox())?.height).toBe(height)
    const isCut = await page.evaluate(
      "[...document.querySelectorAll('tbody td')].some((cell) => cell.scrollWidth > cell.clientWidth)",
    )
    expect(isCut).toBe(false)
    expect(await faultsInBothThemes(page)).toEqual([])
    expect(visits.complaints).toEqual([])
    await page.close()
  },
)
