/** The moves of a pool in a real browser: the newest 20 first, all of them by a click, on a desktop and on a phone. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

const shownAtFirst = 20

let browser: Browser
let world: ConsoleWorld

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
})

test('of 22 moves the newest 20 are listed, and all after "Show more"', async () => {
  const { client, recipient, simulator } = world
  const visits = new ConsoleVisits(world.url)
  await using context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  // Not linked: what is sent by the pool waits with it until another member joins.
  const unlinked = await client.createInstance('Filial Recife')
  const pool = await client.createPool('Logins', [unlinked])
  for (let at = 1; at <= shownAtFirst + 2; at += 1)
    await client.onInstance(pool, 'POST', 'send-text', {
      phone: recipient.phone,
      message: `Aviso ${at}`,
    })
  const linked = await client.createInstance('Filial Natal')
  const line = await simulator.addPhone({ phone: '5511977774001', name: 'Loja' })
  await pair(client, linked, line)
  await client.addMember(pool, linked)
  await recipient.untilMessage(({ text }) => text === `Aviso ${shownAtFirst + 2}`, 20_000)

  const moves = page
    .locator('section.card')
    .filter({ has: page.getByRole('heading', { name: 'Moves' }) })
  const rows = moves.getByRole('row', { name: /Filial Recife → Filial Natal.*disconnected/u })
  const more = moves.getByRole('button', { name: 'Show more' })
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size)
    await page.goto(`${world.url}/console/pools/${pool.id}`)
    await more.waitFor()
    await expect.poll(() => rows.count()).toBe(shownAtFirst)
    expect(await faultsInBothThemes(page)).toEqual([])
    await more.click()
    await more.waitFor({ state: 'detached' })
    await expect.poll(() => rows.count()).toBe(shownAtFirst + 2)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  }
  expect(visits.complaints).toEqual([])
})
