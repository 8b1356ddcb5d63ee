import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  ana,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'

let stage: ConsoleStage

beforeEach(async () => {
  stage = await openConsoleStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

it('asks for the set-up code first, and refuses logins without it', async () => {
  const browser = stage.newBrowser()
  expect(await browser.get('visit')).toEqual({ state: 'set-up', version: '1.2.3' })
  const wrong = await browser.call('POST', 'set-up', { setupCode: 'aaaaa', ...ana })
  expect([wrong.statusCode, wrong.json().error]).toEqual([
    403,
    'The set-up code is wrong. The program prints it at its start.',
  ])
  expect((await browser.call('GET', 'instances')).statusCode).toBe(401)

  const made = await browser.call('POST', 'set-up', { setupCode: stage.setupCode, ...ana })
  expect(made.statusCode).toBe(200)
  expect(await browser.get('visit')).toMatchObject({ state: 'in', administrator: { name: 'ana' } })
  const late = await stage
    .newBrowser()
    .call('POST', 'set-up', { setupCode: stage.setupCode, ...ana })
  expect(late.statusCode).toBe(409)
})

it('takes no password that is short', async () => {
  const body = { setupCode: stage.setupCode, name: 'ana', password: 'short' }
  const answer = await stage.newBrowser().call('POST', 'set-up', body)
  expect([answer.statusCode, answer.json().error]).toEqual([
    400,
    expect.stringContaining('password'),
  ])
})

it('gives a cookie that no program reads and no other site sends', async () => {
  const browser = stage.newBrowser()
  const answer = await browser.call('POST', 'set-up', { setupCode: stage.setupCode, ...ana })
  expect(answer.cookies).toMatchObject([
    { name: 'recado_console', path: '/console', httpOnly: true, sameSite: 'Strict' },
    { name: 'recado_known', path: '/console', httpOnly: true, sameSite: 'Strict' },
  ])
  expect(answer.cookies[0]).not.toHaveProperty('secure', true)
})

it('gives a cookie for https alone where people come by https', async () => {
  await stage[Symbol.asyncDispose]()
  stage = await openConsoleStage({ publicUrl: 'https://gateway.example' })
  const body = { setupCode: stage.setupCode, ...ana }
  const answer = await stage.newBrowser().call('POST', 'set-up', body)
  expect(answer.cookies).toMatchObject([{ secure: true }, { secure: true }])
})

it('answers a wrong name and a wrong password with the same bytes, and then holds up', async () => {
  await stage.loggedIn()
  const browser = stage.newBrowser('198.51.100.9')
  const answers = []
  for (const body of [
    { ...ana, password: 'x' },
    { ...ana, name: 'bia' },
  ])
    answers.push(await browser.call('POST', 'log-in', body))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401])
  expect(answers[0]?.body).toBe(answers[1]?.body)

  for (let count = 0; count < 4; count += 1)
    await browser.call('POST', 'log-in', { ...ana, password: 'x' })
  const heldUp = await browser.call('POST', 'log-in', ana)
  expect([heldUp.statusCode, heldUp.headers['retry-after']]).toEqual([429, '5'])
  await stage.clock.advance(5_000)
  expect((await browser.call('POST', 'log-in', ana)).statusCode).toBe(200)
})

it.each([
  ['without the header', {}],
  ['from another site', { 'x-recado-console': '1', origin: 'https://evil.example' }],
  ['as the browser says', { 'x-recado-console': '1', 'sec-fetch-site': 'cross-site' }],
])('refuses a change that did not come from its own page: %s', async (_, headers) => {
  const browser = await stage.loggedIn()
  const body = { name: 'Loja' }
  expect((await browser.call('POST', 'instances', body, headers)).statusCode).toBe(403)
  expect(await stage.instances.list()).toEqual([])
  const own = { 'x-recado-console': '1', origin: 'http://gateway.example' }
  expect((await browser.call('POST', 'instances', body, own)).statusCode).toBe(200)
})

