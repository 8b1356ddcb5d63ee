/** A person who is logged in makes the calls of an instance that programs make, without its token. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type Browser,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import type { InstanceId } from '../domain/instance.js'
import { endpoints } from '../zapi/endpoints.js'

let stage: ConsoleStage
let browser: Browser
let id: InstanceId

beforeEach(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  const { instance } = await stage.instances.create({ name: 'Loja' })
  id = instance.id
})

afterEach(() => stage[Symbol.asyncDispose]())

const records = () =>
  stage.database.query.selectFrom('audit').selectAll().orderBy('sequence').execute()

const ofInstances = endpoints.filter(
  ({ access, givesSecrets }) => (access === 'instance' || access === 'pairing') && !givesSecrets,
)
const routes = ofInstances.flatMap(({ method, paths }) => paths.map((path) => ({ method, path })))

const isThere = ({ method, path }: (typeof routes)[number]): boolean =>
  stage.app.hasRoute({ method, url: `/console/api/instances/:instanceId/call${path}` })

it('every call of an instance is there, and closed to strangers and to pages of other sites', async () => {
  const stranger = stage.newBrowser()
  const statuses = new Set<string>()
  for (const { method, path } of routes) {
    const url = `instances/${id}/call${path.replaceAll(/:\w+/gu, 'x')}`
    const { statusCode } = await stranger.call(method, url)
    const foreign = await browser.call(method, url, undefined, {})
    statuses.add(`${statusCode} ${foreign.statusCode}`)
  }
  expect(routes.length).toBeGreaterThan(80)
  // Also of a GET: some of Z-API's GETs act.
  expect(statuses).toEqual(new Set(['401 403']))
})

const ofAccount = endpoints.filter(({ access, forPeople }) => access === 'account' && forPeople)

const ofPartner = endpoints.filter(({ access, forPeople }) => access === 'partner' && forPeople)

it('tokens for agents are made, listed and revoked there, by logged-in people on our own page', async () => {
  expect(ofPartner.map(({ method }) => method)).toEqual(['POST', 'GET', 'DELETE'])
  const stranger = stage.newBrowser()
  for (const { method, paths } of ofPartner) {
    const url = `instances/${id}/call${paths[0]?.replaceAll(/:\w+/gu, 'x')}`
    expect((await stranger.call(method, url)).statusCode).toBe(401)
    expect((await browser.call(method, url, undefined, {})).statusCode).toBe(403)
  }
  const path = `instances/${id}/call/integrator/mcp-tokens`
  const made = bodyOf(await browser.call('POST', path, { name: 'Agent', scope: 'send' }))
  const listed = await browser.get(path)
  expect(listed.tokens).toMatchObject([{ id: made.id, scope: 'send', lastUsed: null }])
  expect(JSON.stringify(listed)).not.toContain(made.token)
  await browser.call('DELETE', `${path}/${made.id}`)
  expect(await browser.get(path)).toEqual({ tokens: [] })
  const acts = (await records()).filter(({ instance_id: of }) => of === id)
  expect(acts.slice(-2).map(({ act, name }) => [act, name])).toEqual([
    ['mcp-token-made', 'ana'],
    ['mcp-token-revoked', 'ana'],
  ])
})

it('the calls on pools are there, closed to strangers and to pages of other sites, and tell no token again', async () => {
  expect(ofAccount.length).toBeGreaterThan(5)
  const stranger = stage.newBrowser()
  for (const { method, paths } of ofAccount) {
    const url = `call${paths[0]?.replaceAll(/:\w+/gu, 'x')}`
    expect((await stranger.call(method, url)).statusCode).toBe(401)
    expect((await browser.call(method, url, undefined, {})).statusCode).toBe(403)
  }
  const path = 'call/instances/integrator/pools'
  const made = bodyOf(await browser.call('POST', path, { name: 'Logins' }))
  await browser.call('PUT', `${path}/${made.id}/members/${id}`, { weight: 3 })
  const listed = await browser.get(path)
  expect(listed).toMatchObject({
    pools: [{ id: made.id, name: 'Logins', members: [{ instanceId: id, weight: 3 }] }],
  })
  expect(JSON.stringify(listed)).not.toContain(made.token)
  const acts = (await records()).filter(({ instance_id: of }) => of === made.id)
  expect(acts.map(({ act, name }) => [act, name])).toEqual([
    ['pool-created', 'ana'],
    ['pool-changed', 'ana'],
  ])
})

it('no other call of the partner is there, and none that gives a token, a secret or a code', () => {
  const others = endpoints
    .filter((each) => ![...ofInstances, ...ofAccount, ...ofPartner].includes(each))
    .flatMap(({ method, paths }) => paths.map((path) => ({ method, path })))
  const paths = others.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining(['/me', '/webhook-secret', '/callbacks/:callbackId', '/instances']),
  )
  expect(others.filter(isThere)).toEqual([])
  expect(routes.filter(isThere)).toEqual(routes)
})

it('describes each call once, with what a form needs', async () => {
  const { calls } = await browser.get('calls')
  const shown = ofInstances.filter(({ schema }) => schema.hide !== true)
  expect(calls).toHaveLength(shown.length)
  const image = calls.find(({ path }: { path: string }) => path === '/send-image')
  expect(image).toMatchObject({
    method: 'POST',
    tag: 'message',
    summary: 'Sends an image.',
    maxBytes: 138_412_032,
    body: {
      required: ['image'],
      properties: { image: { type: 'string', description: expect.stringContaining('16 MB') } },
      examples: [{ phone: '5511999999999' }],
    },
  })
})

it.each([
  [{ phone: 'x' }, 'Invalid phone'],
  [{ message: '' }, 'message is required'],
  [{ image: 'http://127.0.0.1/x.png' }, 'not on the public internet'],
  [{ expiresIn: 5 }, 'expiresIn must be at least 30'],
])('refuses to send %j with the words that programs get', async (change, error) => {
  const otp = { phone: '5511999990001', message: 'Código 845201', code: '845201' }
  const url = `instances/${id}/call/send-button-otp`
  const answer = await browser.call('POST', url, { ...otp, ...change })
  expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringContaining(error)])
})

it('sends what it is given, and the audit log says who sent it by which call, and not what', async () => {
  const before = (await records()).length
  const body = { phone: '5511999990001', message: 'Segredo' }
  const { zaapId } = bodyOf(await browser.call('POST', `instances/${id}/call/send-text`, body))
  const deletion = 'messages?phone=5511999990001&messageId=3EB0&owner=true'
  await browser.call('DELETE', `instances/${id}/call/${deletion}`)
  const by = { role: 'administrator', name: 'ana', instance_id: id, act: 'message-submitted' }
  const made = (await records()).slice(before)
  expect(made).toMatchObject([
    { ...by, detail: 'send-text' },
    { ...by, detail: 'messages' },
  ])
  expect(JSON.stringify(made)).not.toMatch(/Segredo|5511999990001/u)
  const { messages } = await browser.get(`instances/${id}/messages`)
  expect(messages[1]).toMatchObject({ id: zaapId, to: '5511999990001', status: 'queued' })
})

it('an instance that is out of use, or does not exist, takes no call', async () => {
  await browser.call('POST', `instances/${id}/cancel`)
  const body = { phone: '5511999990001', message: 'Oi' }
  const send = (to: string) => browser.call('POST', `instances/${to}/call/send-text`, body)
  expect((await send(id)).statusCode).toBe(409)
  expect((await send('unknown')).statusCode).toBe(404)
})

it('a large file in base64 is stored while it arrives', async () => {
  const file = Buffer.alloc(5 * 1_024 * 1_024, 'recado').toString('base64')
  const body = { phone: '5511999990001', document: file, fileName: 'a.bin' }
  bodyOf(await browser.call('POST', `instances/${id}/call/send-document`, body))
  const stored = await stage.database.query.selectFrom('outgoing_file').selectAll().execute()
  expect(stored).toMatchObject([{ instance_id: id, message_id: expect.any(String) }])
})
