/** The proxies of packaging/proxy pass on what people and programs need, and keep the rest inside. */

import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConsole } from '../../sandbox/src/console-login.js'
import { freePort } from '../../sandbox/src/free-port.js'
import { type Sandbox, sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { startNginx } from './nginx.js'
import { provide, type RunningProxy, startProxy } from './programs.js'

let sandbox: Sandbox
let folder: string
let login: { readonly name: string; readonly password: string } | undefined

beforeAll(async () => {
  provide('nginx', 'nginx-light')
  provide('caddy', 'caddy')
  folder = await mkdtemp(join(tmpdir(), 'recado-proxy-'))
  // nginx works as a user of its own.
  await chmod(folder, 0o755)
  const settings = { ...sandboxSettings, RECADO_TRUSTED_PROXIES: '127.0.0.1' }
  sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings })
  login = await openConsole(sandbox, undefined)
})
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const nginx = () => startNginx({ folder, gateways: [sandbox.gateway.url] })

async function caddy(): Promise<RunningProxy> {
  const url = `http://127.0.0.1:${await freePort()}`
  const file = ['--config', join(import.meta.dirname, 'Caddyfile'), '--adapter', 'caddyfile']
  const env = {
    RECADO_DOMAIN: url,
    RECADO_UPSTREAM: new URL(sandbox.gateway.url).host,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  }
  execFileSync('caddy', ['validate', ...file], { env: { ...process.env, ...env }, stdio: 'ignore' })
  return startProxy('caddy', ['run', ...file], url, env)
}

describe.each([
  ['nginx', nginx],
  ['Caddy', caddy],
] as const)('%s', (_name, start) => {
  test('passes on sends, large files, pages and live events, and nothing that is for inside', async () => {
    await using proxy = await start()
    const { instance, clientToken, recipient } = sandbox
    const own = `${proxy.url}/instances/${instance.id}/token/${instance.token}`
    const post = (call: string, body: object) =>
      fetch(`${own}/${call}`, {
        method: 'POST',
        headers: { 'client-token': clientToken, 'content-type': 'application/json' },
        body: JSON.stringify({ phone: recipient.phone, ...body }),
      })

    const accepted = await post('send-button-otp', { message: 'It is 314159', code: '314159' })
    expect(accepted.status).toBe(200)
    const document = `data:application/octet-stream;base64,${'A'.repeat(12 * 1024 * 1024)}`
    expect((await post('send-document/bin', { document })).status).toBe(200)
    const { messageId } = (await accepted.json()) as { messageId: string }
    await recipient.untilMessage(({ id }) => id === messageId)

    expect(await firstEvent(proxy.url)).toContain('event: hello')
    const html = { headers: { accept: 'text/html' } }
    for (const path of ['/console/', '/docs/', '/docs/json'])
      expect([path, (await fetch(proxy.url + path, html)).status]).toEqual([path, 200])
    const inside = ['/instances', '/instances/', '/metrics', '/health/ready', '/operator/report']
    for (const path of [...inside, '/instances/integrator/pools'])
      expect([path, (await fetch(proxy.url + path)).status]).toEqual([path, 404])
  })
})

/** As a page of the console hears it, through the proxy. */
async function firstEvent(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-recado-console': '1' }
  const body = JSON.stringify(login)
  const answer = await fetch(`${url}/console/api/log-in`, { method: 'POST', headers, body })
  expect(answer.status).toBeLessThan(300)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const end = new AbortController()
  const stream = await fetch(`${url}/console/api/events`, {
    headers: { ...headers, cookie },
    signal: end.signal,
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const reader = stream.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
  const { value } = await reader.read()
  end.abort()
  return new TextDecoder().decode(value)
}
