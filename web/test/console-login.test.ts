/** Logging in to the console in a real browser: passwords, one-time codes, sessions; and what an operator does there. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idleLifetimeMs } from '../../gateway/src/administrators/session-lifetime.js'
import {
  type ConsoleStage,
  oneTimeCode,
  openConsoleStage,
} from '../../gateway/test/support/console-stage.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { administrator, ConsoleVisits, enterConsole, logIn, newVisitor } from './console-visitor.js'

let browser: Browser
let stage: ConsoleStage
let visits: ConsoleVisits
/** A person who is logged in. */
let context: BrowserContext

beforeAll(async () => {
  ;[browser, stage] = await Promise.all([openBrowser(), openConsoleStage()])
  visits = new ConsoleVisits(await stage.app.listen({ port: 0 }))
  context = await newVisitor(browser)
})

afterAll(async () => {
  await browser.close()
  await stage[Symbol.asyncDispose]()
})

function open(path: string, by = context): Promise<Page> {
  return visits.open(path, by)
}

test('makes the first administrator for the set-up code alone', async () => {
  const page = await open('')
  await page.getByLabel('Set-up code').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.locator('[name=setupCode]').fill('aaaaa-aaaaa-aaaaa-aaaaa')
  await page.locator('[name=name]').fill(administrator.name)
  for (const name of ['password', 'again'])
    await page.locator(`[name=${name}]`).fill(administrator.password)
  await page.locator('form [type=submit]').click()
  await page.getByRole('alert').getByText('The set-up code is wrong').waitFor()
  await enterConsole(page, stage.setupCode)
  await page.getByRole('heading', { name: 'Instances' }).waitFor()
  await page.close()
})

test('says the same to a wrong name and a wrong password, and lets the right one in', async () => {
  const stranger = await newVisitor(browser)
  const page = await open('account', stranger)
  for (const name of ['stranger', administrator.name]) {
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Password').fill('wrong')
    // The refusal of the name before may still stand, and a form takes no second press while it is sent.
    const refused = page.waitForResponse((answer) => answer.request().method() === 'POST')
    await page.getByRole('button', { name: 'Log in' }).click()
    expect((await refused).ok()).toBe(false)
    await page.getByRole('alert').getByText('Name, password or one-time code is wrong.').waitFor()
  }
  expect(await faultsInBothThemes(page)).toEqual([])
  await logIn(page)
  await page.getByRole('heading', { name: 'Account' }).waitFor()
  await page.locator('.lead', { hasText: administrator.name }).waitFor()
  await stranger.close()
})

test('shows the login in every tab of a session that another one ended', async () => {
  const other = await newVisitor(browser)
  const tabs = [await open('', other), await open('account', other)]
  const [first, second] = tabs
  if (first) await logIn(first)
  await first?.locator('.live--on').waitFor()
  await second?.reload()
  await second?.locator('.live--on').waitFor()

  const page = await open('account')
  await page.getByRole('button', { name: 'Log out everywhere else' }).click()
  for (const tab of tabs) await tab.getByRole('heading', { name: 'Log in' }).waitFor()
  await expect.poll(() => page.getByText('this browser').count()).toBe(1)
  await other.close()
  await page.close()
})

