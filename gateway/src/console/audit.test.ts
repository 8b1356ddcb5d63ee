/** Every route of the console that changes something leaves a record of who did it, from where. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  ana,
  type Browser,
  bodyOf,
  type ConsoleStage,
  oneTimeCode,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import { askedPasskey, signedAnswer } from '../../test/support/stand-in-passkeys.js'
import { audits } from './audited-routes.js'

const address = '203.0.113.7'
const otp = { phone: '5511999990001', message: 'Código 845201', code: '845201' }

let stage: ConsoleStage
let browser: Browser

beforeAll(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
})

afterAll(() => stage[Symbol.asyncDispose]())

const records = () =>
  stage.database.query.selectFrom('audit').selectAll().orderBy('sequence').execute()

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What one successful call adds to the audit log. */
async function recordsOf(method: Method, path: string, body?: object, by = browser) {
  const before = (await records()).length
  bodyOf(await by.call(method, path, body))
  return (await records()).slice(before)
}

const ofInstances = [
  ['POST', '', 'instance-created', { name: 'Filial' }],
  ['PATCH', '/:instanceId', 'instance-renamed', { name: 'Outra' }],
  ['PATCH', '/:instanceId', 'settings-changed', { settings: { tellCodes: true } }],
  ['POST', '/:instanceId/token', 'instance-token-rotated', { overlapSeconds: 0 }],
  ['POST', '/:instanceId/first-call', 'first-call-read'],
  ['PUT', '/:instanceId/proxy', 'proxy-changed', { proxyUrl: 'socks5://user:pass@proxy.example' }],
  ['POST', '/:instanceId/webhook-secret', 'webhook-secret-read'],
  ['POST', '/:instanceId/webhook-secret/rotate', 'webhook-secret-rotated', { overlapSeconds: 60 }],
  ['PUT', '/:instanceId/allowed-callers', 'instance-callers-changed', { networks: [] }],
  ['POST', '/:instanceId/endpoints/enable', 'callbacks-enabled', { url: 'https://gone.example/' }],
  ['PUT', '/:instanceId/endpoints', 'callbacks-changed', { kinds: ['message.failed'], url: '' }],
  ['POST', '/:instanceId/pairing-code', 'pairing-code-made', { phone: '5511988880001' }],
  ['POST', '/:instanceId/passkey/link', 'passkey-link-made'],
  ['POST', '/:instanceId/passkey/answer', 'passkey-answered', { answer: signedAnswer }],
  ['POST', '/:instanceId/passkey/code', 'passkey-code-compared', { same: true }],
  ['POST', '/:instanceId/passkey/restart', 'passkey-reset'],
  ['POST', '/:instanceId/reconnect', 'instance-reconnected'],
  ['POST', '/:instanceId/restart', 'instance-restarted'],
  ['POST', '/:instanceId/disconnect', 'instance-disconnected'],
  ['DELETE', '/:instanceId/queue/:messageId', 'messages-cancelled'],
  ['DELETE', '/:instanceId/queue', 'messages-cancelled'],
  ['POST', '/:instanceId/cancel', 'instance-cancelled'],
  ['POST', '/:instanceId/resume', 'instance-resumed'],
  ['DELETE', '/:instanceId', 'instance-deleted'],
] as const

/** The id of a message that waits. A URL of the instance is switched off. */
async function waitingMessage(id: string): Promise<string> {
  const gone = { kinds: ['message.sent'], url: 'https://gone.example/' }
  await browser.call('PUT', `instances/${id}/endpoints`, gone)
  await stage.database.query
    .updateTable('callback_endpoint')
    .set({ disabled_at: 9 })
    .where('url', '=', gone.url)
    .execute()
  return bodyOf(await browser.call('POST', `instances/${id}/call/send-button-otp`, otp)).zaapId
}

