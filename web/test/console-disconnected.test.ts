/** A number that is not connected, in a real browser: the cause, the cure, and the button that brings it back. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Doorman } from '../../gateway/test/support/doorman.js'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import type { Phone } from '../../simulator/src/phone.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, enterConsole, newVisitor, phone as small } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let doorman: Doorman
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
let phonesMade = 0

beforeAll(async () => {
  browser = await openBrowser()
  world = await openConsoleWorld(async ({ url }) => {
    doorman = await Doorman.before(url)
    return doorman.through(url)
  })
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
  await doorman[Symbol.asyncDispose]()
})

async function linked(name: string): Promise<{ instance: SandboxInstance; phone: Phone }> {
  phonesMade += 1
  const phone = await world.simulator.addPhone({ phone: `551197777100${phonesMade}`, name })
  const instance = await world.client.createInstance(name)
  await pair(world.client, instance, phone)
  return { instance, phone }
}

async function setFaults(change: object): Promise<void> {
  const answer = await fetch(`${world.simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}

function qrButton(page: Page) {
  return page.getByRole('button', { name: 'Show the QR code' })
}

test('a blocked number shows what to do and no QR code, and Reconnect brings it back once it is allowed', async () => {
  const { instance, phone } = await linked('Filial Olinda')
  const page = await visits.open(`instances/${instance.id}`, context)
  await page.getByText('messages go and come').waitFor()
  await setFaults({ logins: [{ code: 403, phone: phone.phone }] })
  await setFaults({ connections: [{ phone: phone.phone, action: 'drop' }] })
  await page.getByText('WhatsApp blocked this number.').waitFor()
  await page.getByText('Do not pair the number again.').waitFor()
  await expect.poll(() => qrButton(page).count()).toBe(0)
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Reconnect' }).click()
  await page.getByText('It is not connected yet.').waitFor()

  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('O WhatsApp bloqueou este número.').waitFor()
  await page.getByText('Não pareie o número de novo.').waitFor()
  await page.getByRole('button', { name: 'English' }).click()

  const list = await visits.open('', context)
  await list.getByRole('row', { name: /Filial Olinda.*Blocked/u }).waitFor()
  await list.close()
  await setFaults({ logins: [] })
  await page.getByRole('button', { name: 'Reconnect' }).click()
  await page.getByText('messages go and come').waitFor()
  await page.close()
})

test('a blocked number is paired again only by a person who opens that and means it', async () => {
  const { instance, phone } = await linked('Filial Recife')
  const page = await visits.open(`instances/${instance.id}`, context)
  await page.getByText('messages go and come').waitFor()
  await setFaults({ logins: [{ code: 402, expire: 86_400, phone: phone.phone }] })
  await setFaults({ connections: [{ phone: phone.phone, action: 'drop' }] })
  await page.getByText('WhatsApp blocked this number for a while.').waitFor()
  await page.getByText('Pair it again anyway').click()
  await page.getByText('pairing it again does not unblock it').waitFor()
  await page.getByRole('button', { name: 'Forget the link and pair again' }).click()
  await page.getByRole('button', { name: 'Yes, forget it' }).click()
  await qrButton(page).waitFor()
  await page.getByText('The device was unlinked by request.').waitFor()
  await setFaults({ logins: [] })
  expect(page.url()).toContain(instance.id)
  await page.close()
})

test('a number that another program took over comes back by Reconnect, and Restart keeps it', async () => {
  const { instance, phone } = await linked('Filial Natal')
  const page = await visits.open(`instances/${instance.id}`, context)
  await page.getByText('messages go and come').waitFor()
  await setFaults({ connections: [{ phone: phone.phone, action: 'replace' }] })
  await page.getByText('Another program uses the credentials of this device').waitFor()
  await expect.poll(() => qrButton(page).count()).toBe(0)
  await page.getByRole('button', { name: 'Reconnect' }).click()
  await page.getByText('messages go and come').waitFor()
  await page.getByRole('button', { name: 'Restart the connection' }).click()
  await page.getByText('The connection was restarted.').waitFor()
  await page.getByRole('link', { name: 'Trail' }).click()
  await page.locator('tbody tr').first().getByText('Restarted').waitFor()
  await page.locator('tbody tr').nth(1).getByText('Reconnected').waitFor()
  await page.close()
})

test('a number that the phone unlinked says so beside the QR code', async () => {
  const { instance, phone } = await linked('Filial Maceió')
  const visitor = await newVisitor(browser, small)
  await visitor.addCookies(await context.cookies())
  const page = await visits.open(`instances/${instance.id}`, visitor)
  await page.getByText('messages go and come').waitFor()
  await phone.unlink(phone.linkedDevices()[0]?.device ?? -1)
  await page.getByText('The device was unlinked, on the phone or by WhatsApp.').waitFor()
  await qrButton(page).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await visitor.close()
})

test('a connected number that WhatsApp asks for a check says so before it is unlinked', async () => {
  const { instance, phone } = await linked('Filial Aracaju')
  await setFaults({ connections: [{ phone: phone.phone, action: 'challenge' }] })
  const page = await visits.open(`instances/${instance.id}`, context)
  await page.getByText('WhatsApp asked this device for a passkey or a captcha on').waitFor()
  await page.getByText('messages go and come').waitFor()
  await phone.unlink(phone.linkedDevices()[0]?.device ?? -1)
  await page.getByText('which a gateway cannot answer, and ended the link').waitFor()
  expect(page.url()).toContain(instance.id)
  await page.close()
})

test('pairing says in both languages what keeps the gateway from WhatsApp, and goes on by itself', async () => {
  const instance = await world.client.createInstance('Filial Belém')
  doorman.answer = 403
  const page = await visits.open(`instances/${instance.id}`, context)
  await qrButton(page).click()
  await page.getByText('refuses the connection (403). Let the proxy').waitFor()
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('recusa a conexão (403). Libere WebSockets').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  doorman.answer = undefined
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  expect(page.url()).toContain(instance.id)
  await page.close()
})

test('the new connection that follows every pairing is no trouble, and moves no button', async () => {
  const phone = await world.simulator.addPhone({ phone: '5511977771090', name: 'Filial Bauru' })
  const instance = await world.client.createInstance('Filial Bauru')
  const page = await visits.open(`instances/${instance.id}`, context)
  await page.getByLabel('Number of the phone').fill(phone.phone)
  await page.getByRole('button', { name: 'Get a code' }).click()
  const code = (await page.locator('.pairing-code code').textContent()) ?? ''
  const { knocked, open } = doorman.shut()
  await phone.enter(code)
  await knocked
  await page.reload()
  await page.getByRole('button', { name: 'Reconnect' }).waitFor()
  await expect.poll(() => page.getByText('asked for a new connection').count()).toBe(0)
  open()
  await page.getByText('messages go and come').waitFor()
  await page.close()
})

test('asks nothing of elsewhere and breaks nothing', () => {
  expect(visits.complaints).toEqual([])
})
