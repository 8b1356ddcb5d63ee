/** Linking a number that WhatsApp asks for its passkey, in a real browser: console → WhatsApp Web → console → linked. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { newVisitor, phone as small } from './console-visitor.js'
import { shiftsOf, watchShifts } from './layout-shifts.js'
import { confirmOn, heading, PasskeyStage } from './passkey-stage.js'
import { showWhatsAppWeb } from './whatsapp-web.js'

let browser: Browser
let stage: PasskeyStage

beforeAll(async () => {
  browser = await openBrowser()
  stage = await PasskeyStage.open(browser)
})

afterEach(async () => {
  for (const page of stage.context.pages()) await page.close()
})

afterAll(async () => {
  await browser.close()
  await stage[Symbol.asyncDispose]()
})

test('by QR and line: the console leads to WhatsApp Web and back, and the number is linked', async () => {
  const filial = await stage.unlinked('on')
  const { page, phone, name } = filial
  const own = await stage.scan(filial)
  await heading(page, 'asks for this number’s passkey').waitFor()
  const shown = page.locator('.what-is-linked')
  for (const fact of [new URL(stage.world.url).host, name, 'Chrome (Mac OS)', 'whatsapp.com'])
    await shown.getByText(fact).first().waitFor()
  await page.getByText('Show the line').click()
  expect(await faultsInBothThemes(page)).toEqual([])
  const tab = await stage.signByLine(page, phone)
  await heading(tab, 'Now confirm on the phone').waitFor()
  await tab.waitForURL(`${stage.world.url}/console/passkey`)
  await heading(page, 'Now confirm on the phone').waitFor()
  await confirmOn(own)
  await heading(tab, 'The number is linked.').waitFor()
  expect(await stage.codeOnPhone(filial, '481511')).toBe('481511')
  expect(await shiftsOf({ page, tab })).toEqual([])
})

test('by pairing code and late: both screens show a code, and the number is linked when they are the same', async () => {
  const filial = await stage.unlinked('by-iq')
  const { page, phone } = filial
  await page.getByLabel('Number of the phone').fill(phone.phone)
  await page.getByRole('button', { name: 'Get a code' }).click()
  const own = await stage.typeOnPhone(
    phone,
    (await page.locator('.pairing-code code').textContent()) ?? '',
  )
  await page.getByText('After that, a code has to be compared too.').waitFor()
  await page
    .locator('.what-is-linked')
    .getByText(`+55 11 97777-${phone.phone.slice(-4)}`)
    .waitFor()
  stage.late()
  await page.getByText('It still works. At the end you also compare a code.').waitFor()
  const tab = await stage.signByLine(page, phone)
  await confirmOn(own)
  await heading(tab, 'Does the phone show the same code?').waitFor()
  const code = (await page.locator('.passkey__code').textContent()) ?? ''
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(code).toMatch(/^[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}$/u)
  await own.getByText(code).waitFor()
  await page.getByRole('button', { name: 'It is the same' }).click()
  await heading(tab, 'The number is linked.').waitFor()
  expect(await stage.codeOnPhone(filial, '481512')).toBe('481512')
  expect(await shiftsOf({ page, tab })).toEqual([])
})

test('a person with nothing but the link signs in another browser; another code ends it, and a new QR works', async () => {
  const filial = await stage.unlinked('on')
  const { page, phone, name } = filial
  const own = await stage.scan(filial)
  await page.getByText('On another computer, or by another person').click()
  const link = (await page.locator('.passkey .copyable code').textContent()) ?? ''

  const owner = await newVisitor(browser, small)
  await watchShifts(owner)
  await showWhatsAppWeb(owner)
  const theirs = await owner.newPage()
  await theirs.goto(link)
  await theirs.locator('.what-is-linked').getByText(name).waitFor()
  await theirs.waitForURL(`${stage.world.url}/console/passkey`)
  expect(await faultsInBothThemes(theirs)).toEqual([])
  await theirs.reload()
  await theirs.locator('.what-is-linked').getByText(name).waitFor()
  stage.late()
  const tab = await stage.signByLine(theirs, phone)
  await confirmOn(own)
  await tab.getByRole('button', { name: 'It is different' }).click()
  for (const each of [tab, theirs, page])
    await each.getByText('The phone showed another code').waitFor()
  expect(await shiftsOf({ theirs, tab })).toEqual([])
  await theirs.goto(link)
  await theirs.reload()
  await theirs.getByText('The phone showed another code').waitFor()
  await owner.close()

  phone.asksForPasskey = 'off'
  await page.getByRole('button', { name: 'Start again' }).click()
  await stage.scanShown(filial)
  expect(await stage.codeOnPhone(filial, '481513')).toBe('481513')
  expect(await shiftsOf({ page })).toEqual([])
})

test('where WhatsApp Web cannot come back, the answer is pasted', async () => {
  const filial = await stage.unlinked('on')
  const { page, phone } = filial
  const own = await stage.scan(filial)
  await page.getByText('did not come back').click()
  await page.getByLabel('Answer').fill('nothing of the kind')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await page.getByText('That is not the answer.').waitFor()
  await stage.context.route('**/console/passkey', (route) => route.abort())
  const { copied } = await stage.runLine(page, phone)
  await page.getByLabel('Answer').fill(await copied)
  await stage.context.unroute('**/console/passkey')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await confirmOn(own)
  expect(await stage.codeOnPhone(filial, '481514')).toBe('481514')
})

test('cancelled, it gives way to a new QR code, and nothing of it is left', async () => {
  const filial = await stage.unlinked('on')
  const { page, phone } = filial
  await stage.scan(filial)
  await heading(page, 'asks for this number’s passkey').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Show the QR code' }).waitFor()
  phone.asksForPasskey = 'off'
  await stage.scan(filial)
  expect(await stage.codeOnPhone(filial, '481599')).toBe('481599')
})

test('played by hand: a virtual phone is switched to ask, scans, signs and confirms', async () => {
  const { context, world } = stage
  const filial = await stage.unlinked('off')
  const { page, phone, name } = filial
  const own = await context.newPage()
  await own.goto(`${world.simulator.controlUrl}/phones/${phone.phone}`)
  const asks = own.getByRole('group', { name: 'asks for this number’s passkey' })
  await asks.getByText('Yes', { exact: true }).click()
  await expect
    .poll(() => asks.getByRole('radio', { name: 'Yes', exact: true }).isChecked())
    .toBe(true)
  await own.close()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  const choose = async (link: string): Promise<Page> => {
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: link }).click()
    const tab = await opened
    await tab.getByRole('link', { name: new RegExp(name, 'u') }).click()
    return tab
  }
  const scanned = await choose('Scan with a virtual phone')
  await scanned.getByText('asks for the passkey of this number').waitFor()
  await expect.poll(() => scanned.getByText('Device linked').count()).toBe(0)
  const signed = await choose('Sign with a virtual phone')
  await heading(page, 'Now confirm on the phone').waitFor()
  await heading(signed, 'Now confirm on the phone').waitFor()
  await confirmOn(scanned)
  await heading(signed, 'The number is linked.').waitFor()
  await scanned.getByRole('button', { name: /^Log out/u }).waitFor()
  expect(await stage.codeOnPhone(filial, '481515')).toBe('481515')
})

test('none of these pages makes an error, or asks another server', () => {
  expect(stage.visits.complaints).toEqual([])
})
