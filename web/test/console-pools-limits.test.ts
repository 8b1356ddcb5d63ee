/** Pools and limits in a real browser: made, filled and read by a person, and followed by the messages. */

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import type { Phone } from '../../simulator/src/phone.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
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

async function linked(name: string, phoneNumber: string): Promise<[SandboxInstance, Phone]> {
  const own = await world.simulator.addPhone({ phone: phoneNumber, name })
  const instance = await world.client.createInstance(name)
  await pair(world.client, instance, own)
  return [instance, own]
}

async function setFaults(change: object): Promise<void> {
  const answer = await fetch(`${world.simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}

/** What a page shows once: an id and a token. */
async function shownOnce(page: Page): Promise<string[]> {
  const shown = page.locator('.card--important')
  await shown.waitFor()
  const codes = await Promise.all([0, 1].map((at) => shown.locator('code').nth(at).textContent()))
  await shown.locator('.actions button').click()
  return codes.map(String)
}

/** Saves what this part of the page says. Not by the notice: one of an earlier save may still stand. */
async function saved(page: Page, part: Locator): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await part.getByRole('button', { name: 'Save' }).click()
  expect((await answered).ok()).toBe(true)
  await page.getByText('Saved.').waitFor()
}

/** As programs send by the pool. */
async function sendTo(pool: SandboxInstance, code: string): Promise<void> {
  await world.client.onInstance(pool, 'POST', 'send-button-otp', {
    phone: world.recipient.phone,
    message: 'Seu código',
    code,
  })
}

async function addMember(page: Page, name: string, weight: string): Promise<void> {
  await page.getByLabel('Number', { exact: true }).selectOption({ label: name })
  await page.getByLabel('Weight', { exact: true }).fill(weight)
  await page
    .locator('section', { hasText: 'Add a number' })
    .getByRole('button', { name: 'Save' })
    .click()
  await page.getByRole('button', { name: `Remove ${name}` }).waitFor()
}

/** Asked, thought better of once, and asked again: only a yes removes it, on a phone too. */
async function removeMember(page: Page, name: string): Promise<void> {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'DELETE') asked.push(request.url())
  })
  const remove = page.getByRole('button', { name: `Remove ${name}` })
  const question = page.getByRole('group', { name: `Remove ${name}` })
  await remove.click()
  await question.getByText('What waits there goes to the other numbers').waitFor()
  await question.getByRole('button', { name: 'Go back' }).click()
  await question.waitFor({ state: 'detached' })
  await page.setViewportSize(phone)
  await remove.click()
  await question.waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(asked).toEqual([])
  await question.getByRole('button', { name: 'Yes, remove it' }).click()
  await remove.waitFor({ state: 'detached' })
  expect(asked).toHaveLength(1)
  await page.setViewportSize(desktop)
}

test('a pool is made, given numbers, and shows what moved when one is lost', async () => {
  const [, lost] = await linked('Filial Recife', '5511977772001')
  await linked('Filial Natal', '5511977772002')
  const page = await visits.open('pools', context)
  await page.getByText('There is no pool yet.').waitFor()
  await page.getByRole('button', { name: 'New pool' }).click()
  await page.getByLabel('Name').fill('Logins')
  await page.getByRole('button', { name: 'Create the pool' }).click()
  const [id = '', token = ''] = await shownOnce(page)
  await page.getByRole('heading', { name: 'Logins' }).waitFor()
  await page.getByText('It has no numbers yet').waitFor()
  expect(await page.content()).not.toContain(token)

  await addMember(page, 'Filial Recife', '3')
  await page.getByRole('row', { name: /Filial Recife.*Ready.*3/u }).waitFor()
  await page.getByText('leaves at once').first().waitFor()
  const pool = { id, token }
  await sendTo(pool, '118402')
  await world.recipient.untilMessage(({ text }) => text.includes('Seu código'))

  await setFaults({ logins: [{ code: 403, phone: lost.phone }] })
  await setFaults({ connections: [{ phone: lost.phone, action: 'drop' }] })
  await page.getByRole('row', { name: /Filial Recife.*Not connected/u }).waitFor()
  await page.getByText('cannot be sent now').first().waitFor()
  await sendTo(pool, '640913')
  await addMember(page, 'Filial Natal', '1')
  await page.getByRole('row', { name: /Filial Recife → Filial Natal.*disconnected/u }).waitFor()
  await expect
    .poll(() => world.recipient.messages.filter(({ text }) => text.includes('Seu código')).length, {
      timeout: 20_000,
    })
    .toBe(2)
  expect(await faultsInBothThemes(page)).toEqual([])

  // Its own URL, a number less, a new token, and its end.
  const callbacks = page
    .locator('section', { hasText: 'Callback' })
    .filter({ has: page.locator('input[name="message.sent"]') })
  const url = 'https://pool.example.com/codes'
  await callbacks.locator('input[name="all"]').fill(url)
  await saved(page, callbacks)
  await page.reload()
  await expect.poll(() => callbacks.locator('input[name="message.sent"]').inputValue()).toBe(url)

  await removeMember(page, 'Filial Recife')
  await page.getByRole('button', { name: 'Remove Filial Natal' }).waitFor()

  const rotation = page.locator('section').filter({ has: page.locator('select[name="overlap"]') })
  await rotation.locator('select').selectOption('0')
  await rotation.getByRole('button').click()
  const [, newToken = ''] = await shownOnce(page)
  await expect(sendTo(pool, '118403')).rejects.toThrow('404')
  await sendTo({ id, token: newToken }, '118404')

  await page.getByRole('button', { name: 'Delete the pool' }).click()
  await page.getByRole('button', { name: 'Yes, delete it' }).click()
  await page.getByText('There is no pool yet.').waitFor()
  await expect(sendTo({ id, token: newToken }, '118405')).rejects.toThrow('404')

  expect(visits.complaints).toEqual([])
  await page.close()
})

test('limits and the life of codes are set, shown and refused in words', async () => {
  const instance = await world.client.createInstance('Filial Belém')
  const page = await visits.open(`instances/${instance.id}/settings`, context)
  const limits = page.locator('section.card', { hasText: 'How much it may send' })
  await limits.getByRole('button', { name: 'Fill in what we recommend' }).click()
  await limits.getByLabel('Most messages a day').fill('15')
  await limits.getByLabel('Time zone').fill('Mars/Olympus')
  await limits.getByRole('button', { name: 'Save' }).click()
  await limits.getByText('timeZone must be a name of the IANA database').waitFor()
  await limits.getByLabel('Time zone').fill('America/Belem')
  await limits.getByRole('button', { name: 'Save' }).click()
  await limits.getByText('0 of 15').waitFor()
  await limits.getByText('0 of 50').waitFor()
  await limits.getByText('1 of 14').waitFor()

  const times = page.locator('section.card', { hasText: 'How long codes live' })
  await times.getByLabel('Life of a code').fill('300')
  await times.getByLabel('Tell after so many seconds').fill('3')
  await times.getByRole('button', { name: 'Save' }).click()
  await times.getByText('undeliverableAfterSeconds must be 0, or at least 5').waitFor()
  await times.getByLabel('Tell after so many seconds').fill('10')
  await saved(page, times)
  expect(await faultsInBothThemes(page)).toEqual([])

  await page.reload()
  await expect.poll(() => times.getByLabel('Life of a code').inputValue()).toBe('300')
  await expect.poll(() => times.getByLabel('Tell after so many seconds').inputValue()).toBe('10')
  await expect.poll(() => limits.getByLabel('Quiet from').inputValue()).toBe('21:00')
  expect(visits.complaints).toEqual([])
  await page.close()
})
