/** Everything that can be set of a number, set by a person and seen on the phone, on a desktop and on a phone. */

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
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
  shop = await world.simulator.addPhone({ phone: '5511977770031', name: 'Loja' })
  instance = await world.client.createInstance('Filial Itajaí')
  await pair(world.client, instance, shop)
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

const card = (page: Page, title: string): Locator =>
  page.locator('.card').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** Presses the button, and waits until the change is answered. */
async function saved(page: Page, button: Locator, path: string | RegExp): Promise<void> {
  const answered = page.waitForResponse(
    (answer) => answer.request().method() !== 'GET' && new RegExp(path).test(answer.url()),
  )
  await button.click()
  expect((await answered).status()).toBe(200)
}

const settings = () =>
  world.client.onInstance(instance, 'GET', 'me') as Promise<Record<string, unknown>>

test.each([
  ['desktop', desktop],
  ['phone', phone],
])(
  'a person sets the profile, calls, reads and filters of a number, on a %s',
  async (name, size) => {
    const page = await visits.open(`instances/${instance.id}/settings`, context)
    await page.setViewportSize(size)
    const profile = card(page, 'Profile in WhatsApp')
    await profile.getByLabel('Name in WhatsApp').fill(`Loja ${name}`)
    await saved(page, profile.getByRole('button', { name: 'Save the name' }), 'profile-name')
    await profile.getByLabel('About', { exact: true }).fill(`Aberto, ${name}`)
    await saved(page, profile.getByRole('button', { name: 'Save the text' }), 'profile-desc')
    const drawing = '<text x="160" y="110" font-size="48">Loja</text>'
    const buffer = await drawnPicture(browser, 'png', { width: 320, height: 200, drawing })
    await profile
      .getByLabel('New picture')
      .setInputFiles({ name: 'loja.png', mimeType: 'image/png', buffer })
    await saved(page, profile.getByRole('button', { name: 'Save the picture' }), 'profile-pic')
    const device = await world.client.onInstance(instance, 'GET', 'device')
    expect(device).toMatchObject({ name: `Loja ${name}`, about: `Aberto, ${name}` })
    expect(device).toMatchObject({ imgUrl: expect.stringMatching(/^http/u) })

    const isOn = name === 'desktop'
    const receiving = card(page, 'What this number does by itself')
    await receiving.getByLabel('Mark messages as read').setChecked(isOn)
    await receiving.getByLabel('Reject voice and video calls').setChecked(isOn)
    await receiving.getByLabel('Text for a caller').fill(`Escreva, ${name}`)
    await saved(page, receiving.getByRole('button', { name: 'Save' }), instance.id)
    expect(await settings()).toMatchObject({
      autoReadMessage: isOn,
      callRejectAuto: isOn,
      callRejectMessage: `Escreva, ${name}`,
    })

    const pacing = card(page, 'Gap between two messages')
    const gap = isOn ? { minGapMs: 2_500, maxGapMs: 4_000 } : { minGapMs: null, maxGapMs: null }
    await pacing.getByLabel('Shortest gap').fill(isOn ? '5000' : '')
    await pacing.getByLabel('Longest gap').fill(String(gap.maxGapMs ?? ''))
    if (isOn) {
      await pacing.getByRole('button', { name: 'Save' }).click()
      await pacing.getByText('minGapMs must not be more than maxGapMs').waitFor()
      await pacing.getByLabel('Shortest gap').fill('2500')
    }
    await saved(page, pacing.getByRole('button', { name: 'Save' }), 'update-pacing')
    expect(await settings()).toMatchObject(gap)

    const retention = card(page, 'How long data is kept')
    const days = isOn ? 7 : null
    await retention.getByLabel('Messages, in days').fill(String(days ?? ''))
    await saved(page, retention.getByRole('button', { name: 'Save' }), 'update-retention')
    expect(await settings()).toMatchObject({ keepMessagesDays: days, keepDirectoryDays: null })

    const told = card(page, 'Which callbacks are sent')
    await told.getByLabel('Typing and online').setChecked(isOn)
    await told.getByLabel('In groups').setChecked(isOn)
    await saved(page, told.getByRole('button', { name: 'Save' }), instance.id)
    await page.reload()
    await told.waitFor()
    await expect.poll(() => told.getByLabel('Typing and online').isChecked()).toBe(isOn)
    await expect.poll(() => told.getByLabel('In groups').isChecked()).toBe(isOn)
    await expect.poll(() => told.getByLabel('Texts', { exact: true }).isChecked()).toBe(false)

    await page.getByText('RECADO_KEEP_MESSAGES_DAYS', { exact: true }).waitFor()
    await profile.getByLabel('Name in WhatsApp').waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(visits.complaints).toEqual([])
    await page.close()
  },
)

test.each([
  ['desktop', desktop],
  ['phone', phone],
])('the error of a wrong value stands at its field, which is focused, on a %s', async (_, size) => {
  const page = await visits.open(`instances/${instance.id}/settings`, context)
  await page.setViewportSize(size)
  const proxy = card(page, 'Proxy to WhatsApp')
  await proxy.getByLabel('Address of the proxy').fill('ftp://proxy.example.com')
  await proxy.getByRole('button', { name: 'Try and save' }).click()
  await proxy.locator('.field').getByRole('alert').waitFor()
  const field = proxy.getByLabel('Address of the proxy')
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  await proxy.getByText('No proxy').waitFor()

  const callers = card(page, 'Allowed addresses')
  await callers.getByLabel('Addresses and networks').fill('10.0.0.0/99')
  await callers.getByRole('button', { name: 'Save' }).click()
  await callers.locator('.field').getByText('10.0.0.0/99 is no address').waitFor()

  const limits = card(page, 'How much it may send')
  await limits.getByLabel('Time zone').fill('Mars/Olympus')
  await limits.getByRole('button', { name: 'Save' }).click()
  await limits.locator('.field').getByText('timeZone must be a name of the IANA').waitFor()

  const addresses = card(page, 'Where callbacks go')
  await addresses.getByLabel('Message received', { exact: true }).fill('https://10.1.2.3/x')
  await addresses.getByRole('button', { name: 'Save' }).click()
  await addresses.locator('.field').getByRole('alert').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.close()
})

test('the secret of callbacks is shown when asked for, and a new one replaces it', async () => {
  const page = await visits.open(`instances/${instance.id}/settings`, context)
  const secret = card(page, 'Secret of callbacks')
  await secret.getByRole('button', { name: 'Show the secret' }).click()
  const { webhookSecret } = (await world.client.onInstance(instance, 'GET', 'webhook-secret')) as {
    webhookSecret: string
  }
  await secret.getByText(webhookSecret).waitFor()
  await secret.getByRole('button', { name: 'Make a new secret' }).click()
  await secret.getByText('The old secret signs too until').waitFor()
  await expect.poll(() => secret.locator('code').textContent()).not.toBe(webhookSecret)
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByRole('heading', { name: 'Segredo dos callbacks' }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.close()
})
