/**
 * No tenant reaches another: every route that the server has registered is
 * called with what does not belong to it. A new route is in by itself; one that
 * is neither an instance's nor the partner's has to be named here.
 */

import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, partnerToken } from '../../test/support/zapi-stage.js'
import { readTables } from '../db/tables.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const place = '/instances/:instanceId/token/:token'
const asClient = { 'client-token': clientToken }
const asPartner = { authorization: `Bearer ${partnerToken}` }

const ofInstances = stage.routes.filter(({ url }) => url.startsWith(`${place}/`))
const integrator = ofInstances.filter(({ url }) => url.startsWith(`${place}/integrator/`))
const ofClients = ofInstances.filter((route) => !integrator.includes(route))
const ofPartner = stage.routes.filter((route) => !ofClients.includes(route))

const mine = { id: stage.instance.id, token: stage.token }
const theirs = await newTenant()

/** Another instance, with something of every kind that can be asked for by an id. */
async function newTenant(): Promise<{ id: string; token: string; things: readonly string[] }> {
  const { instance, token } = await stage.instances.create({
    name: 'Outra',
    callbacks: new Map([['instance.connected', 'https://example.org/']] as const),
  })
  const message = await stage.outbox.accept(instance.id, {
    recipient: { kind: 'person', phone: '5511999999999' },
    content: { kind: 'text', text: 'segredo da outra' },
  })
  const { id: instanceId } = instance
  const person = { phone: '5511777777777', lid: '164354629388413' }
  const group = '120363019502650977'
  const chat = { kind: 'person', ...person } as const
  await stage.directory.take(instanceId, [
    { kind: 'chat', chat, facts: { name: 'segredo da outra', lastMessageAt: 1 } },
    { kind: 'chat', chat: { kind: 'group', group }, facts: { name: 'segredo da outra' } },
    { kind: 'contact', person, facts: { name: 'segredo da outra', about: 'segredo' } },
  ])
  await stage.database.transaction((transaction) =>
    stage.webhooks.publish(
      { kind: 'instance.connected', instanceId, occurredAt: 0, phone: '55', business: false },
      transaction,
    ),
  )
  await stage.database.query.updateTable('delivery').set({ status: 'dead' }).execute()
  const deliveries = await stage.database.query.selectFrom('delivery').select('id').execute()
  const list = await stage.broadcastLists.create(instanceId, {
    name: 'segredo da outra',
    people: [{ kind: 'person', phone: '5511999999999' }],
  })
  const things = [
    message.id,
    message.whatsappId,
    ...deliveries.map(({ id }) => id),
    person.phone,
    `${person.lid}@lid`,
    `${group}-group`,
    `${list?.id}@broadcast`,
  ]
  return { id: instance.id, token, things }
}

/** Every row of the other tenant but the calls that were refused: those name the instance that a stranger asked for. */
async function theirRows(): Promise<string> {
  const rows: unknown[] = []
  for await (const table of readTables(stage.database.query))
    if (table.table !== 'refused_call')
      rows.push(...table.rows.filter((row) => row.includes(theirs.id)))
  return JSON.stringify(rows)
}

/** Of the same form: a number is refused for other reasons than an id. */
function unheard(thing: string): string {
  const isPhone = /^\d+(?:@lid|-group|@broadcast)?$/u.test(thing)
  return isPhone ? thing.replaceAll(/\d/gu, '9') : 'F'.repeat(thing.length)
}

type Route = (typeof stage.routes)[number]

function call(
  { method, url }: Route,
  { id, token }: { readonly id: string; readonly token: string },
  headers: Readonly<Record<string, string>>,
  thing = '5511999999999',
) {
  const path = url
    .replace(':instanceId', id)
    .replace(':token', token)
    .replace(/:\w+/gu, encodeURIComponent(thing))
  const body = method === 'GET' || method === 'DELETE' ? {} : { payload: {} }
  return stage.app.inject({ method, url: path, headers: { ...headers }, ...body })
}

it('has every route to check', () => {
  const paths = ofClients.map(({ url }) => url.slice(place.length))
  expect(paths).toEqual(expect.arrayContaining(['/send-button-otp', '/status', '/send-text']))
  expect(paths).toEqual(expect.arrayContaining(['/callbacks/:callbackId', '/webhook-secret']))
  expect(ofPartner.map(({ url }) => url).every((url) => url.startsWith('/instances'))).toBe(true)
  expect(ofPartner.length).toBeGreaterThan(5)
})