it.each(ofInstances)(
  '%s /instances%s is recorded as %s',
  async (method, path, act, body?: object) => {
    const { id } = bodyOf(await browser.call('POST', 'instances', { name: 'Loja' }))
    const messageId = await waitingMessage(id)
    if (act === 'instance-deleted' || act === 'instance-resumed')
      await browser.call('POST', `instances/${id}/cancel`)
    if (path.includes('/passkey/')) stage.sessions.linking.heard(askedPasskey)
    if (act === 'passkey-code-compared')
      stage.sessions.linking.heard({ kind: 'code', code: 'ABCD-EFGH', deadline: 5 })
    const url = path.replace(':instanceId', id).replace(':messageId', messageId)
    const made = await recordsOf(method, `instances${url}`, body)
    stage.sessions.linking.over('cancelled')
    expect(made).toMatchObject([
      {
        act,
        role: 'administrator',
        name: 'ana',
        address,
        instance_id: path === '' ? made[0]?.instance_id : id,
      },
    ])
    expect(JSON.stringify(made)).not.toContain(otp.code)
  },
)

it('records who was refused and why, and nothing of what was typed for a name or a password', async () => {
  const before = (await records()).length
  const stranger = stage.newBrowser('198.51.100.9')
  await stranger.call('POST', 'log-in', { ...ana, password: 'typed-wrong' })
  await stranger.call('POST', 'log-in', { name: 'a password typed here', password: 'x' })
  await browser.call('PUT', 'password', { password: 'x', newPassword: 'another long password' })
  const refused = { act: 'login-refused', role: 'visitor', address: '198.51.100.9' }
  const made = (await records()).slice(before)
  expect(made).toMatchObject([
    { ...refused, name: 'ana', detail: 'wrong password' },
    { ...refused, name: null, detail: 'unknown name' },
    { ...refused, name: 'ana', detail: 'wrong password, asked again', address },
  ])
  expect(JSON.stringify(made)).not.toContain('typed')
})

it('records set-up, every login and its end, and each change of what a login needs', async () => {
  const by = { role: 'administrator', name: 'ana', address }
  expect((await records()).slice(0, 2)).toMatchObject([
    { act: 'administrator-made', role: 'visitor', name: 'ana', address },
    { act: 'logged-in', ...by },
  ])
  const there = stage.newBrowser('198.51.100.9')
  expect(await recordsOf('POST', 'log-in', ana, there)).toMatchObject([
    { act: 'logged-in', role: 'administrator', name: 'ana', address: '198.51.100.9' },
  ])
  expect(await recordsOf('DELETE', 'sessions')).toMatchObject([{ act: 'logins-ended', ...by }])

  const password = 'another long password'
  const change = { password: ana.password, newPassword: password }
  expect(await recordsOf('PUT', 'password', change)).toMatchObject([
    { act: 'password-changed', ...by },
  ])
  const { secret } = bodyOf(await browser.call('POST', 'second-factor/offer'))
  const code = () => oneTimeCode(secret, stage.clock.now())
  expect(await recordsOf('PUT', 'second-factor', { secret, code: code(), password })).toMatchObject(
    [{ act: 'second-factor-on', ...by }],
  )
  await stage.clock.advance(30_000)
  expect(await recordsOf('POST', 'second-factor/drop', { code: code(), password })).toMatchObject([
    { act: 'second-factor-off', ...by },
  ])

  const { sessions } = await browser.get('sessions')
  expect(await recordsOf('DELETE', `sessions/${sessions[0].id}`)).toMatchObject([
    { act: 'logged-out', ...by },
  ])
  expect(JSON.stringify(await records())).not.toContain(secret)
})

it('leaves no route out of these tests but those that say why', () => {
  const account = ['/set-up', '/log-in', '/log-out', '/password', '/sessions', '/second-factor']
  const ofLinks = ['/passkey-link']
  const left = Object.entries(audits).filter(([route, audit]) => {
    if (typeof audit === 'object') return audit.none.length < 10
    // It takes files, in `import-routes.test.ts`.
    if (route === 'POST /instances/:instanceId/import') return false
    // It gives a file, in `search-routes.test.ts`.
    if (route === 'GET /messages.csv') return false
    // Those of people and keys are in `people-routes.test.ts`.
    if (/ \/(people|invitations?|keys)/u.test(route)) return false
    // Those of alerts are in `alert-routes.test.ts`.
    if (route.includes(' /alerts/')) return false
    // Those of links are in `passkey-routes.test.ts`.
    const isAccount = [...account, ...ofLinks].some((path) => route.includes(` ${path}`))
    return (
      !isAccount && !ofInstances.some(([method, path]) => route === `${method} /instances${path}`)
    )
  })
  expect(left).toEqual([])
})
