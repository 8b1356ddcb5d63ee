/** The console in a real browser, before a real gateway and the pretend WhatsApp. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idleLifetimeMs } from '../../gateway/src/administrators/session-lifetime.js'
import { openConsoleStage } from '../../gateway/test/support/console-stage.js'
import { type Sandbox, sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { seriousFaults } from './accessibility.js'
import { openBrowser } from './browser.js'
import { administrator, enterConsole } from './console-visitor.js'

const assets = fileURLToPath(new URL('../dist/console/assets/', import.meta.url))

let browser: Browser
let sandbox: Sandbox
/** Somebody who is logged in. */
let context: BrowserContext
/** What no page may do: errors, and requests to elsewhere. */
const complaints: string[] = []

beforeAll(async () => {
  ;[browser, sandbox] = await Promise.all([
    openBrowser(),
    startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings }),
  ])
  context = await newContext()
  const page = await open('', context)
  await page.locator('[name=setupCode]').fill('aaaaa-aaaaa-aaaaa-aaaaa')
  await page.locator('[name=name]').fill(administrator.name)
  for (const name of ['password', 'again'])
    await page.locator(`[name=${name}]`).fill(administrator.password)
  await page.locator('form [type=submit]').click()
  await page.getByRole('alert').getByText('The set-up code is wrong').waitFor()
  await enterConsole(page, sandbox.setupCode ?? '')
  await page.close()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await sandbox[Symbol.asyncDispose]()
})

function newContext(language = 'en-GB'): Promise<BrowserContext> {
  return browser.newContext({
    locale: language,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
}

async function open(path: string, by: BrowserContext = context): Promise<Page> {
  const page = await by.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(sandbox.gateway.url)) complaints.push(request.url())
  })
  page.on('console', (line) => {
    if (/Content.Security.Policy/iu.test(line.text())) complaints.push(line.text())
  })
  await page.goto(`${sandbox.gateway.url}/console/${path}`)
  return page
}

