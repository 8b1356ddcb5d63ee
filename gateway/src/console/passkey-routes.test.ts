/** WhatsApp's passkey step in the console: for those who are logged in, and for those who have a link. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Browser,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import { askedPasskey, challenge, signedAnswer } from '../../test/support/stand-in-passkeys.js'
import type { Instance } from '../domain/instance.js'
import { PasskeyAnswerError } from '../domain/errors.js'
import { explainPasskeyAnswer } from '../domain/passkey-texts.js'

let stage: ConsoleStage
let browser: Browser
let instance: Instance

beforeEach(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  ;({ instance } = await stage.instances.create({
    name: 'Loja',
    by: { role: 'operator', address: 'local' },
  }))
  stage.sessions.linking.heard(askedPasskey, '5511999999999')
})

afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

const path = () => `instances/${instance.id}/passkey`

async function linkToken(): Promise<string> {
  const { url } = (await browser.call('POST', `${path()}/link`)).json()
  expect(url).toMatch(/^https:\/\/gateway\.example\/console\/passkey#[\w-]{22}$/u)
  return url.split('#')[1]
}

describe('a person who is logged in', () => {
  it('sees where the step stands, by the clock of the gateway', async () => {
    expect(await browser.get(path())).toEqual({
      state: 'passkey',
      now: stage.clock.now(),
      deadline: askedPasskey.deadline,
      codeAfter: askedPasskey.provenUntil,
      options: askedPasskey.options,
      deviceName: 'Chrome (Mac OS)',
      phone: '5511999999999',
    })
  })

  it('is told of it in place of a QR or a code', async () => {
    const qr = await browser.call('POST', `instances/${instance.id}/qr`)
    expect(qr.json()).toEqual({ state: 'passkey' })
  })

  it('answers, compares and starts again', async () => {
    const answer = { answer: signedAnswer }
    expect((await browser.call('POST', `${path()}/answer`, answer)).json()).toEqual({ done: true })
    expect(stage.sessions.answers).toMatchObject([{ rawId: signedAnswer.rawId }])
    stage.sessions.linking.heard({ kind: 'code', code: 'ABCD-EFGH', deadline: 5 })
    expect(await browser.get(path())).toMatchObject({ state: 'code', code: 'ABCD-EFGH' })
    await browser.call('POST', `${path()}/code`, { same: false })
    expect(stage.sessions.compared).toEqual([false])
    await browser.call('POST', `${path()}/restart`)
    expect(stage.sessions.restarts).toBe(1)
  })

  it('is told what is wrong with an answer, in both languages', async () => {
    const explanation = explainPasskeyAnswer('other-challenge')
    stage.sessions.refusal = new PasskeyAnswerError('Another challenge was signed.', explanation)
    const answer = await browser.call('POST', `${path()}/answer`, { answer: signedAnswer })
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: 'Another challenge was signed.', explanation },
    ])
  })

  it('reads why it failed in both languages', async () => {
    stage.sessions.linking.heard({ kind: 'failed', reason: 'code-different' })
    const { failure } = await browser.get(path())
    expect(failure).toMatchObject({
      reason: 'code-different',
      cause: { en: expect.stringContaining('another code'), pt: expect.any(String) },
    })
  })

  it('is the only one: a stranger has none of it', async () => {
    const stranger = stage.newBrowser('198.51.100.9')
    expect((await stranger.call('GET', path())).statusCode).toBe(401)
    expect((await stranger.call('POST', `${path()}/link`)).statusCode).toBe(401)
  })
})

describe('a person with a link', () => {
  it('sees who wants to link what, and answers, without a login', async () => {
    const token = await linkToken()
    const person = stage.newBrowser('198.51.100.9')
    const { options, ...shown } = (
      await person.call('POST', 'passkey-link/state', { token })
    ).json()
    expect(options).toEqual(askedPasskey.options)
    expect(shown).toMatchObject({ instanceName: 'Loja', phone: '5511999999999' })
    const answer = await person.call('POST', 'passkey-link/answer', { token, answer: signedAnswer })
    expect(answer.json()).toEqual({ done: true })
    stage.sessions.linking.heard({ kind: 'code', code: 'ABCD-EFGH', deadline: 5 })
    await person.call('POST', 'passkey-link/code', { token, same: true })
    expect(stage.sessions.compared).toEqual([true])
    const audit = stage.database.query.selectFrom('audit').selectAll().orderBy('sequence')
    const by = { role: 'visitor', address: '198.51.100.9', instance_id: instance.id }
    expect((await audit.execute()).slice(-2)).toMatchObject([
      { act: 'passkey-answered', ...by },
      { act: 'passkey-code-compared', ...by },
    ])
  })

  it('reads how it ended, and nothing else after it', async () => {
    const token = await linkToken()
    stage.sessions.linking.linked()
    const ended = (await browser.call('POST', 'passkey-link/state', { token })).json()
    expect(ended).toEqual({ state: 'linked', now: stage.clock.now() })
    const late = await browser.call('POST', 'passkey-link/answer', { token, answer: signedAnswer })
    expect(late.statusCode).toBe(409)
  })

  it('has ten minutes, and one linking', async () => {
    const token = await linkToken()
    const state = async () =>
      (await browser.call('POST', 'passkey-link/state', { token })).statusCode
    expect(await state()).toBe(200)
    await stage.clock.advance(600_000)
    expect(await state()).toBe(404)
    const second = await linkToken()
    const options = { ...askedPasskey.options, challenge: 'another' }
    stage.sessions.linking.heard({ ...askedPasskey, options })
    const late = await browser.call('POST', 'passkey-link/state', { token: second })
    expect(late.statusCode).toBe(404)
  })

  it('guesses none: another token, or one of another shape, opens nothing', async () => {
    await linkToken()
    const guesses = ['AAAAAAAAAAAAAAAAAAAAAA', 'x'].map((token) =>
      browser.call('POST', 'passkey-link/state', { token }),
    )
    expect((await Promise.all(guesses)).map(({ statusCode }) => statusCode)).toEqual([404, 400])
  })

  it('leaves neither token nor challenge in the log', async () => {
    const token = await linkToken()
    await browser.call('POST', 'passkey-link/state', { token })
    await browser.call('POST', 'passkey-link/answer', { token, answer: signedAnswer })
    const logged = stage.logged.join()
    expect([token, challenge].filter((secret) => logged.includes(secret))).toEqual([])
  })

  it('may not be used from the page of another site', async () => {
    const token = await linkToken()
    const foreign = await browser.call('POST', 'passkey-link/state', { token }, {})
    expect(foreign.statusCode).toBe(403)
  })
})
