/** An instance that takes calls without Client-Token: the console shows the risk, and the trail who took it. */

import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { administrator, ConsoleVisits, enterConsole, newVisitor } from './console-visitor.js'
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

test('the risk stands on the overview while it is taken, and the trail names who took it', async () => {
  const { id, token } = await world.client.createInstance('Filial Itu')
  const statusOf = async () =>
    (await fetch(`${world.url}/instances/${id}/token/${token}/status`)).status
  const page = await visits.open(`instances/${id}/settings`, context)
  const set = async (isOptional: boolean): Promise<void> => {
    const form = page.locator('form', { hasText: 'Take calls without Client-Token' })
    await form.getByLabel('Take calls without Client-Token').setChecked(isOptional)
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').waitFor()
  }
  expect(await statusOf()).toBe(400)
  await set(true)
  expect(await statusOf()).toBe(200)
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('heading', { name: 'Calls need no Client-Token' }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByRole('heading', { name: 'As chamadas não precisam de Client-Token' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()

  await page.getByRole('link', { name: 'Trail' }).click()
  const record = page.locator('tbody tr', { hasText: 'Settings changed' }).first()
  await record.getByText('clientTokenOptional').waitFor()
  await record.getByText(administrator.name, { exact: true }).waitFor()

  await page.goto(`${world.url}/console/instances/${id}/settings`)
  await set(false)
  expect(await statusOf()).toBe(400)
  await page.getByRole('link', { name: 'Overview' }).click()
  await page
    .getByRole('heading', { name: 'Calls need no Client-Token' })
    .waitFor({ state: 'detached' })
  expect(visits.complaints).toEqual([])
  await page.close()
})
