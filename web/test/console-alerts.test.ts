/** An operator sets a webhook for alerts, tries it, and hears when WhatsApp blocks a number and when it is back. */

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EndpointServer } from '../../gateway/test/support/endpoint-server.js'
import { signedBody } from '../../gateway/test/support/signed-body.js'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

const shop = 'Filial Olinda'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
})

// One notice follows another after a minute: they wait for it together.
test.concurrent.each([
  ['a desktop', desktop],
  ['a phone', phone],
])(
  'a webhook of alerts is set and tried, and tells of a blocked number and its return, on %s',
  async (_, size) => {
    await using world = await openConsoleWorld()
    await using receiver = await EndpointServer.start()
    const visits = new ConsoleVisits(world.url)
    const line = await world.simulator.addPhone({ phone: '5511977773001', name: 'Loja' })
    const instance = await world.client.createInstance(shop)
    await pair(world.client, instance, line)
    await using context = await newVisitor(browser, size)
    const page = await visits.open('', context)
    await enterConsole(page, world.setupCode)

    const secret = await setWebhook(page, receiver)
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText(/webhook: taken in \d+ ms/u).waitFor()
    expect(signedBody(secret, receiver.hits[0])).toMatchObject({ type: 'alerts.test' })
    await expectSound(page)

    await setFaults(world, {
      logins: [{ code: 403, phone: line.phone }],
      connections: [{ phone: line.phone, action: 'drop' }],
    })
    await receiver.hit(2)
    const banned = { kind: 'number-banned', instanceId: instance.id, instanceName: shop }
    expect(signedBody(secret, receiver.hits[1])).toMatchObject({ type: 'alerts', opened: [banned] })
    expect(receiver.hits[1]?.text).not.toContain(line.phone)
    await readTrouble(page)

    await setFaults(world, { logins: [] })
    await reconnect(page, instance)
    await receiver.hit(3)
    expect(signedBody(secret, receiver.hits[2])).toMatchObject({
      type: 'alerts',
      recovered: [banned],
    })
    expect(receiver.hits[2]?.text).not.toContain(line.phone)
    await readRecovery(page)
    expect(visits.complaints).toEqual([])
  },
)

/** @returns the secret of the signatures, as the page shows it */
async function setWebhook(page: Page, receiver: EndpointServer): Promise<string> {
  await sections(page).getByRole('link', { name: 'Alerts' }).click()
  await page.getByText('Nothing is wrong.').waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('No channel is set').waitFor()
  await page.getByLabel('Webhook: URL').fill(receiver.url('/alerts'))
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Show the secret of the signature' }).click()
  const secret = page.locator('.copyable code', { hasText: /^whsec_/u })
  await secret.waitFor()
  return secret.innerText()
}

/** Cause and cure of the blocked number, from the page of alerts to its banner. */
async function readTrouble(page: Page): Promise<void> {
  const alert = page.getByRole('listitem').filter({ hasText: shop })
  await alert.getByText(`${shop} is blocked by WhatsApp`).waitFor()
  await expectBlocked(alert)
  await page.getByRole('button', { name: 'Português' }).click()
  await alert.getByText(`${shop} foi bloqueado pelo WhatsApp`).waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'English' }).click()
  await alert.getByRole('link', { name: 'Open the number' }).click()
  await page.getByRole('heading', { name: shop }).waitFor()
  await page.locator('.tabs').getByRole('link', { name: 'Messages' }).click()
  await expectBlocked(page.locator('.banner'))
  await expectSound(page)
}

async function expectBlocked(place: Locator): Promise<void> {
  await place.getByText('WhatsApp blocked this number.').waitFor()
  await place.getByText('Reconnect once WhatsApp works on the phone.').waitFor()
}

async function reconnect(page: Page, { id }: SandboxInstance): Promise<void> {
  await page.locator('.banner').getByRole('link', { name: 'Open Overview' }).click()
  await page.getByRole('button', { name: 'Reconnect' }).click()
  await page.getByText('messages go and come').waitFor()
  expect(page.url()).toContain(id)
}

async function readRecovery(page: Page): Promise<void> {
  await page.locator('.tabs').getByRole('link', { name: 'Messages' }).click()
  await page.locator('.banner').waitFor({ state: 'detached' })
  await sections(page).getByRole('link', { name: 'Alerts' }).click()
  await page.getByText('Nothing is wrong.').waitFor()
  await page.getByText(/^recovered \d/u).waitFor()
  await expectSound(page)
}

const sections = (page: Page): Locator => page.getByRole('banner').getByRole('navigation')

/** Accessible in both themes, and no wider than the screen. */
async function expectSound(page: Page): Promise<void> {
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}

async function setFaults({ simulator }: ConsoleWorld, change: object): Promise<void> {
  const answer = await fetch(`${simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}
