import { describe, expect, it } from 'vitest'
import { silentLog } from '../runtime/telemetry.js'
import { limitRequests } from './request-limits.js'
import { createServer } from './server.js'

async function serve(requestsPerMinute: number, refusalsPerMinute: number) {
  const trustedProxies = ['127.0.0.1']
  const app = createServer({ log: silentLog, trustedProxies })
  await limitRequests(app, { requestsPerMinute, refusalsPerMinute })
  app.get<{ Params: { instanceId: string; token: string } }>(
    '/instances/:instanceId/token/:token',
    async ({ params: { token } }, reply) => {
      const status = Number(token)
      return status === 200 ? { ok: true } : reply.code(status).send({ error: 'no' })
    },
  )
  return async (status: number, by = '203.0.113.1', id = 'one') => {
    const headers = { 'x-forwarded-for': by }
    const answer = await app.inject({ url: `/instances/${id}/token/${status}`, headers })
    return answer
  }
}

describe('limits', () => {
  it('count calls for each instance and each address, and say when to come back', async () => {
    const call = await serve(2, 0)
    for (const status of [200, 200, 429]) expect((await call(200)).statusCode).toBe(status)
    const refused = await call(200)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toEqual({
      error: `Too many requests. Try again in ${refused.headers['retry-after']} seconds.`,
    })
    expect((await call(200, '203.0.113.2')).statusCode).toBe(200)
    expect((await call(200, '203.0.113.1', 'two')).statusCode).toBe(200)
  })

  it.each([401, 403, 404])(
    'refuse an address after too many answers of %i, for right tokens too',
    async (status) => {
      const call = await serve(0, 2)
      await call(status)
      expect((await call(200)).statusCode).toBe(200)
      await call(status, '203.0.113.1', 'another')
      const refused = await call(200)
      expect(refused.statusCode).toBe(429)
      expect(refused.json().error).toMatch(/^Too many calls with a wrong token\. Try again in \d+/u)
      expect((await call(200, '203.0.113.2')).statusCode).toBe(200)
    },
  )

  it('do not count a call with the right token and a wrong body', async () => {
    const call = await serve(0, 1)
    await call(400)
    await call(400)
    expect((await call(200)).statusCode).toBe(200)
  })

  it('do not count a caller who is known and may not do it', async () => {
    const app = createServer({ log: silentLog })
    await limitRequests(app, { requestsPerMinute: 0, refusalsPerMinute: 1 })
    app.get('/known', async (request, reply) => {
      request.isKnown = true
      return reply.code(403).send({ error: 'no' })
    })
    for (let n = 0; n < 3; n += 1) expect((await app.inject('/known')).statusCode).toBe(403)
  })

  it('do not ask who asks for health', async () => {
    const app = createServer({ log: silentLog })
    await limitRequests(app, { requestsPerMinute: 1, refusalsPerMinute: 1 })
    for (let n = 0; n < 3; n += 1) expect((await app.inject('/health/live')).statusCode).toBe(200)
  })

  it('believe only a trusted proxy', async () => {
    const app = createServer({ log: silentLog })
    app.get('/ip', ({ ip }) => ({ ip }))
    const headers = { 'x-forwarded-for': '203.0.113.1' }
    expect((await app.inject({ url: '/ip', headers })).json()).toEqual({ ip: '127.0.0.1' })
  })
})
