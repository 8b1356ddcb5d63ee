/** A receiver that answered 410: the console says so, and one click sends callbacks there again. */

import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallbackReceiver } from '../../sandbox/src/callback-receiver.js'
import { pair } from '../../sandbox/src/sandbox.js'
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

test('a receiver that answered 410 is named on every tab, and gets callbacks again by one click', async () => {
  await using receiver = await CallbackReceiver.start()
  const { client, simulator, recipient } = world
  const phone = await simulator.addPhone({ phone: '5511977770099', name: 'Filial' })
  const instance = await client.createInstance('Filial Ilhéus')
  await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value: receiver.url })
  receiver.answerStatus = 410
  await pair(client, instance, phone)
  const send = (code: string): Promise<unknown> =>
    client.onInstance(instance, 'POST', 'send-button-otp', {
      phone: recipient.phone,
      message: 'Oi',
      code,
    })

  const page = await visits.open(`instances/${instance.id}`, context)
  await page.getByText('this address answered 410 (gone)').waitFor()
  await page.getByRole('link', { name: 'Callbacks' }).click()
  await page.getByText('this address answered 410 (gone)').waitFor()
  await page.getByText(receiver.url).first().waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByText('este endereço respondeu 410').waitFor()
  await page.getByRole('button', { name: 'English' }).click()

  receiver.answerStatus = 200
  await page.getByRole('button', { name: 'Send callbacks there again' }).click()
  await page.getByText('Callbacks go there again.').waitFor()
  await page.getByText('this address answered 410 (gone)').waitFor({ state: 'detached' })
  await page.locator('.banner').waitFor({ state: 'detached' })
  await send('246802')
  await receiver.next(({ body }) => body['type'] === 'DeliveryCallback')

  await page.getByRole('link', { name: 'Trail' }).click()
  await page.locator('tbody').getByText('Callbacks switched on again').waitFor()
  expect(visits.complaints).toEqual([])
  await page.close()
})