it('has the routes of tenants, partners and the operator; the others have tests of their own', async () => {
  const source = await readFile(new URL('../composition/servers.ts', import.meta.url), 'utf8')
  const registered = [...source.matchAll(/server\.register\(\s*([\w.]+)/gu)].map(([, name]) => name)
  // The console's (`login-routes.test.ts`) know administrators only; of media the id itself is the permission;
  // a token for MCP opens one instance (`test/journeys/mcp.test.ts`).
  const others = ['administration.routes', 'filesOf', 'agentsOf']
  expect(new Set(registered)).toEqual(new Set(['zapiRoutes', 'buildOperator', ...others]))
})

describe.each(ofClients)('$method $url', (route) => {
  it("is closed to another instance's token, and to a caller without Client-Token", async () => {
    const before = await theirRows()
    const strangers = [
      [{ id: theirs.id, token: mine.token }, asClient, 404],
      [{ id: mine.id, token: theirs.token }, asClient, 404],
      [theirs, asPartner, 400],
      [theirs, {}, 400],
      [theirs, { 'client-token': theirs.token }, 403],
      [theirs, { 'client-token': partnerToken }, 403],
    ] as const
    for (const [who, headers, status] of strangers)
      expect((await call(route, who, headers)).statusCode).toBe(status)
    expect(await theirRows()).toBe(before)
  })
})

describe.each(ofClients.filter(({ url }) => /:/u.test(url.slice(place.length))))(
  '$method $url',
  (route) => {
    it("knows nothing of another instance's things", async () => {
      const before = await theirRows()
      for (const thing of theirs.things) {
        const answer = await call(route, mine, asClient, thing)
        const unheardOf = await call(route, mine, asClient, unheard(thing))
        expect(answer.statusCode).toBe(unheardOf.statusCode)
        expect(answer.body).not.toContain('segredo')
      }
      expect(await theirRows()).toBe(before)
    })
  },
)

describe.each(ofPartner)('$method $url', (route) => {
  it('is closed to every token but the partner token', async () => {
    for (const headers of [
      {},
      asClient,
      { authorization: `Bearer ${clientToken}` },
      { authorization: `Bearer ${mine.token}` },
      { ...asClient, authorization: `Bearer ${mine.token}` },
    ])
      expect((await call(route, mine, headers)).statusCode).toBe(401)
  })
})

describe.each(stage.operatorRoutes)('$method $url', (route) => {
  it('is closed to the tokens of tenants, and to partners unless it shows figures alone', async () => {
    const before = await theirRows()
    const strangers = [
      {},
      asClient,
      { authorization: `Bearer ${clientToken}` },
      { authorization: `Bearer ${mine.token}` },
      ...(route.url === '/metrics' ? [] : [asPartner]),
    ]
    for (const headers of strangers) expect((await call(route, mine, headers)).statusCode).toBe(401)
    expect(await theirRows()).toBe(before)
  })
})

it("has the operator's routes to check", () => {
  const urls = stage.operatorRoutes.map(({ url }) => url)
  expect(urls).toEqual(
    expect.arrayContaining([
      '/metrics',
      '/operator/report',
      '/operator/backup',
      '/operator/audit',
      '/operator/allowed-callers',
      '/operator/administrators/reset',
      '/operator/people',
      '/operator/keys',
      '/operator/instances/:instanceId/import',
      '/operator/tokens/:kind/rotate',
    ]),
  )
})

it.each(integrator)(
  "$method $url needs the instance's own token beside the partner's",
  async (route) => {
    const answer = await call(route, { id: theirs.id, token: mine.token }, asPartner)
    expect(answer.statusCode).toBe(404)
  },
)

it('opens to its own token: otherwise all of the above would prove nothing', async () => {
  const closed = /Instance not found|client-token/iu
  for (const route of ofClients)
    expect((await call(route, mine, asClient)).body).not.toMatch(closed)
  for (const route of ofPartner)
    expect((await call(route, mine, asPartner)).statusCode).not.toBe(401)
})

it('opens a pool to its own token alone, and no instance to the token of a pool', async () => {
  const by = { role: 'partner', address: '203.0.113.7' } as const
  const own = await stage.pools.create({ name: 'Minha', by })
  const other = await stage.pools.create({ name: 'Outra', by })
  await stage.pools.setMember(other.pool.id, theirs.id, 1, by)
  const before = await theirRows()
  const send = { method: 'POST', url: `${place}/send-text` } as const
  for (const who of [
    { id: other.pool.id, token: own.token },
    { id: other.pool.id, token: mine.token },
    { id: theirs.id, token: other.token },
    { id: own.pool.id, token: other.token },
  ])
    expect((await call(send, who, asClient)).statusCode).toBe(404)
  const ownPath = { id: own.pool.id, token: own.token }
  for (const thing of theirs.things) {
    const find = { method: 'GET', url: `${place}/messages/:zaapId` } as const
    expect((await call(find, ownPath, asClient, thing)).statusCode).toBe(404)
  }
  expect(await theirRows()).toBe(before)
})
