/** Linking a number that WhatsApp asks for its passkey, in a real browser: console → WhatsApp Web → console → linked. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '../../simulator/src/phone.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, enterConsole, newVisitor } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'
import { shiftsOf, watchShifts } from './layout-shifts.js'
import { shiftedClock } from './shifted-clock.js'
import { givePasskey, runInDevTools, showWhatsAppWeb } from './whatsapp-web.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
let phones = 0

beforeAll(async () => {
  browser = await openBrowser()
  world = await openConsoleWorld(undefined, shiftedClock)
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  await watchShifts(context)
  await showWhatsAppWeb(context)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

/** An instance whose page is open, and a phone of a number that is asked. */
async function unlinked(asksForPasskey: 'on' | 'by-iq') {
  phones += 1
  const name = `Filial ${phones}`
  const phone = await world.simulator.addPhone({
    phone: `551197777200${phones}`,
    name,
    asksForPasskey,
  })
  const instance = await world.client.createInstance(name)
  return { instance, phone, page: await visits.open(`instances/${instance.id}`, context) }
}

/** Types it on the page of the phone, as its owner does. */
async function typeOnPhone({ phone }: Phone, text: string): Promise<Page> {
  const own = await context.newPage()
  await own.goto(`${world.simulator.controlUrl}/phones/${phone}#linked`)
  await own.getByRole('textbox').fill(text)
  await own.getByRole('button', { name: 'Link', exact: true }).click()
  await own.getByText('asks for the passkey of this number').waitFor()
  return own
}

async function scan(page: Page, phone: Phone): Promise<Page> {
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  await page.getByText('The code as text').click()
  return typeOnPhone(phone, (await page.locator('.qr-place code').textContent()) ?? '')
}

/** Copies the line, and runs it in the tab that opens. Gives that tab. */
async function signByLine(page: Page, phone: Phone): Promise<Page> {
  const opened = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Copy the line and open WhatsApp Web' }).click()
  const tab = await opened
  await tab.getByRole('heading', { name: 'WhatsApp Web' }).waitFor()
  await givePasskey(tab, phone)
  await runInDevTools(tab, await page.evaluate('navigator.clipboard.readText()'))
  return tab
}

/** A code from the instance is on a person's phone. */
async function expectCodeArrives(instance: { id: string; token: string }): Promise<void> {
  const code = `7${phones}4815`
  const body = { phone: world.recipient.phone, message: `Filial ${phones}`, code }
  await world.client.onInstance(instance, 'POST', 'send-button-otp', body)
  const shown = await world.recipient.untilMessage(
    ({ text }) => text.includes(body.message),
    30_000,
  )
  expect(shown.buttons[0]?.code).toBe(code)
}

test('by QR and line: the console leads to WhatsApp Web and back, and the number is linked', async () => {
  const { instance, phone, page } = await unlinked('on')
  const own = await scan(page, phone)
  await page.getByRole('heading', { name: 'asks for this number’s passkey' }).waitFor()
  const shown = page.locator('.what-is-linked')
  for (const fact of [new URL(world.url).host, 'Filial 1', 'Chrome (Mac OS)', 'whatsapp.com'])
    await shown.getByText(fact).first().waitFor()
  const tab = await signByLine(page, phone)
  await tab.getByRole('heading', { name: 'Now confirm on the phone' }).waitFor()
  expect(tab.url()).toBe(`${world.url}/console/passkey`)
  await page.getByRole('heading', { name: 'Now confirm on the phone' }).waitFor()
  await own.getByRole('button', { name: 'Confirm', exact: true }).click()
  await tab.getByRole('heading', { name: 'The number is linked.' }).waitFor()
  await page.getByText('messages go and come').waitFor()
  await expectCodeArrives(instance)
  expect(await shiftsOf({ page, tab })).toEqual([])
  expect(visits.complaints).toEqual([])
  for (const each of [page, tab, own]) await each.close()
})
