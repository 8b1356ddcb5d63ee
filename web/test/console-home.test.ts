/** An operator of several numbers: the home, tags, and what is wrong on every page of a number. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { disconnectedInstances } from '../tool/disconnected-instances.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'
import { shiftsOf, watchShifts } from './layout-shifts.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
/** WhatsApp blocked it, and its receiver answered 410. */
let blocked: SandboxInstance

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser, desktop)
  await watchShifts(context)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
  ;({ blocked } = await disconnectedInstances(world))
  const branch = await world.simulator.addPhone({ phone: '5511977770003', name: 'Filial' })
  const santos = await world.client.createInstance('Filial Santos')
  await pair(world.client, santos, branch)
  await world.client.onInstance(santos, 'POST', 'send-text', {
    phone: world.recipient.phone,
    message: 'Oi',
  })
  await world.client.createInstance('Filial Acari')
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

const counter = (page: Page, label: string, count: number) =>
  page.locator('.counter', { hasText: label }).filter({ hasText: new RegExp(`^${count}`, 'u') })

const rows = (page: Page) => page.locator('tbody tr')

test.each([
  ['a desktop', desktop],
  ['a phone', phone],
])(
  'the home counts, puts problems first, and is searched, sorted and filtered by the address, on %s',
  async (_name, size) => {
    const page = await visits.open('', context)
    await page.setViewportSize(size)
    for (const [label, count] of [
      ['With a problem', 2],
      ['Connected', 1],
      ['Down', 2],
      ['Not linked', 1],
      ['Sent today', 1],
    ] as const)
      await counter(page, label, count).waitFor()
    await rows(page).nth(0).getByText('Filial Olinda').waitFor()
    await rows(page).nth(0).getByText('WhatsApp blocked this number').waitFor()
    await rows(page).nth(0).getByText('Failing').waitFor()
    await rows(page).nth(1).getByText('Filial Natal').waitFor()
    await rows(page).nth(2).getByText('Filial Acari').waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])

    await counter(page, 'Connected', 1).click()
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await rows(page).getByText('Filial Santos').waitFor()
    expect(new URL(page.url()).search).toBe('?show=connected')
    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.getByLabel('Search').fill('77770008')
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await rows(page).getByText('Filial Natal').waitFor()
    await page.reload()
    await rows(page).getByText('Filial Natal').waitFor()
    await expect.poll(() => rows(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.getByLabel('Sort by').selectOption({ label: 'Name' })
    await rows(page).nth(0).getByText('Filial Acari').waitFor()
    await page.close()
  },
)

test('a number gets tags, and is found by them', async () => {
  const page = await visits.open(`instances/${blocked.id}`, context)
  await page.getByRole('button', { name: 'Add tags' }).click()
  await page.getByLabel('Tags').fill('loja, São Paulo, loja')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByRole('button', { name: 'Edit tags' }).waitFor()
  await page.locator('.tags').getByText('São Paulo', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await page.locator('select[name=tag]').selectOption('loja')
  await rows(page).nth(1).waitFor({ state: 'detached' })
  await expect
    .poll(() => rows(page).allTextContents())
    .toEqual([expect.stringContaining('Filial Olinda')])
  await page.close()
})

test.each([
  ['a desktop', desktop],
  ['a phone', phone],
])('every page of a number shows what is wrong with it, on %s', async (_name, viewport) => {
  const page = await visits.open(`instances/${blocked.id}`, context)
  await page.setViewportSize(viewport)
  for (const tab of ['Send', 'Messages', 'Queue', 'Callbacks', 'Settings', 'Health', 'Overview']) {
    const link = page.locator('.tabs').getByRole('link', { name: tab, exact: false })
    await link.click()
    await page.locator(`.tabs [aria-current=page]`, { hasText: tab }).waitFor()
    await page.getByText('WhatsApp blocked this number').first().waitFor()
    await page.getByText('Do not pair the number again').first().waitFor()
    await page.getByText('this address answered 410').waitFor()
    const box = await link.boundingBox()
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= viewport.width).toBe(true)
  }
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.close()
})

test('a trouble that comes while a page is open stands at its end, and moves nothing', async () => {
  const { client, simulator } = world
  const branch = await simulator.addPhone({ phone: '5511977770004', name: 'Filial Bauru' })
  const bauru = await client.createInstance('Filial Bauru')
  await pair(client, bauru, branch)
  const home = await visits.open('', context)
  await home.getByText('Filial Bauru').waitFor()
  const page = await visits.open(`instances/${bauru.id}/queue`, context)
  await page.getByText('Nothing waits.').waitFor()
  await branch.unlink(branch.linkedDevices()[0]?.device ?? -1)
  await page.locator('.banners--bottom').getByText('The device was unlinked').waitFor()
  await counter(home, 'Down', 3).waitFor()
  await home.getByRole('button', { name: 'Show as it is now' }).waitFor()
  expect(await shiftsOf({ home, page })).toEqual([])
  await page.locator('.tabs').getByRole('link', { name: 'Messages' }).click()
  await page.locator('.banners--top').getByText('The device was unlinked').waitFor()
  await home.close()
  await page.close()
})

test('a number without its country is asked about, and what is wrong stands at its field', async () => {
  const { id } = await world.client.createInstance('Filial Xapuri')
  const page = await visits.open(`instances/${id}`, context)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  const qr = await page.getByRole('img', { name: 'QR code' }).boundingBox()
  expect((qr?.y ?? Infinity) + (qr?.height ?? 0)).toBeLessThanOrEqual(phone.height)
  const field = page.getByLabel('Number of the phone')
  await field.fill('Ninguém')
  await page.getByRole('button', { name: 'Get a code' }).click()
  await page.locator('.field', { has: field }).getByText('phone is not a number').waitFor()
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('11 97777-0005')
  await page.getByText('The country is missing. Is it +55 11 97777-0005?').waitFor()
  await page.getByRole('button', { name: 'Yes, use it' }).click()
  await expect.poll(() => field.inputValue()).toBe('+5511977770005')
  await page.getByText('The country is missing').waitFor({ state: 'detached' })
  expect(visits.complaints).toEqual([])
  await page.close()
})
