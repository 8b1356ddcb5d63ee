/** A person gives an AI agent a token in the console, the agent uses it, and the person takes it away. */

import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, enterConsole, newVisitor } from './console-visitor.js'
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

/** The status, and the names of the tools that the agent is offered. */
async function toolsOf(token: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${world.url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  })
  return { status: answer.status, text: await answer.text() }
}

test('a token for an agent is made with a scope, shown once, seen in use, and revoked', async () => {
  const instance = await world.client.createInstance('Filial Olinda')
  const page = await visits.open(`instances/${instance.id}/settings`, context)
  const card = page.locator('section.card', {
    has: page.getByRole('heading', { name: 'AI agents', exact: true }),
  })
  await card.getByText('No agent has a token.').waitFor()
  await card.getByLabel('Who gets it').fill('Support')
  await card.getByRole('button', { name: 'Make a token' }).click()
  const shown = page.locator('.card--important')
  await shown.getByText('not shown again').waitFor()
  const token = (await shown.locator('code').textContent()) ?? ''
  await shown.getByText(`"Bearer ${token}"`).waitFor()
  await card.getByText('not used yet').waitFor()
  await card.getByText('reads', { exact: true }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await shown.getByRole('button', { name: 'I have copied it' }).click()
  await shown.waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(token)

  const offered = await toolsOf(token)
  expect([offered.status, offered.text.includes('"getStatus"')]).toEqual([200, true])
  expect(offered.text).not.toContain('"sendText"')
  await page.reload()
  await card.getByText(/last used/u).waitFor()

  await card.getByRole('button', { name: 'Revoke Support' }).click()
  await card.getByRole('button', { name: 'Yes, revoke it' }).click()
  await card.getByText('No agent has a token.').waitFor()
  expect((await toolsOf(token)).status).toBe(401)
  expect(visits.complaints).toEqual([])
  await page.close()
})

test('an agent of a pool gets its token on the page of the pool', async () => {
  const pool = await world.client.createPool('Logins', [])
  const page = await visits.open(`pools/${pool.id}`, context)
  await page.getByLabel('Who gets it').fill('Codes')
  await page.getByLabel('What it may do').selectOption('send')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const token = (await page.locator('.card--important code').textContent()) ?? ''
  await page.getByText('reads and sends', { exact: true }).waitFor()
  expect((await toolsOf(token)).text).toContain('"sendButtonOtp"')
  expect(visits.complaints).toEqual([])
  await page.close()
})
