/** Others who guess must not keep out an administrator who has logged in before. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ana,
  type Browser,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'

let stage: ConsoleStage

beforeEach(async () => {
  stage = await openConsoleStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const logIn = (browser: Browser, password: string = ana.password) =>
  browser.call('POST', 'log-in', { ...ana, password })

/** So many wrong logins to the account that the next one of any stranger has to wait. */
async function attack(): Promise<void> {
  for (let from = 0; from < 18; from += 1) {
    const guesser = stage.newBrowser(`198.51.100.${from}`)
    for (let tries = 0; tries < 4; tries += 1) await logIn(guesser, 'a wrong password')
  }
  const stranger = await logIn(stage.newBrowser('203.0.113.200'))
  expect(stranger.statusCode).toBe(429)
}

/** Logs out: the browser keeps its mark alone. */
async function leave(browser: Browser): Promise<void> {
  bodyOf(await browser.call('POST', 'log-out'))
}

describe('while others guess, a right password is taken', () => {
  it('from a browser that logged in before, from any address', async () => {
    const browser = await stage.loggedIn()
    await leave(browser)
    await attack()
    const elsewhere = stage.newBrowser('192.0.2.77')
    elsewhere.mark = browser.mark
    expect((await logIn(elsewhere)).statusCode).toBe(200)
  })

  it('from an address that logged in before, in any of its forms', async () => {
    await stage.loggedIn()
    const there = stage.newBrowser('2001:db8:7:7::1')
    expect((await logIn(there)).statusCode).toBe(200)
    await attack()
    const again = stage.newBrowser('2001:db8:7:7:ffff::9')
    expect((await logIn(again)).statusCode).toBe(200)
  })

  it('and from nowhere else', async () => {
    const browser = await stage.loggedIn()
    await leave(browser)
    await attack()
    const other = stage.newBrowser('192.0.2.78')
    other.mark = `${browser.mark}x`
    expect((await logIn(other)).statusCode).toBe(429)
  })
})

describe('who has a mark', () => {
  it('is held up by wrong passwords of its own', async () => {
    const browser = await stage.loggedIn()
    await leave(browser)
    for (let tries = 0; tries < 5; tries += 1)
      expect((await logIn(browser, 'a wrong password')).statusCode).toBe(401)
    expect((await logIn(browser)).statusCode).toBe(429)
  })

  it('is not let in by it', async () => {
    const browser = await stage.loggedIn()
    await leave(browser)
    expect((await browser.call('GET', 'instances')).statusCode).toBe(401)
    expect(await browser.get('visit')).toMatchObject({ state: 'log-in' })
  })
})

it('an address that guesses many names is refused before its body is read', async () => {
  await stage.loggedIn()
  const guesser = stage.newBrowser('198.51.100.9')
  for (let tries = 0; tries < 21; tries += 1)
    await guesser.call('POST', 'log-in', { name: `name-${tries}`, password: 'x' })
  const answer = await stage.app.inject({
    method: 'POST',
    url: '/console/api/log-in',
    remoteAddress: '198.51.100.9',
    headers: { 'x-recado-console': '1', 'content-type': 'application/json' },
    payload: '{"name":',
  })
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '5'])
})
