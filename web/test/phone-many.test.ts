/** A chat with many messages. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/src/simulator.js'
import { openBrowser } from './browser.js'
import { PhoneVisitor } from './phone-visitor.js'

let browser: Browser
let simulator: Simulator

beforeAll(async () => {
  ;[browser, simulator] = await Promise.all([openBrowser(), startSimulator()])
})

afterAll(async () => {
  await browser.close()
  await simulator[Symbol.asyncDispose]()
})

test('is read in one call when it is opened, however many are unread', async () => {
  const ana = await simulator.addPhone({ phone: '5511999990001', name: 'Ana' })
  const maria = await simulator.addPhone({ phone: '5511999990002', name: 'Maria' })
  for (let count = 1; count <= 40; count += 1) {
    const { id } = await ana.send(maria.phone, `Mensagem ${count}`)
    await maria.untilMessage((message) => message.id === id)
  }
  const visitor = new PhoneVisitor(browser, simulator.controlUrl)
  const context = await visitor.look()
  const calls: string[] = []
  context.on('request', (request) => {
    if (request.method() === 'POST') calls.push(new URL(request.url()).pathname)
  })
  await using page = await visitor.open(context, `/phones/${maria.phone}#chat/${ana.phone}`)
  await page.getByRole('log').getByText('Mensagem 40', { exact: true }).waitFor()
  const isRead = () => maria.messages.every(({ status }) => status === 'read')
  await expect.poll(isRead).toBe(true)
  expect(calls).toEqual([`/phones/${maria.phone}/read`])
  expect(visitor.complaints).toEqual([])
})

test('draws its last hundred messages, and earlier ones on demand without moving what is seen', async () => {
  const ana = await simulator.addPhone({ phone: '5511999990003', name: 'Ana' })
  const maria = await simulator.addPhone({ phone: '5511999990004', name: 'Maria' })
  const ids: string[] = []
  for (let count = 1; count <= 230; count += 1)
    ids.push((await ana.send(maria.phone, `Mensagem ${count}`)).id)
  const answer = await ana.post(maria.phone, { text: 'Sobre a quinta' }, ids[4])
  await maria.untilMessage(({ id }) => id === answer.id)
  const visitor = new PhoneVisitor(browser, simulator.controlUrl)
  const context = await visitor.look()
  await using page = await visitor.open(context, `/phones/${maria.phone}#chat/${ana.phone}`)
  const log = page.getByRole('log')
  const message = (which: number) => log.locator(`[data-key="${ids[which - 1]}"]`)
  const rows = log.locator('[data-key]')
  await log.getByText('Sobre a quinta', { exact: true }).waitFor()
  await expect.poll(() => rows.count()).toBe(100)
  await expect.poll(() => message(131).count()).toBe(0)
  await expect.poll(() => log.getByText('end-to-end encrypted').count()).toBe(0)

  const earlier = log.getByRole('button', { name: 'Earlier messages' })
  await earlier.scrollIntoViewIfNeeded()
  const placeOf = async (which: number) => Math.round((await message(which).boundingBox())?.y ?? -1)
  const before = await placeOf(132)
  expect(before).toBeGreaterThan(0)
  await earlier.click()
  await message(32).waitFor({ state: 'attached' })
  await expect.poll(() => rows.count()).toBe(200)
  expect(await placeOf(132)).toBe(before)

  // What comes in takes nothing away above.
  await ana.send(maria.phone, 'Mais uma')
  await log.getByText('Mais uma', { exact: true }).waitFor({ state: 'attached' })
  await expect.poll(() => rows.count()).toBe(201)

  await page.getByRole('button', { name: 'Go to the latest message' }).click()
  await log.locator('.bubble__quote').click()
  await expect.poll(() => placeOf(5)).toBeGreaterThan(0)
  await expect.poll(() => placeOf(5)).toBeLessThan(844)
  await expect.poll(() => rows.count()).toBe(232)
  await expect.poll(() => earlier.count()).toBe(0)
  await log.getByText('end-to-end encrypted').waitFor({ state: 'attached' })
  expect(visitor.complaints).toEqual([])
})
