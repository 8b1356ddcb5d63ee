/** The console in a real browser, before a real gateway and the pretend WhatsApp. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallbackReceiver } from '../../sandbox/src/callback-receiver.js'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'
import { ConsoleVisits, enterConsole, newVisitor, phone } from './console-visitor.js'
import { firstPaintMs } from './first-paint.js'
import { shiftsOf, watchShifts } from './layout-shifts.js'

const built = fileURLToPath(new URL('../dist/console/', import.meta.url))

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
/** Paired by the first test, and used by those behind it. */
let campinas: SandboxInstance
/** A person who is logged in. */
let context: BrowserContext

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  await watchShifts(context)
  const page = await open('')
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

function open(path: string, by = context): Promise<Page> {
  return visits.open(path, by)
}

/** The page of a virtual phone, which the simulator serves. */
async function openPhone(number: string, place = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${world.simulator.controlUrl}/phones/${number}${place}`)
  return page
}

/** Types the linking code on a virtual phone. */
async function link(number: string, said: string): Promise<void> {
  const page = await openPhone(number, '#linked')
  await page.getByRole('textbox').fill(said)
  await page.getByRole('button', { name: 'Link' }).click()
  await page.getByText('Device linked').waitFor()
  await page.close()
}

test('pairs a virtual phone, sends a code to another, where it is copied, and sees the ticks turn blue', async () => {
  await world.simulator.addPhone({ phone: '5511977770001', name: 'Filial' })
  const page = await open('')
  await page.getByRole('button', { name: 'New instance' }).click()
  await page.getByLabel('Name').fill('Filial Campinas')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByText('it is not shown again').waitFor()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('heading', { name: 'Filial Campinas' }).waitFor()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Scan with a virtual phone' }).click()
  const branch = await opened
  await branch.getByRole('heading', { name: 'Which phone scans?' }).waitFor()
  await branch.getByRole('link', { name: /Filial/ }).click()
  await branch.getByText('Device linked').waitFor()
  await branch.waitForURL(`${world.simulator.controlUrl}/phones/5511977770001#linked`)
  await branch.close()
  await page.getByText('messages go and come').waitFor()

  await page.getByRole('link', { name: 'Send a code' }).click()
  await page.getByLabel('To', { exact: true }).fill(world.recipient.phone)
  await page.getByLabel('Text', { exact: true }).fill('Your code for *Campinas*')
  await page.getByLabel('Code', { exact: true }).fill('731946')
  const preview = page.locator('.preview')
  await preview.locator('strong', { hasText: 'Campinas' }).waitFor()
  await preview.getByRole('button', { name: 'Copy code' }).waitFor()
  await preview
    .getByRole('row', { name: /^iPhone Likely\s*2026-04-29 Unknown\s*2026-07-27$/ })
    .waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('link', { name: 'Follow it' }).click()
  const course = page.locator('.card--important')
  await course.getByText('On the phone').waitFor()
  await course.getByText('Two ticks', { exact: true }).waitFor({ state: 'attached' })

  const customer = await openPhone(world.recipient.phone)
  await customer.getByRole('link', { name: /Your code for Campinas/ }).click()
  await customer.getByRole('log').getByText('Campinas', { exact: true }).waitFor()
  await customer.getByRole('button', { name: 'Copy code' }).click()
  await expect.poll(() => customer.evaluate('navigator.clipboard.readText()')).toBe('731946')
  await customer.close()
  await course.getByText('Two blue ticks').waitFor({ state: 'attached' })
  const row = page.locator('tbody tr').first()
  await row.getByText('Two blue ticks').waitFor({ state: 'attached' })
  await course.locator('.timeline').getByText('Read', { exact: true }).waitFor()
  expect(await page.content()).not.toContain('731946')
  const paired = await world.client.findInstance('Filial Campinas')
  if (paired !== undefined) campinas = paired
  await page.close()
})

