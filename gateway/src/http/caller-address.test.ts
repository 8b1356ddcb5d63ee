import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { silentLog } from '../runtime/telemetry.js'
import { limitRequests } from './request-limits.js'
import { createServer } from './server.js'

/** What the server takes for the caller's address when a proxy at 127.0.0.1 forwards the call. */
async function addressesOf(forwardedFor: readonly string[], trustedProxies: readonly string[]) {
  const app = createServer({ log: silentLog, trustedProxies })
  app.get('/address', ({ address }) => ({ address }))
  const addresses: unknown[] = []
  for (const header of forwardedFor) {
    const answer = await app.inject({ url: '/address', headers: { 'x-forwarded-for': header } })
    addresses.push(answer.json().address)
  }
  return new Set(addresses)
}

test('a forwarded address is the same with any port and in any form', async () => {
  const forms = [
    '3.3.3.3',
    '3.3.3.3:50001',
    '3.3.3.3:50002',
    '::ffff:3.3.3.3',
    '[::ffff:3.3.3.3]:1',
  ]
  expect(await addressesOf(forms, ['127.0.0.1'])).toEqual(new Set(['3.3.3.3']))
})

test('a proxy in a chain is known as trusted when its address carries a port', async () => {
  const chains = [
    '3.3.3.3:1, 10.0.0.5:50001',
    '3.3.3.3, ::ffff:10.0.0.5',
    '3.3.3.3, [::ffff:10.0.0.5]:1',
  ]
  expect(await addressesOf(chains, ['127.0.0.1', '10.0.0.0/8'])).toEqual(new Set(['3.3.3.3']))
})

test('who is no trusted proxy names no other caller', async () => {
  expect(await addressesOf(['3.3.3.3:1'], [])).toEqual(new Set(['127.0.0.1']))
  expect(await addressesOf(['3.3.3.3:1'], ['10.0.0.0/8'])).toEqual(new Set(['127.0.0.1']))
})

test('wrong tokens from many ports of one address, or from one /64, are counted together', async () => {
  const app = createServer({
    log: silentLog,
    trustedProxies: ['127.0.0.1'],
  })
  await limitRequests(app, { requestsPerMinute: 0, refusalsPerMinute: 3 })
  app.get('/instances/:instanceId/token/:token', (_request, reply) =>
    reply.code(404).send({ error: 'Instance not found' }),
  )
  const statusesOf = async (forms: readonly string[]) => {
    const statuses: number[] = []
    for (const from of forms) {
      const url = '/instances/1/token/2'
      const answer = await app.inject({ url, headers: { 'x-forwarded-for': from } })
      statuses.push(answer.statusCode)
    }
    return statuses
  }
  const ports = ['3.3.3.3:1', '3.3.3.3:2', '::ffff:3.3.3.3', '3.3.3.3:4', '3.3.3.3']
  expect(await statusesOf(ports)).toEqual([404, 404, 404, 429, 429])
  const network = ['2001:db8::1', '2001:db8::2', '[2001:db8::3]:1', '2001:db8::4']
  expect(await statusesOf(network)).toEqual([404, 404, 404, 429])
})

test('no module takes the address of a caller from anywhere else', async () => {
  const sources = fileURLToPath(new URL('..', import.meta.url))
  const names = await readdir(sources, { recursive: true })
  const readers: string[] = []
  for (const name of names.filter((each) => each.endsWith('.ts') && !each.endsWith('.test.ts')))
    if (
      /request\.ips?\b|\{ ips? \}|remoteAddress/u.test(await readFile(join(sources, name), 'utf8'))
    )
      readers.push(name)
  expect(readers.toSorted()).toEqual([
    'http/connection-limit.ts',
    'http/server.ts',
    'runtime/guarded-fetch.ts',
  ])
})
