import { expect, test } from 'vitest'
import { silentLog } from '../runtime/telemetry.js'
import { metricsRoute } from './metrics-route.js'
import { createServer } from './server.js'

async function serve(text: () => Promise<string>) {
  const app = createServer({ log: silentLog })
  await app.register(
    metricsRoute({
      figures: { contentType: 'text/plain; version=0.0.4', text },
      mayRead: (token) => token === 'right',
    }),
  )
  return (authorization?: string) =>
    app.inject({ url: '/metrics', ...(authorization ? { headers: { authorization } } : {}) })
}

test('shows the figures to the bearer of the token', async () => {
  const get = await serve(async () => 'recado_x 1\n')
  const answer = await get('Bearer right')
  expect([answer.statusCode, answer.body]).toEqual([200, 'recado_x 1\n'])
  expect(answer.headers['content-type']).toContain('version=0.0.4')
})

test('reads nothing for other callers', async () => {
  let reads = 0
  const get = await serve(async () => `${(reads += 1)}`)
  for (const authorization of [undefined, 'Bearer wrong', 'Basic right', 'Bearer', 'right']) {
    const answer = await get(authorization)
    expect([authorization, answer.statusCode]).toEqual([authorization, 401])
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  }
  expect(reads).toBe(0)
})

test('answers 500 without a word of the cause when the database is away', async () => {
  const get = await serve(() => Promise.reject(new Error('secret detail')))
  const answer = await get('Bearer right')
  expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'Internal error' }])
})
