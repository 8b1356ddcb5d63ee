/** What an operator does with a receiver of callbacks: test it, pause it, look at each attempt, and try now. */

import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallbackReceiver } from '../../sandbox/src/callback-receiver.js'
import { pair } from '../../sandbox/src/sandbox.js'
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

test.each([
  ['a desktop', desktop, '5511977770098'],
  ['a phone', phone, '5511977770099'],
])(
  'an operator tests, pauses and resumes a receiver, and tries a callback now, on %s',
  async (name, size, number) => {
    await using receiver = await CallbackReceiver.start()
    const { client, simulator, recipient } = world
    const line = await simulator.addPhone({ phone: number, name: 'Filial' })
    const instance = await client.createInstance(`Filial of ${name}`)
    await pair(client, instance, line)
    await client.onInstance(instance, 'PUT', 'update-webhook-delivery', { value: receiver.url })
    const send = (code: string): Promise<unknown> =>
      client.onInstance(instance, 'POST', 'send-button-otp', {
        phone: recipient.phone,
        message: `Oi ${name}`,
        code,
      })

    const page = await visits.open(`instances/${instance.id}/callbacks`, context)
    await page.setViewportSize(size)
    const receivers = page.locator('.receivers')
    receiver.answerStatus = 503
    await receivers.getByRole('button', { name: 'Send a test callback' }).click()
    await receivers.getByText('Answered 503').waitFor()

    await send('845201')
    const row = page.locator('tbody tr').filter({ hasText: 'Message sent' })
    const told = await recipient.untilMessage(({ text }) => text.includes(`Oi ${name}`))
    await row.getByText('+55 11 99999-0002').waitFor()
    await row.getByText(told.id).waitFor()
    await page.locator('.row-link').first().click()
    const callback = page.locator('.card--important')
    await callback.getByText('Answered 503').waitFor()
    // The second attempt comes after five seconds, the third after five minutes.
    await callback.getByText(/^[12] of 10$/u).waitFor()
    await expect.poll(() => callback.textContent()).not.toContain('845201')
    expect(await faultsInBothThemes(page)).toEqual([])

    receiver.answerStatus = 200
    await callback.getByRole('button', { name: 'Try now' }).click()
    await callback.getByText('Answered 200').waitFor()
    await receiver.next(({ body }) => body['type'] === 'DeliveryCallback')
    expect(await faultsInBothThemes(page)).toEqual([])
    await callback.getByRole('link', { name: 'Open the message' }).click()
    await page.locator('.timeline').waitFor()

    await page.goto(`${world.url}/console/instances/${instance.id}/callbacks`)
    await receivers.getByRole('button', { name: 'Pause' }).click()
    await receivers.getByText('Paused', { exact: true }).waitFor()
    await send('845202')
    await receivers.getByText('1 waits').waitFor()
    await page.getByRole('button', { name: 'Português' }).click()
    await receivers.getByText('Pausado', { exact: true }).waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    await receivers.getByRole('button', { name: 'Retomar' }).click()
    await receivers.getByText('1 espera').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'English' }).click()
    await receivers.getByRole('button', { name: 'Pause' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(visits.complaints).toEqual([])
    await page.close()
  },
)

test('a refused call is listed with its cause and cure, in Portuguese on a phone', async () => {
  const instance = await world.client.createInstance('Filial Búzios')
  const refused = await fetch(`${world.url}/instances/${instance.id}/token/none/send-text`, {
    method: 'POST',
    headers: { 'client-token': 'none' },
  })
  expect(refused.status).toBe(403)
  const page = await visits.open('', context)
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByRole('link', { name: 'Registro' }).click()
  await page.getByRole('link', { name: 'Chamadas recusadas' }).click()
  await page.getByText('Client-Token não permitido.').waitFor()
  await page.getByText('Envie o cabeçalho Client-Token').waitFor()
  await page.getByText(refused.headers.get('x-request-id') ?? '?').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(visits.complaints).toEqual([])
  await page.close()
})