/** The page of a virtual phone, which the simulator serves. */
async function openPhone(number: string, place = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${sandbox.simulator.controlUrl}/phones/${number}${place}`)
  return page
}

test('pairs a virtual phone, sends a code to another, where it is copied, and sees the ticks turn blue', async () => {
  await sandbox.simulator.addPhone({ phone: '5511977770001', name: 'Filial' })
  const page = await open('')
  await page.getByRole('button', { name: 'New instance' }).click()
  await page.getByLabel('Name').fill('Filial Campinas')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByText('it is not shown again').waitFor()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('link', { name: 'Filial Campinas' }).click()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  await page.getByText('The code as text').click()
  await page.getByRole('button', { name: 'Copy: The code as text' }).click()
  const qr = await page.evaluate<string>('navigator.clipboard.readText()')
  const branch = await openPhone('5511977770001', '#linked')
  await branch.getByRole('textbox').fill(qr)
  await branch.getByRole('button', { name: 'Link' }).click()
  await branch.close()
  await page.getByText('Messages go and come.').waitFor()

  await page.getByRole('link', { name: 'Send', exact: true }).click()
  await page.getByLabel('To', { exact: true }).fill(sandbox.recipient.phone)
  await page.getByLabel('Message', { exact: true }).fill('Your code for *Campinas*')
  await page.getByLabel('Code', { exact: true }).fill('731946')
  const preview = page.locator('.preview')
  await preview.locator('strong', { hasText: 'Campinas' }).waitFor()
  await preview.getByRole('button', { name: 'Copy code' }).waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('link', { name: 'Follow it' }).click()
  const course = page.locator('.card--important')
  await course.getByText('On the phone').waitFor()
  await course.getByText('Two ticks', { exact: true }).waitFor({ state: 'attached' })

  const phone = await openPhone(sandbox.recipient.phone)
  await phone.getByRole('link', { name: /Your code for Campinas/ }).click()
  await phone.getByRole('log').getByText('Campinas', { exact: true }).waitFor()
  await phone.getByRole('button', { name: 'Copy code' }).click()
  expect(await phone.evaluate('navigator.clipboard.readText()')).toBe('731946')
  await phone.close()
  await course.getByText('Two blue ticks').waitFor({ state: 'attached' })
  const row = page.locator('tbody tr').first()
  await row.getByText('Two blue ticks').waitFor({ state: 'attached' })
  await course.locator('.timeline').getByText('Read', { exact: true }).waitFor()
  expect(await page.content()).not.toContain('731946')
  await page.close()
})

test('ends an instance only for whoever types its name, and the trail tells of it', async () => {
  const { id } = await sandbox.client.createInstance('Filial Santos')
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
  expect(await sandbox.client.findInstance('Filial Santos')).toBeUndefined()
  await page.close()
})

test('shows why a callback was given up, and sends again all that were since then', async () => {
  await using stage = await openConsoleStage()
  const url = await stage.app.listen({ port: 0 })
  const { id } = (await stage.instances.create({ name: 'Filial Osasco' })).instance
  await stage.webhooks.setEndpoint(id, ['message.failed'], 'https://example.com/hook')
  const administrated = await stage.loggedIn()
  const body = { phone: sandbox.recipient.phone, message: 'Oi', code: '123456' }
  await administrated.call('POST', `instances/${id}/messages`, body)
  await administrated.call('DELETE', `instances/${id}/queue`)
  const dead = { status: 'dead', attempts: 10, last_error: 'HTTP 500', ended_at: 9 } as const
  await stage.database.query.updateTable('delivery').set(dead).execute()

  const visitor = await newContext()
  await visitor.addCookies([{ name: 'recado_console', value: administrated.cookie ?? '', url }])
  const page = await visitor.newPage()
  await page.goto(`${url}/console/instances/${id}/callbacks`)
  await page.getByRole('link', { name: 'Message not sent' }).click()
  await page.getByText('10 attempts did not get through: HTTP 500').waitFor()
  await page.getByLabel('Since').fill('2100-01-01T00:00')
  const again = page.getByRole('button', { name: 'Send these again' })
  await again.click()
  await page.getByText('Nothing was given up since then.').waitFor()
  await page.getByLabel('Since').fill('2000-01-01T00:00')
  await again.click()
  await page.getByText('1 is sent again.').waitFor()
  await page.locator('tbody tr').getByText('Pending').waitFor()
  const { status } = await stage.database.query
    .selectFrom('delivery')
    .select('status')
    .executeTakeFirstOrThrow()
  expect(status).toBe('pending')
  await visitor.close()
})

test('tells why a code did not arrive, and what helps, in the language one chose', async () => {
  const { client, instance } = sandbox
  const body = { phone: '5511900000000', message: 'Oi', code: '123456' }
  await client.onInstance(instance, 'POST', 'send-button-otp', body)
  const page = await open(`instances/${instance.id}/messages`)
  await page.getByText('Failed').first().waitFor()
  await page.getByRole('link', { name: 'Open the message to +55 11 90000-0000' }).click()
  await page.getByText('This number is not on WhatsApp.').waitFor()
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('Este número não está no WhatsApp.').waitFor()
  await page.reload()
  await page.getByText('Este número não está no WhatsApp.').waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR')
  await page.getByRole('button', { name: 'English' }).click()
  await page.close()
})

test('paints within a second, and moves nothing on the screen when news arrives', async () => {
  const { client, instance, recipient } = sandbox
  const page = await open(`instances/${instance.id}/messages`)
  await page.locator('.live--on').waitFor()
  await page.locator('.row-link').first().waitFor()
  const firstPaintMs = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
  )
  expect(firstPaintMs).toBeLessThan(1_000)
  await page.evaluate(`
    window.shifts = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push(entry.value)
    }).observe({ type: 'layout-shift' })
  `)
  const before = await page.locator('tbody tr').count()
  const body = { phone: recipient.phone, message: 'Oi', code: '654321' }
  await client.onInstance(instance, 'POST', 'send-button-otp', body)
  await expect.poll(() => page.locator('tbody tr').count()).toBe(before + 1)
  await page.locator('tbody tr').first().getByText('Delivered').waitFor()
  const shifts = await page.evaluate<number[]>('window.shifts')
  // A new row pushes the others down by its own height; Chromium counts up to 0.1 as good.
  expect(shifts.reduce((sum, each) => sum + each, 0)).toBeLessThan(0.1)
  await page.close()
})

test('says the same to a wrong name and a wrong password, and lets the right one in', async () => {
  const stranger = await newContext()
  const page = await open('account', stranger)
  for (const name of ['nobody', administrator.name]) {
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('alert').getByText('Name, password or one-time code is wrong.').waitFor()
  }
  await page.getByLabel('Password').fill(administrator.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'Account' }).waitFor()
  expect(await page.locator('.lead').textContent()).toBe(administrator.name)
  await stranger.close()
})

test('shows the login in every tab of a session that another one ended', async () => {
  const other = await newContext()
  const tabs = [await open('', other), await open('account', other)]
  const [first] = tabs
  await first?.getByLabel('Name').fill(administrator.name)
  await first?.getByLabel('Password').fill(administrator.password)
  await first?.getByRole('button', { name: 'Log in' }).click()
  await first?.locator('.live--on').waitFor()
  await tabs[1]?.reload()
  await tabs[1]?.locator('.live--on').waitFor()

  const page = await open('account')
  await page.getByRole('button', { name: 'Log out everywhere else' }).click()
  for (const tab of tabs) await tab.getByRole('heading', { name: 'Log in' }).waitFor()
  expect(await page.getByText('this browser').count()).toBe(1)
  await other.close()
  await page.close()
})

test('shows the login once the session has been idle for too long, and nothing of what was read', async () => {
  await using stage = await openConsoleStage()
  const url = await stage.app.listen({ port: 0 })
  await stage.instances.create({ name: 'Filial Osasco' })
  const sleeper = await newContext()
  const page = await sleeper.newPage()
  await page.goto(`${url}/console/`)
  await enterConsole(page, stage.setupCode)
  await page.locator('.live--on').waitFor()
  await page.getByRole('link', { name: 'Filial Osasco' }).waitFor()
  const lastSeen = { last_seen_at: stage.clock.now() - idleLifetimeMs }
  await stage.database.query.updateTable('login_session').set(lastSeen).execute()
  // The next heartbeat of the stream.
  await stage.clock.advance(15_000)
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
  expect(await page.getByText('Filial Osasco').count()).toBe(0)
  await page.getByLabel('Name').fill(administrator.name)
  await page.getByLabel('Password').fill(administrator.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('link', { name: 'Filial Osasco' }).waitFor()
  await sleeper.close()
})

test('axe finds nothing serious on any page, in either theme', async () => {
  const here = `instances/${sandbox.instance.id}`
  const faults: string[] = []
  const page = await open('')
  const tabs = ['', '/send', '/messages', '/queue', '/callbacks', '/settings', '/health']
  for (const path of ['', 'trail', 'account', ...tabs.map((tab) => here + tab)]) {
    await page.goto(`${sandbox.gateway.url}/console/${path}`)
    await page.locator('h1').waitFor()
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const fault of await seriousFaults(page)) faults.push(`${path} ${colorScheme}: ${fault}`)
    }
  }
  await page.close()
  expect(faults).toEqual([])
})

test('asks nobody but the gateway, makes no error, and fits the budget', async () => {
  expect(complaints).toEqual([])
  const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(0)
  const sizes = await Promise.all(
    scripts.map(async (name) => gzipSync(await readFile(join(assets, name))).length),
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000)
})
