/** An operator sets a webhook for alerts, tries it, and is told of a number that WhatsApp blocks. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EndpointServer } from '../../gateway/test/support/endpoint-server.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

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

test('alerts are set, tried and told, on a desktop and on a phone', async () => {
  const { simulator, client } = world
  const line = await simulator.addPhone({ phone: '5511977773001', name: 'Loja' })
  const instance = await client.createInstance('Filial Olinda')
  await pair(client, instance, line)

  await using context = await newVisitor(browser, desktop)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.getByRole('link', { name: 'Alerts' }).click()
  await page.getByText('Nothing is wrong.').waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('No channel is set').waitFor()

  await page.getByLabel('Webhook: URL').fill(receiver.url('/alerts'))
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Show the secret of the signature' }).waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText(/webhook: taken in/u).waitFor()
  expect(receiver.hits[0]?.body).toMatchObject({ type: 'alerts.test' })
  expect(receiver.hits[0]?.headers['webhook-signature']).toMatch(/^v1,/u)
  expect(await faultsInBothThemes(page)).toEqual([])

  await fetch(`${simulator.controlUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      logins: [{ code: 403, phone: line.phone }],
      connections: [{ phone: line.phone, action: 'drop' }],
    }),
  })
  await receiver.hit(2)
  expect(receiver.hits[1]?.body).toMatchObject({
    type: 'alerts',
    opened: [{ kind: 'number-banned', instanceId: instance.id, instanceName: 'Filial Olinda' }],
  })
  expect(receiver.hits[1]?.text).not.toContain(line.phone)

  await page.setViewportSize(phone)
  await page.reload()
  await page.getByText('Filial Olinda is blocked by WhatsApp').waitFor()
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('Filial Olinda foi bloqueado pelo WhatsApp').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  expect(width).toBeLessThanOrEqual(phone.width)
  await page.setViewportSize(desktop)
  await page.getByRole('link', { name: 'Abrir o número' }).click()
  await page.getByRole('heading', { name: 'Filial Olinda' }).waitFor()
  expect(visits.complaints).toEqual([])
})
