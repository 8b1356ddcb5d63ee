/** A number that another gateway has linked, brought by the console in a real browser. */

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkDonor } from '../../gateway/test/support/donor-gateway.js'
import { evolutionFiles } from '../../gateway/test/support/donor-stores.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, enterConsole, newVisitor, phone as small } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext

beforeAll(async () => {
  browser = await openBrowser()
  world = await openConsoleWorld()
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

async function openImport(instanceId: string, by = context): Promise<Page> {
  const page = await visits.open(`instances/${instanceId}`, by)
  await page.getByText('Bring the number from another gateway').click()
  return page
}

async function codeArrives(instance: { id: string; token: string }, from: string): Promise<void> {
  const sent = await world.client.onInstance(instance, 'POST', 'send-button-otp', {
    phone: world.recipient.phone,
    message: 'Seu código',
    code: '845201',
  })
  const { messageId } = Object(sent)
  const message = await world.recipient.untilMessage(({ id }) => id === messageId)
  expect(message).toMatchObject({ from })
  expect(message.buttons).toHaveLength(1)
}

test('a folder: it is looked at, taken over once the other gateway is said to be stopped, and sends a code', async () => {
  const phone = await world.simulator.addPhone({ phone: '5511977773001', name: 'Loja Sé' })
  const donor = await linkDonor(world.simulator, phone)
  await donor.stop()
  const instance = await world.client.createInstance('Loja Sé')
  const page = await openImport(instance.id)
  await page.getByText('Stop the other gateway first.').waitFor()
  await page.getByLabel('Choose a folder').setInputFiles(donor.folder)
  await page.getByText(/^\d+ files chosen\.$/u).waitFor()
  await page.getByRole('button', { name: 'Look at them' }).click()
  await page.getByText('+5511977773001').waitFor()
  await page.getByText(/^pre-keys \d{3}, /u).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Take the number over' }).click()
  await page.getByText('Stop the other gateway first, then tick the box.').waitFor()
  await page.getByLabel('I have stopped the other gateway').check()
  await page.getByRole('button', { name: 'Take the number over' }).click()
  await page.getByText('messages go and come').waitFor()
  await page.getByText('The number is connected here.').waitFor()
  await codeArrives(instance, phone.phone)
  expect(phone.linkedDevices()).toHaveLength(1)
  await page.close()
})

test('a gateway that still runs is named where the files were chosen, in both languages of the page', async () => {
  const phone = await world.simulator.addPhone({ phone: '5511977773002', name: 'Loja Luz' })
  const donor = await linkDonor(world.simulator, phone)
  const instance = await world.client.createInstance('Loja Luz')
  const visitor = await newVisitor(browser, small)
  await visitor.addCookies(await context.cookies())
  const page = await openImport(instance.id, visitor)
  const [row = '', keys = ''] = await evolutionFiles(donor.folder)
  await page.getByLabel('Choose a folder').setInputFiles(keys)
  // The fields of the first choice have gone.
  await page.getByText(/chosen\.$/u).waitFor()
  await page.getByLabel('Choose files').setInputFiles(row)
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByRole('button', { name: 'Examinar' }).click()
  await page.getByText('Evolution API', { exact: true }).waitFor()
  await page.getByLabel('Parei o outro gateway').check()
  const back = donor.comesBack()
  await page.getByRole('button', { name: 'Trazer o número' }).click()
  expect((await back).isOpen).toBe(true)
  await page.getByText('O outro gateway ainda roda com esta sessão').waitFor()
  await page.getByRole('button', { name: 'Mostrar' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await visitor.close()
})

test('files that hold no whole session say what is missing', async () => {
  const phone = await world.simulator.addPhone({ phone: '5511977773003', name: 'Loja Mooca' })
  const donor = await linkDonor(world.simulator, phone)
  await donor.stop()
  const creds = await readFile(join(donor.folder, 'creds.json'), 'utf8')
  await rm(join(donor.folder, 'creds.json'))
  const instance = await world.client.createInstance('Loja Mooca')
  const page = await openImport(instance.id)
  await page.getByLabel('Choose a folder').setInputFiles(donor.folder)
  await page.getByRole('button', { name: 'Look at them' }).click()
  await page.getByText('creds is missing').waitFor()
  await page.getByRole('button', { name: 'Choose others' }).click()
  await page.getByLabel('Choose a folder').waitFor()
  const { noiseKey: _, ...rest } = JSON.parse(creds)
  const file = { name: 'creds.json', mimeType: 'application/json' }
  const broken = { ...file, buffer: Buffer.from(JSON.stringify(rest)) }
  await page.getByLabel('Choose files').setInputFiles([broken])
  await page.getByRole('button', { name: 'Look at them' }).click()
  await page.getByText('noiseKey.private is missing.').waitFor()
  expect(page.url()).toContain(instance.id)
  await page.close()
})

test('asks nothing of elsewhere and breaks nothing', () => {
  expect(visits.complaints).toEqual([])
})
