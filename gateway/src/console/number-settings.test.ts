/** What can be set of a number in the console beside what `login-routes.test.ts` sets. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type Browser,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'

let stage: ConsoleStage
let browser: Browser
let id: string

beforeEach(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  id = bodyOf(await browser.call('POST', 'instances', { name: 'Loja' })).id
})

afterEach(() => stage[Symbol.asyncDispose]())

const change = (settings: object) => browser.call('PATCH', `instances/${id}`, { settings })

it('tells what a first call needs, of an instance and of a pool, if it is asked for', async () => {
  const path = 'call/instances/integrator/pools'
  const pool = bodyOf(await browser.call('POST', path, { name: 'Códigos' }))
  for (const each of [id, pool.id]) {
    expect(bodyOf(await browser.call('POST', `instances/${each}/first-call`))).toEqual({
      isClientTokenRequired: true,
      clientToken: 'client-token-of-the-stage',
    })
    expect(JSON.stringify(await browser.get(`instances/${each}`))).not.toContain('of-the-stage')
  }
  await change({ clientTokenOptional: true })
  expect(bodyOf(await browser.call('POST', `instances/${id}/first-call`))).toEqual({
    isClientTokenRequired: false,
  })
})

it('sets what is read, which calls are rejected and which callbacks are not sent', async () => {
  const settings = {
    readMessages: true,
    readStatuses: true,
    rejectCalls: true,
    rejectedCallText: 'Escreva para nós.',
    muted: { topics: ['presence'], messages: ['in-group', 'audio'] },
  }
  expect(bodyOf(await change(settings)).settings).toMatchObject(settings)
  expect((await browser.get(`instances/${id}`)).settings).toMatchObject(settings)
})

it.each([
  [
    'a text that is too long',
    { rejectedCallText: 'x'.repeat(4_097) },
    /^settings\.rejectedCallText must be at most 4096/u,
  ],
  [
    'an unknown filter',
    { muted: { topics: ['all'], messages: [] } },
    /^settings\.muted\.topics\.0 must be one of/u,
  ],
  ['half of the filters', { muted: { topics: [] } }, /^settings\.muted\.messages is required/u],
])('refuses %s and names the attribute', async (_, settings, text) => {
  const refused = await change(settings)
  expect(refused.statusCode).toBe(400)
  expect(refused.json().error).toMatch(text)
})

it('sets a proxy, shows it without its password, and takes it away', async () => {
  const path = `instances/${id}/proxy`
  const proxyUrl = 'socks5://user:pa55word@proxy.example:1080'
  bodyOf(await browser.call('PUT', path, { proxyUrl }))
  const shown = await browser.get(`instances/${id}`)
  expect(shown.proxy).toEqual({ url: 'socks5://proxy.example:1080', hasPassword: true })
  expect(JSON.stringify(shown)).not.toContain('pa55word')

  const refused = await browser.call('PUT', path, { proxyUrl: 'socks5://away.example:1080' })
  expect([refused.statusCode, refused.json().error]).toEqual([
    400,
    'proxyUrl: Proxy is not reachable',
  ])
  expect((await browser.get(`instances/${id}`)).proxy).toEqual(shown.proxy)

  bodyOf(await browser.call('PUT', path, { proxyUrl: '' }))
  expect(await browser.get(`instances/${id}`)).not.toHaveProperty('proxy')
})

it('shows the secret of callbacks, and makes a new one', async () => {
  const path = `instances/${id}/webhook-secret`
  const { secret } = bodyOf(await browser.call('POST', path))
  expect(secret).toMatch(/^whsec_/u)
  const rotated = bodyOf(await browser.call('POST', `${path}/rotate`, { overlapSeconds: 60 }))
  expect(rotated.secret).not.toBe(secret)
  expect(rotated.previousUntil).toBe(stage.clock.now() + 60_000)
  expect(bodyOf(await browser.call('POST', path))).toEqual({ secret: rotated.secret })
})
