import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type Browser,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import { idleLifetimeMs } from '../administrators/session-lifetime.js'

let stage: ConsoleStage
let browser: Browser
let address: string

beforeEach(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  address = await stage.app.listen({ host: '127.0.0.1', port: 0 })
})

afterEach(() => stage[Symbol.asyncDispose]())

async function open(cookie = browser.cookie) {
  const response = await fetch(`${address}/console/api/events`, {
    headers: { cookie: `recado_console=${cookie}` },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    status: response.status,
    headers: response.headers,
    /** Everything up to and with `part`; undefined when the stream ended before. */
    async until(part: string): Promise<string | undefined> {
      while (!text.includes(part)) {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
        if (done) return undefined
        text += value
      }
      return text
    },
    close: () => reader?.cancel(),
  }
}

it('tells a change of state and of messages, without a word of content', async () => {
  const { instance } = await stage.instances.create({ name: 'Loja' })
  const stream = await open()
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  expect(await stream.until('event: hello')).toBeDefined()

  const body = { phone: '5511999999999', message: 'Oi 845201', code: '845201' }
  await browser.call('POST', `instances/${instance.id}/call/send-button-otp`, body)
  await stage.clock.advance(200)
  const told = await stream.until('"messages"')
  expect(told).toContain(`{"instanceId":"${instance.id}","topic":"messages"}`)
  expect(told).not.toContain('845201')

  stage.sessions.connected.add(instance.id)
  await stage.clock.advance(1_200)
  expect(await stream.until('"session"')).toBeDefined()
  await stream.close()
})

it('ends with the session that opened it, at once when it is revoked', async () => {
  const [mine, other] = [await open(), await open((await stage.loggedIn()).cookie)]
  await mine.until('event: hello')
  await other.until('event: hello')
  await browser.call('DELETE', 'sessions')
  expect(await other.until('never')).toBeUndefined()
  await stage.clock.advance(15_000)
  expect(await mine.until(': still here')).toBeDefined()
  await browser.call('POST', 'log-out')
  expect(await mine.until('never')).toBeUndefined()
})

it('ends when the session has run out', async () => {
  const stream = await open()
  await stream.until('event: hello')
  // Not hour by hour: the feed looks every second, and each look costs this test something.
  stage.clock.jump(idleLifetimeMs)
  await stage.clock.advance(15_000)
  expect(await stream.until('never')).toBeUndefined()
})

it('keeps six open for one session, and no more', async () => {
  const streams = []
  for (let count = 0; count < 6; count += 1) streams.push(await open())
  const seventh = await open()
  expect(seventh.status).toBe(429)
  await seventh.close()
  for (const stream of streams) await stream.close()
})