it('lists where one is logged in, and ends what one chooses', async () => {
  const here = await stage.loggedIn()
  const [two, three] = [await stage.loggedIn(), await stage.loggedIn()]
  const { sessions } = await here.get('sessions')
  expect(sessions).toHaveLength(3)
  expect(sessions.filter(({ isThis }: { isThis: boolean }) => isThis)).toHaveLength(1)
  expect(JSON.stringify(sessions)).not.toContain(here.cookie)

  const [thatOfTwo] = (await two.get('sessions')).sessions.filter(
    ({ isThis }: { isThis: boolean }) => isThis,
  )
  expect((await here.call('DELETE', `sessions/${thatOfTwo.id}`)).statusCode).toBe(200)
  expect((await two.call('GET', 'instances')).statusCode).toBe(401)
  expect((await here.call('DELETE', 'sessions')).statusCode).toBe(200)
  expect((await three.call('GET', 'instances')).statusCode).toBe(401)

  const old = here.cookie
  expect((await here.call('POST', 'log-out')).statusCode).toBe(200)
  expect(here.cookie).toBeUndefined()
  here.cookie = old
  expect((await here.call('GET', 'instances')).statusCode).toBe(401)
})

it('logs out everywhere else when the password changes', async () => {
  const [here, there] = [await stage.loggedIn(), await stage.loggedIn()]
  const newPassword = 'another long password'
  const wrong = { password: 'x', newPassword }
  expect((await here.call('PUT', 'password', wrong)).statusCode).toBe(403)
  const right = { password: ana.password, newPassword }
  expect((await here.call('PUT', 'password', right)).statusCode).toBe(200)
  expect((await there.call('GET', 'instances')).statusCode).toBe(401)
  expect((await here.call('GET', 'instances')).statusCode).toBe(200)
})

it('enrols an authenticator app, and asks for its code from then on', async () => {
  const [browser, before] = [await stage.loggedIn(), await stage.loggedIn()]
  const offer = bodyOf(await browser.call('POST', 'second-factor/offer'))
  expect(offer.qr.text).toContain('otpauth://totp/Recado:ana?')
  const codeNow = () =>
    new TOTP({ secret: Secret.fromBase32(offer.secret) }).generate({
      timestamp: stage.clock.now(),
    })
  const wish = { secret: offer.secret, password: ana.password }
  const enrolled = await browser.call('PUT', 'second-factor', { ...wish, code: codeNow() })
  expect(bodyOf(enrolled).recoveryCodes).toHaveLength(10)
  expect(await browser.get('visit')).toMatchObject({
    administrator: { hasSecondFactor: true, recoveryCodesLeft: 10 },
  })

  const other = stage.newBrowser()
  expect(bodyOf(await other.call('POST', 'log-in', ana))).toEqual({ state: 'code-needed' })
  expect(other.cookie).toBeUndefined()
  await stage.clock.advance(30_000)
  const withCode = { ...ana, code: codeNow() }
  expect(bodyOf(await other.call('POST', 'log-in', withCode))).toEqual({ state: 'in' })

  // A login by password alone, made before, has ended; its password does not switch the factor off.
  expect((await before.call('GET', 'instances')).statusCode).toBe(401)
  const drop = { password: ana.password }
  expect((await other.call('POST', 'second-factor/drop', drop)).statusCode).toBe(400)
  const guess = { ...drop, code: '000000' === codeNow() ? '000001' : '000000' }
  expect((await other.call('POST', 'second-factor/drop', guess)).statusCode).toBe(403)
  const again = await other.call('PUT', 'second-factor', { ...wish, code: codeNow() })
  expect(again.statusCode).toBe(409)
  await stage.clock.advance(30_000)
  const proof = { ...drop, code: codeNow() }
  expect((await other.call('POST', 'second-factor/drop', proof)).statusCode).toBe(200)
  expect(bodyOf(await stage.newBrowser().call('POST', 'log-in', ana))).toEqual({ state: 'in' })
})

it('logs neither names nor passwords nor codes', async () => {
  const browser = await stage.loggedIn()
  await browser.call('POST', 'log-in', { name: 'secret-name', password: 'secret-password' })
  const log = stage.logged.join('\n')
  expect(log).toContain('login-refused')
  for (const secret of ['secret-name', 'secret-password', stage.setupCode, ana.password])
    expect(log).not.toContain(secret)
})
