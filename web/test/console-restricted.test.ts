/**
 * WhatsApp restricts a number: its banner is on every tab, the call that it refuses is listed, an alert is sent,
 * and all but the call end with the restriction.
 */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EndpointServer } from '../../gateway/test/support/endpoint-server.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

const tabs = ['', 'send', 'messages', 'chats', 'queue', 'callbacks', 'settings', 'health']
const sizes = [desktop, phone]

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let receiver: EndpointServer

beforeAll(async () => {
  ;[browser, world, receiver] = await Promise.all([
    openBrowser(),
    openConsoleWorld(),
    EndpointServer.start(),
  ])
  visits = new ConsoleVisits(world.url)
})

afterAll(async () => {
  await browser.close()
  await receiver[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

async function setFaults(change: object): Promise<void> {
  const answer = await fetch(`${world.simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}

/** No moment in the form of programs. */
async function expectNoIso(page: Page): Promise<void> {
  const text = () => page.locator('main').innerText()
  await expect.poll(text).not.toMatch(/\d{4}-\d\d-\d\dT/u)
}

/** Opened by its links. */
async function readRefusedCall(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: 'Trail' }).click()
  await page.getByRole('link', { name: 'Refused calls' }).click()
  const row = page.getByRole('row').filter({ hasText: 'Filial Olinda' })
  await row.getByText('403 POST /send-text').waitFor()
  await row.getByText(/start new conversations until \d+ \w+ \d{4}/u).waitFor()
  await row.getByText('wait as the header Retry-After says').waitFor()
  await row.getByText('Request id: ').waitFor()
  await expectNoIso(page)
  await page.getByRole('button', { name: 'Português' }).click()
  await row
    .getByText(/O WhatsApp não deixa este número começar conversas novas até \d+ de/u)
    .waitFor()
  await expectNoIso(page)
  await page.getByRole('button', { name: 'English' }).click()
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(await faultsInBothThemes(page)).toEqual([])
}

test('a restriction is told on every tab and by an alert until it ends, on a desktop and on a phone', async () => {
  const { simulator, client, recipient } = world
  const shop = await simulator.addPhone({ phone: '5511977775001', name: 'Loja' })
  const stranger = await simulator.addPhone({ phone: '5511977775002', name: 'Rui' })
  const instance = await client.createInstance('Filial Olinda')
  await pair(client, instance, shop)
  // A person who wrote to the number is no stranger.
  await recipient.send(shop.phone, 'Oi')

  await using context = await newVisitor(browser, desktop)
  const page = await visits.open('alerts', context)
  await enterConsole(page, world.setupCode)
  await page.getByLabel('Webhook: URL').fill(receiver.url('/alerts'))
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Show the secret of the signature' }).waitFor()

  // What the simulator plays as "restricted", with an end that is not reached.
  const until = Math.ceil(Date.now() / 1_000) + 86_400
  await setFaults({
    acks: [{ kind: 'error', code: 463, from: shop.phone, strangers: true }],
    newChatLocks: [{ phone: shop.phone, until }],
  })
  await client.onInstance(instance, 'POST', 'send-text', { phone: stranger.phone, message: 'Oi' })
  await receiver.hit(1)
  expect(receiver.hits[0]?.body).toMatchObject({
    opened: [{ kind: 'number-restricted', instanceName: 'Filial Olinda' }],
  })

  const message = { phone: stranger.phone, message: 'Oi' }
  const call = client.onInstance(instance, 'POST', 'send-text', message)
  await expect(call).rejects.toThrow('answered 403')

  const banner = page.locator('.banner')
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.goto(`${world.url}/console/alerts`)
    const open = page.getByRole('listitem').filter({ hasText: 'Filial Olinda' })
    await open.getByText(/It ends on \d+ \w+ \d{4}/u).waitFor()
    await expectNoIso(page)
    await readRefusedCall(page)
    for (const tab of tabs) {
      await page.goto(`${world.url}/console/instances/${instance.id}/${tab}`)
      await banner.getByText(/no new conversation until \d+ \w+ \d{4}/u).waitFor()
      await banner.getByText('Send only to people who know the number').waitFor()
      await expectNoIso(page)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
    expect(await faultsInBothThemes(page)).toEqual([])
  }

  // A contact is refused too, and WhatsApp says that the number is free.
  await setFaults({
    acks: [{ kind: 'error', code: 463, to: recipient.phone, times: 1 }],
    newChatLocks: [],
  })
  await client.onInstance(instance, 'POST', 'send-text', { phone: recipient.phone, message: 'Oi' })
  await banner.getByText('This is over.').waitFor()
  await receiver.hit(2)
  expect(receiver.hits[1]?.body).toMatchObject({
    recovered: [{ kind: 'number-restricted', instanceName: 'Filial Olinda' }],
  })
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const tab of tabs) {
      await page.goto(`${world.url}/console/instances/${instance.id}/${tab}`)
      await page.getByRole('heading', { name: 'Filial Olinda' }).waitFor()
      await expect.poll(() => banner.count()).toBe(0)
    }
    await page.goto(`${world.url}/console/alerts`)
    await page.getByText('Nothing is wrong.').waitFor()
    await page.getByText(/^recovered \d/u).waitFor()
  }
  expect(visits.complaints).toEqual([])
}, 300_000)