test('shows why a callback is late and when it is tried next, and sends again what was given up', async () => {
  const { id } = (await stage.instances.create({ name: 'Filial Osasco' })).instance
  await stage.webhooks.setEndpoint(id, ['message.failed'], 'https://example.com/hook')
  const program = await stage.loggedIn()
  const body = { phone: '5511999990002', message: 'Oi', code: '123456' }
  await program.call('POST', `instances/${id}/call/send-button-otp`, body)
  await program.call('DELETE', `instances/${id}/queue`)
  const set = (values: object): Promise<unknown> =>
    stage.database.query.updateTable('delivery').set(values).execute()
  await set({ attempts: 3, last_error: 'HTTP 503', next_attempt_at: Date.now() + 19_800_000 })

  const page = await open(`instances/${id}/callbacks`)
  await page.getByRole('link', { name: 'Message not sent' }).click()
  const callback = page.locator('.card--important')
  await callback.getByText('3 of 10').waitFor()
  await callback.getByText('HTTP 503').waitFor()
  await callback.getByText(/\(in 5 h \d+ min\)/u).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])

  await set({ status: 'dead', attempts: 10, last_error: 'HTTP 500', ended_at: 9 })
  await page.reload()
  await callback.getByText('10 of 10').waitFor()
  await callback.getByText('HTTP 500').waitFor()
  await page.getByText('Send again what failed').click()
  await page.getByLabel('Since').fill('2100-01-01T00:00')
  const again = page.getByRole('button', { name: 'Send these again' })
  await again.click()
  await page.getByText('Nothing failed since then.').waitFor()
  await page.getByLabel('Since').fill('2000-01-01T00:00')
  await again.click()
  await page.getByText('1 is sent again.').waitFor()
  await page.locator('tbody tr').getByText('Pending').waitFor()
  const row = stage.database.query.selectFrom('delivery').select('status')
  expect(await row.executeTakeFirstOrThrow()).toEqual({ status: 'pending' })
  await page.close()
})

test('asks for a one-time code once an authenticator app is set up, and takes each once', async () => {
  const page = await open('account')
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('img', { name: 'Scan this with the app' }).waitFor()
  const secret = (await page.locator('.pairing code').textContent()) ?? ''
  const enrol = async (code: string, password: string): Promise<void> => {
    await page.getByLabel('One-time code').fill(code)
    await page.locator('[name=factor-password]').fill(password)
    await page.getByRole('button', { name: 'Switch on' }).click()
  }
  const first = oneTimeCode(secret, stage.clock.now())
  await enrol(first, 'not the password')
  await page.getByRole('alert').getByText('password or the one-time code is wrong').waitFor()
  await enrol(first, administrator.password)
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor()
  const recoveryCodes = page.locator('.recovery code')
  await expect.poll(async () => new Set(await recoveryCodes.allTextContents()).size).toBe(10)
  const recovery = await Promise.all([0, 1].map((at) => recoveryCodes.nth(at).textContent()))
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('A login asks for a one-time code.').waitFor()

  const logInWith = async (code: string): Promise<void> => {
    await page.getByLabel('One-time code').fill(code)
    await page.getByRole('button', { name: 'Log in' }).click()
  }
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await logIn(page)
  await logInWith(first)
  await page.getByRole('alert').getByText('Name, password or one-time code is wrong.').waitFor()
  stage.clock.jump(30_000)
  await logInWith(oneTimeCode(secret, stage.clock.now()))
  await page.getByRole('heading', { name: 'Account' }).waitFor()

  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await logIn(page)
  await logInWith(recovery[0] ?? '')
  await page.getByText('9 recovery codes are left.').waitFor()
  await page.getByLabel('One-time code').fill(recovery[1] ?? '')
  await page.locator('[name=factor-password]').fill(administrator.password)
  await page.getByRole('button', { name: 'Switch off' }).click()
  await page.getByText('A login asks for the password alone.').waitFor()
  await page.close()
})

test('shows the login once the session has been idle for too long, and nothing of what was read', async () => {
  const page = await open('')
  await page.locator('.live--on').waitFor()
  await page.getByRole('link', { name: 'Filial Osasco' }).waitFor()
  const lastSeen = { last_seen_at: stage.clock.now() - idleLifetimeMs }
  await stage.database.query.updateTable('login_session').set(lastSeen).execute()
  // The next heartbeat of the stream.
  await stage.clock.advance(15_000)
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
  await expect.poll(() => page.getByText('Filial Osasco').count()).toBe(0)
  await logIn(page)
  await page.getByRole('link', { name: 'Filial Osasco' }).waitFor()
  await page.close()
})

test('asked only the gateway in all of this, and made no error', () => {
  expect(visits.complaints).toEqual([])
})
