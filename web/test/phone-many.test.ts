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
