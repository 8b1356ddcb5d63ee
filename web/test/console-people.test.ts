/** An administrator gives a program a key and invites a person, whose role says what the console allows. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

const password = 'another long password'

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser, desktop)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}

const why = (least: string) => `Your role is Viewer. This needs the role ${least}`

/** The text that is shown this once. */
async function shownOnce(page: Page): Promise<string> {
  const text = await page.locator('.card--important code').textContent()
  await page.getByRole('button', { name: 'I have it' }).click()
  await page.locator('.card--important').waitFor({ state: 'detached' })
  return text ?? ''
}

test.each([
  ['a desktop', { size: desktop, invited: phone, person: 'bia', city: 'Olinda' }],
  ['a phone', { size: phone, invited: desktop, person: 'caio', city: 'Recife' }],
] as const)('keys and roles are given on %s', async (_name, { size, invited, person, city }) => {
  const { client } = world
  const instance = await client.createInstance(`Filial ${city}`)
  const other = await client.createInstance(`Matriz ${city}`)
  // So many are searched.
  for (let at = 1; at <= 8; at += 1) await client.createInstance(`Loja ${city} ${at}`)

  const page = await visits.open('', context)
  await page.setViewportSize(size)
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByText('There is no key.').waitFor()
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill('CRM')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByText('Choose what the key opens.').waitFor()
  await page.getByLabel(/^send:/u).check()
  await page.getByLabel(`Filial ${city}`).check()
  await page.getByLabel('Search instances').fill(`matriz ${city}`)
  await page.getByLabel(`Filial ${city}`).waitFor({ state: 'hidden' })
  await page.getByLabel('Search instances').press('Enter')
  await page.getByLabel(`Matriz ${city}`).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Make a key' }).click()
  const token = await shownOnce(page)
  expect(token).toMatch(/^recado_key_[0-9a-f]{64}$/u)
  await page.getByText(/send · 1 instance · until .* · never used/u).waitFor()

  // The client of any Z-API integrator, with the key in the place of the token.
  const keyed = client.recado({ id: instance.id, token })
  const sent = await keyed.sendText({ phone: world.recipient.phone, message: 'Olá' })
  expect(sent.messageId).not.toBe('')
  await expect(keyed.getStatus()).rejects.toThrow('lacks the scope read')
  const elsewhere = client.recado({ id: other.id, token })
  await expect(
    elsewhere.sendText({ phone: world.recipient.phone, message: 'Olá' }),
  ).rejects.toThrow('does not open the instance')
  await page.reload()
  await page.getByText(/send · 1 instance · until .* · used /u).waitFor()

  await page.getByLabel('For whom').fill(`Invited: ${person}`)
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = await shownOnce(page)
  await page
    .getByRole('strong')
    .filter({ hasText: `Invited: ${person}` })
    .waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])

  await using visitor = await newVisitor(browser, invited)
  const own = await visits.open(`invitation#${link.split('#')[1] ?? ''}`, visitor)
  await own.getByText('You are invited with the role Viewer.').waitFor()
  expect(own.url()).not.toContain('#')
  await fits(own)
  expect(await faultsInBothThemes(own)).toEqual([])
  await own.getByLabel('Your name').fill(person)
  await own.getByLabel('Password', { exact: true }).fill(password)
  await own.getByLabel('Password again').fill(password)
  await own.getByRole('button', { name: 'Join' }).click()

  await own.getByRole('link', { name: `Filial ${city}` }).waitFor()
  await own.getByText(why('Administrator')).waitFor()
  await own.getByRole('link', { name: 'People' }).waitFor({ state: 'detached' })
  await own.getByRole('link', { name: `Filial ${city}` }).click()
  await own.getByText(why('Operator')).waitFor()
  await own.getByRole('link', { name: 'Send', exact: true }).click()
  await own.getByText(why('Operator')).waitFor()
  const chat = `instances/${instance.id}/chats/${world.recipient.phone}`
  await own.goto(`${world.url}/console/${chat}`)
  await own.locator('.conversation').getByText(why('Operator')).waitFor()
  await own.getByLabel('Reply').waitFor({ state: 'detached' })
  await own.getByRole('button', { name: 'Add tags' }).waitFor({ state: 'detached' })
  await own.getByRole('link', { name: 'Settings' }).click()
  await own.getByText(why('Administrator')).first().waitFor()
  await expect.poll(() => own.getByRole('button', { name: 'Save' }).first().isDisabled()).toBe(true)
  await fits(own)
  expect(await faultsInBothThemes(own)).toEqual([])
  await own.getByRole('button', { name: 'Português' }).click()
  await own.getByText('Seu papel é Leitor. Isto precisa do papel Operador').first().waitFor()
  await own.getByRole('button', { name: 'English' }).click()

  await page.getByLabel(`Role of ${person}`).selectOption('operator')
  await page.getByText('The role counts now.').waitFor()
  // The login of the person has ended: the page hears of it and asks for a new one.
  await own.getByRole('button', { name: 'Log in' }).waitFor()
  await own.getByLabel('Name').fill(person)
  await own.getByLabel('Password').fill(password)
  await own.getByRole('button', { name: 'Log in' }).click()
  await own.getByText('Your role is Operator. This needs the role Administrator').first().waitFor()
  await own.getByRole('button', { name: 'Add tags' }).waitFor()
  await expect
    .poll(() => own.getByRole('button', { name: 'Save' }).first().isDisabled())
    .toBe(false)

  await page.getByRole('listitem').filter({ hasText: 'CRM' }).getByRole('button').click()
  await page.getByRole('group').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('There is no key.').waitFor()
  await expect(keyed.sendText({ phone: world.recipient.phone, message: 'Olá' })).rejects.toThrow(
    'it was revoked',
  )

  await page.getByLabel('Role of ana').selectOption('viewer')
  await page.getByText('This is the last administrator.').waitFor()
  await page.reload()
  await page.getByLabel(`Role of ${person}`).waitFor()
  await fits(page)
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('link', { name: 'Trail' }).click()
  for (const act of ['API key revoked', 'Role changed', 'Person joined by invitation'])
    await page.getByText(act).first().waitFor()
  expect(visits.complaints).toEqual([])
  await page.close()
})