test('moves nothing on any screen while a number is paired by code and all that follows arrives', async () => {
  await using receiver = await CallbackReceiver.start()
  receiver.answerStatus = 500
  const { client, recipient, simulator } = world
  const branch = await simulator.addPhone({ phone: '5511977770002', name: 'Filial Bauru' })
  const bauru = await client.createInstance('Filial Bauru')
  await client.onInstance(bauru, 'PUT', 'update-every-webhooks', { value: receiver.url })
  const send = (to: string, code: string): Promise<unknown> =>
    client.onInstance(bauru, 'POST', 'send-button-otp', { phone: to, message: 'Bauru', code })
  for (const code of ['101010', '202020']) await send(recipient.phone, code)

  // A browser opens six connections to one address: five streams leave one for all else.
  const small = await newVisitor(browser, phone)
  await watchShifts(small)
  await small.addCookies(await context.cookies())
  const here = `instances/${bauru.id}`
  const messages = await open(`${here}/messages`)
  const first = await messages.locator('.row-link').last().getAttribute('href')
  await messages.goto(world.url + String(first))
  const [overview, callbacks, list, queue, smallMessages] = await Promise.all([
    open(here),
    open(`${here}/callbacks`),
    open('', small),
    open(`${here}/queue`, small),
    open(`${here}/messages`, small),
  ])
  await messages.locator('.timeline').waitFor()
  for (const page of [queue, smallMessages]) await page.getByText('Queued').first().waitFor()

  await overview.getByLabel('Number of the phone').fill(branch.phone)
  await overview.getByRole('button', { name: 'Get a code' }).click()
  const code = (await overview.locator('.pairing-code code').textContent()) ?? ''
  await link(branch.phone, code)
  await overview.getByText('messages go and come').waitFor()
  await list.getByRole('row', { name: /Filial Bauru.*Connected/u }).waitFor()
  await queue.getByRole('button', { name: 'Show as it is now' }).waitFor()

  const read = await recipient.untilMessage(({ text }) => text.includes('Bauru'))
  await recipient.read(read.id)
  await send('5511900000000', '303030')
  await messages.locator('.card--important').getByText('On the phone').waitFor()
  for (const page of [messages, smallMessages]) {
    await page.locator('tbody').getByText('Read').waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Show 1 new' }).waitFor()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2)
  }
  // The second attempt comes after five seconds, the third after five minutes.
  await callbacks
    .locator('tbody')
    .getByText(/^[12] of 10$/u)
    .first()
    .waitFor()
  // A number of two digits is wider than one of one digit.
  for (let last = 10; last < 20; last += 1) await send(`55119000000${last}`, '404040')
  await messages.getByRole('button', { name: 'Show 11 new' }).waitFor()

  const pages = { messages, overview, callbacks, list, queue, smallMessages }
  expect(await shiftsOf(pages)).toEqual([])
  await messages.getByRole('button', { name: 'Show 11 new' }).click()
  await messages.locator('tbody tr').getByText('Failed').first().waitFor()
  await small.close()
  for (const page of [messages, overview, callbacks]) await page.close()
})
test('moves no row of the queue on a phone while the first message is being sent', async () => {
  const { client, recipient, simulator } = world
  const branch = await simulator.addPhone({ phone: '5511977770003', name: 'Filial Avaré' })
  const avare = await client.createInstance('Filial Avaré')
  await pair(client, avare, branch)
  const send = (message: string, delayMessage?: number): Promise<unknown> =>
    client.onInstance(avare, 'POST', 'send-text', { phone: recipient.phone, message, delayMessage })
  const small = await newVisitor(browser, phone)
  await watchShifts(small)
  await small.addCookies(await context.cookies())
  await send('first', 15)
  await recipient.untilMessage(({ text }) => text === 'first')
  // A page that had seen it would offer the next ones instead of adding them.
  const waiting = () => client.onInstance(avare, 'GET', 'queue/count')
  await expect.poll(waiting).toEqual({ count: 0 })
  const queue = await open(`instances/${avare.id}/queue`, small)
  await queue.getByText('Messages wait here until').waitFor()
  // WhatsApp answers nothing from here on, so what is sent stays so.
  const { ok } = await fetch(`${simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ connections: [{ phone: branch.phone, action: 'freeze' }] }),
  })
  expect(ok).toBe(true)
  for (const message of ['second', 'third']) await send(message)
  const rows = queue.locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(2)
  await rows.first().getByText('Being sent').waitFor()
  expect(await shiftsOf({ queue })).toEqual([])
  await small.close()
})

test('ends an instance only for a person who types its name, and writes it to the audit log', async () => {
  const { id } = await world.client.createInstance('Filial Santos')
  const page = await open(`instances/${id}/settings`)
  const end = async (name: string, typed: string): Promise<void> => {
    await page.getByLabel('Type its name').fill(typed)
    await page.getByRole('button', { name, exact: true }).click()
  }
  await end('Take out of use', 'Filial')
  await page.getByText('That is not its name.').waitFor()
  await end('Take out of use', 'Filial Santos')
  await page.getByText('This instance is out of use.').waitFor()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByRole('button', { name: 'Take out of use' }).waitFor()
  await end('Take out of use', 'Filial Santos')
  await page.getByRole('button', { name: 'Delete for good' }).waitFor()
  await end('Delete for good', 'Filial Santos')
  await page.getByRole('heading', { name: 'Instances' }).waitFor()
  await page.getByRole('link', { name: 'Trail' }).click()
  await page.locator('tbody tr').first().getByText('Deleted', { exact: true }).waitFor()
  expect(await world.client.findInstance('Filial Santos')).toBeUndefined()
  await page.close()
})

test('tells why a code did not arrive, and what helps, in the language one chose', async () => {
  const body = { phone: '5511900000000', message: 'Oi', code: '123456' }
  await world.client.onInstance(campinas, 'POST', 'send-button-otp', body)
  const page = await open(`instances/${campinas.id}/messages`)
  await page.getByText('Failed').first().waitFor()
  await page.getByRole('link', { name: 'Open the message to +55 11 90000-0000' }).click()
  await page.getByText('This number is not on WhatsApp.').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('Este número não está no WhatsApp.').waitFor()
  await page.reload()
  await page.getByText('Este número não está no WhatsApp.').waitFor()
  await page.locator('html[lang=pt-BR]').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.close()
})

test('paints within a second', async () => {
  const page = await open(`instances/${campinas.id}/messages`)
  await page.locator('.row-link').first().waitFor()
  expect(await firstPaintMs(page)).toBeLessThan(1_000)
  await page.close()
})

test('axe finds nothing serious on any page, in either theme', async () => {
  const faults: string[] = []
  const page = await open('')
  const look = async (place: string): Promise<void> => {
    await page.locator('h1').waitFor()
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
    for (const fault of await faultsInBothThemes(page)) faults.push(`${place}: ${fault}`)
  }
  const go = (name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click()
  for (const name of ['Messages', 'Trail', 'Account', 'Instances']) {
    await go(name)
    await look(name)
  }
  await go('Filial Campinas')
  for (const name of ['Overview', 'Send', 'Messages', 'Queue', 'Callbacks', 'Settings', 'Health']) {
    // The console has messages of all instances, too.
    await page.locator('.tabs').getByRole('link', { name, exact: true }).click()
    await look(name)
  }
  await page.close()
  expect(faults).toEqual([])
})

test('asks only the gateway, makes no error, and what every visit loads fits the budget', async () => {
  expect(visits.complaints).toEqual([])
  const document = await readFile(join(built, 'index.html'), 'utf8')
  const scripts = [...document.matchAll(/\/console\/(assets\/[^"]+\.js)"/gu)].map(
    ([, path]) => path,
  )
  expect(scripts.length).toBeGreaterThan(0)
  const sizes = await Promise.all(
    scripts.map(async (path = '') => gzipSync(await readFile(join(built, path))).length),
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000)
})
