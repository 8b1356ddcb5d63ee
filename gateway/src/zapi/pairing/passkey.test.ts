/** WhatsApp's passkey step over the API. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askedPasskey, challenge, signedAnswer } from '../../../test/support/stand-in-passkeys.js'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { PasskeyAnswerError, PasskeyStepError } from '../../domain/errors.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(async () => {
  await stage[Symbol.asyncDispose]()
})

const state = {
  state: 'passkey',
  deadline: askedPasskey.deadline,
  codeAfter: askedPasskey.provenUntil,
}

async function extensionToken(): Promise<string> {
  const { token } = (await stage.call('GET', 'extension-token')).json()
  return token
}

describe('while WhatsApp asks for a passkey', () => {
  beforeEach(() => {
    stage.sessions.linking.heard(askedPasskey)
  })

  it.each(['qr-code', 'qr-code/image', 'phone-code/5511999999999'])(
    '%s answers the challenge in place of a code',
    async (path) => {
      const answer = await stage.call('GET', path)
      expect([answer.statusCode, answer.json()]).toEqual([
        200,
        { challenge: askedPasskey.options, passkey: state },
      ])
    },
  )

  it('passkey tells the state, its deadline and the challenge', async () => {
    const answer = (await stage.call('GET', 'passkey')).json()
    expect(answer).toEqual({ ...state, challenge: askedPasskey.options })
  })

  it('an answer goes on, with the user handle that is null', async () => {
    const answer = await stage.call('POST', 'passkey-prologue', { payload: signedAnswer })
    expect([answer.statusCode, answer.json()]).toEqual([200, { success: true }])
    expect(stage.sessions.answers).toMatchObject([{ rawId: signedAnswer.rawId }])
  })

  it.each([
    new PasskeyAnswerError('Another challenge was signed.'),
    new PasskeyStepError('WhatsApp refused a step.'),
  ])('what is refused is an answer with the reason', async (refusal) => {
    stage.sessions.refusal = refusal
    const answer = await stage.call('POST', 'passkey-prologue', { payload: signedAnswer })
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { success: false, reason: refusal.message },
    ])
  })

  it('an answer without a signature is a bad request that names it', async () => {
    const { signature: _, ...response } = signedAnswer.response
    const payload = { ...signedAnswer, response }
    const answer = await stage.call('POST', 'passkey-prologue', { payload })
    expect([answer.statusCode, answer.json().error]).toEqual([
      400,
      expect.stringContaining('signature'),
    ])
  })

  it('a link is made that only its holder knows', async () => {
    const { url, expiresAt } = (await stage.call('POST', 'passkey-link')).json()
    expect(url).toMatch(/^https:\/\/gateway\.example\/console\/passkey#[\w-]{22}$/u)
    expect(expiresAt).toBe(stage.clock.now() + 600_000)
    expect(stage.logged.join()).not.toContain(url.slice(-22))
  })

  it('every step is open to an extension token, and closed without one', async () => {
    const token = await extensionToken()
    const base = `/instances/${stage.instance.id}/token`
    const calls = [
      ['GET', 'passkey', undefined],
      ['POST', 'passkey-link', undefined],
      ['POST', 'passkey-prologue', signedAnswer],
      ['POST', 'passkey-code', { same: true }],
      ['POST', 'reset-passkey-challenge', undefined],
    ] as const
    for (const [method, path, payload] of calls) {
      const options = { method, ...(payload === undefined ? {} : { payload }) }
      const opened = await stage.app.inject({ ...options, url: `${base}/${token}/${path}` })
      const refused = await stage.app.inject({ ...options, url: `${base}/AAAA-AAAA/${path}` })
      expect([path, opened.statusCode, refused.statusCode]).toEqual([path, 200, 400])
    }
  })

  it('nothing of the challenge or the answer reaches the log', async () => {
    await stage.call('GET', 'qr-code')
    await stage.call('POST', 'passkey-prologue', { payload: signedAnswer })
    expect(stage.logged.join()).not.toContain(challenge)
    expect(stage.logged.join()).not.toContain(signedAnswer.rawId)
  })
})

describe('the steps behind the signature', () => {
  it.each([
    [{ kind: 'phone', deadline: 5 } as const, { state: 'phone', deadline: 5 }],
    [{ kind: 'finishing', deadline: 5 } as const, { state: 'finishing', deadline: 5 }],
    [
      { kind: 'code', code: 'ABCD-EFGH', deadline: 5 } as const,
      { state: 'code', code: 'ABCD-EFGH', deadline: 5 },
    ],
  ])('%o has no challenge any more', async (step, told) => {
    stage.sessions.linking.heard(askedPasskey)
    stage.sessions.linking.heard(step)
    expect((await stage.call('GET', 'qr-code')).json()).toEqual({ passkey: told })
    expect((await stage.call('GET', 'passkey')).json()).toEqual(told)
  })

  it('a code is compared', async () => {
    stage.sessions.linking.heard(askedPasskey)
    const compare = () => stage.call('POST', 'passkey-code', { payload: { same: false } })
    expect((await compare()).json()).toMatchObject({ success: false })
    stage.sessions.linking.heard({ kind: 'code', code: 'ABCD-EFGH', deadline: 5 })
    expect((await compare()).json()).toEqual({ success: true })
    expect(stage.sessions.compared).toEqual([false])
  })

  it('a failure has its cause and what to try next', async () => {
    stage.sessions.linking.heard(askedPasskey)
    stage.sessions.linking.heard({ kind: 'failed', reason: 'phone-silent' })
    expect((await stage.call('GET', 'passkey')).json()).toEqual({
      state: 'failed',
      reason: 'phone-silent',
      cause: expect.stringContaining('on the phone in time'),
      cure: expect.stringContaining('WhatsApp open'),
    })
  })
})

describe('where WhatsApp does not ask', () => {
  it('there is nothing to see, and no link', async () => {
    expect((await stage.call('GET', 'passkey')).json()).toEqual({ state: 'none' })
    expect((await stage.call('POST', 'passkey-link')).statusCode).toBe(409)
    const answer = await stage.call('POST', 'passkey-prologue', { payload: signedAnswer })
    expect(answer.json()).toMatchObject({ success: false })
  })

  it('a reset begins another pairing', async () => {
    expect((await stage.call('POST', 'reset-passkey-challenge')).json()).toEqual({ success: true })
    expect(stage.sessions.restarts).toBe(1)
  })
})
