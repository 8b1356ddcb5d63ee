/** Every route of the console with every role: what it needs, and that it needs no less. */

import Fastify from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Browser,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import { isEnough, type Role, roles } from '../domain/role.js'
import { guardRoutes, leastRoles } from './least-roles.js'

const password = 'another long password'

let stage: ConsoleStage
let instanceId: string
const browsers = new Map<Role, Browser>()

async function join(administrator: Browser, role: Role): Promise<Browser> {
  const wish = { role, note: '', hours: 1 }
  const { url } = bodyOf(await administrator.call('POST', 'invitations', wish))
  const browser = stage.newBrowser()
  const token = url.split('#')[1]
  bodyOf(await browser.call('POST', 'invitation/accept', { token, name: `${role} 2`, password }))
  return browser
}

beforeAll(async () => {
  stage = await openConsoleStage()
  const administrator = await stage.loggedIn()
  instanceId = bodyOf(await administrator.call('POST', 'instances', { name: 'Loja' })).id
  for (const role of roles) browsers.set(role, await join(administrator, role))
})

afterAll(() => stage[Symbol.asyncDispose]())

/** Routes below `/console/api` with what they need. */
function routesOf(): readonly (readonly [method: string, path: string, least: string])[] {
  return stage.routes
    .filter(({ url }) => url.startsWith('/console/api/'))
    .flatMap(({ method, url, config }) =>
      [method].flat().map((each) => [each, url, config?.least ?? 'no role'] as const),
    )
}

it('is asked of every route that there is, and the table names no other', () => {
  const routes = routesOf()
  expect(routes.length).toBeGreaterThan(200)
  const named = new Set(
    routes
      .filter(([method]) => method !== 'HEAD')
      .map(([method, url]) => `${method} ${url.slice(12)}`),
  )
  expect(Object.keys(leastRoles).filter((each) => !named.has(each))).toEqual([])
  for (const [method, url, least] of routes)
    expect([method, url, ['visitor', ...roles]]).toEqual([
      method,
      url,
      expect.arrayContaining([least]),
    ])
})

it('lets no route through without a login, and none to a role that is too low', async () => {
  const wrong: unknown[] = []
  for (const [method, url, least] of routesOf()) {
    if (least === 'visitor') continue
    const path = url
      .slice('/console/api/'.length)
      .replace(':instanceId', instanceId)
      .replaceAll(/:\w+/gu, 'x')
    const ask = async (browser: Browser) => {
      const answer = await browser.call(method as 'GET', path, method === 'GET' ? undefined : {})
      return answer.statusCode === 403 && answer.body.includes('needs the role')
        ? 'role'
        : answer.statusCode
    }
    const stranger = await ask(stage.newBrowser())
    if (stranger !== 401) wrong.push([method, url, 'stranger', stranger])
    for (const role of roles) {
      if (isEnough(role, least as Role)) continue
      const got = await ask(browsers.get(role) ?? stage.newBrowser())
      if (got !== 'role') wrong.push([method, url, role, got])
    }
  }
  expect(wrong).toEqual([])
})

it('tells no role the token of an instance or a pool, or the secret of callbacks, when it reads', async () => {
  const administrator = browsers.get('administrator')
  if (administrator === undefined) throw new Error('it has joined')
  const instance = bodyOf(await administrator.call('POST', 'instances', { name: 'Balcão' }))
  const path = 'call/instances/integrator/pools'
  const pool = bodyOf(await administrator.call('POST', path, { name: 'Códigos' }))
  const { secret } = bodyOf(
    await administrator.call('POST', `instances/${instance.id}/webhook-secret`),
  )
  const secrets = [instance.token, pool.token, secret]
  expect(secrets.map((each) => typeof each)).toEqual(['string', 'string', 'string'])
  const telling: unknown[] = []
  for (const [method, url] of routesOf()) {
    if (method !== 'GET' || url.endsWith('/events')) continue
    for (const id of [instance.id, pool.id])
      for (const [role, browser] of browsers) {
        const { body } = await browser.call(
          'GET',
          url
            .slice('/console/api/'.length)
            .replaceAll(/:(?:instance|pool)Id/gu, id)
            .replaceAll(/:\w+/gu, 'x'),
        )
        if (secrets.some((each) => body.includes(each))) telling.push([url, role])
      }
  }
  expect(telling).toEqual([])
})

it('lets each role do what it may', async () => {
  for (const role of roles) {
    const browser = browsers.get(role) ?? stage.newBrowser()
    for (const [method, path, least] of [
      ['GET', 'instances', 'viewer'],
      ['GET', `instances/${instanceId}/messages`, 'viewer'],
      ['GET', `instances/${instanceId}/call/queue/count`, 'viewer'],
      ['GET', 'call/instances/integrator/pools', 'viewer'],
      ['POST', `instances/${instanceId}/qr`, 'operator'],
      ['PATCH', `instances/${instanceId}`, 'operator'],
      ['GET', 'audit', 'administrator'],
      ['GET', 'people', 'administrator'],
      ['GET', 'keys', 'administrator'],
    ] as const) {
      const answer = await browser.call(method, path, method === 'GET' ? undefined : {})
      expect([role, path, answer.statusCode]).toEqual([
        role,
        path,
        isEnough(role, least) ? 200 : 403,
      ])
    }
  }
})

it.each(['clientTokenOptional', 'tellCodes'])(
  'lets administrators alone switch on %s',
  async (setting) => {
    const change = async (role: Role, isOn: boolean) => {
      const settings = { [setting]: isOn }
      const answer = await browsers
        .get(role)
        ?.call('PATCH', `instances/${instanceId}`, { settings })
      return answer?.statusCode
    }
    expect(await change('operator', true)).toBe(403)
    expect(await change('operator', false)).toBe(200)
    expect(await change('administrator', true)).toBe(200)
  },
)

it('tells the person in both languages which role is needed', async () => {
  const answer = await browsers.get('viewer')?.call('POST', `instances/${instanceId}/qr`)
  expect(answer?.json()).toEqual({
    error: 'This needs the role operator. Your role is viewer.',
    explanation: {
      cause: {
        en: 'This needs the role operator. Your role is viewer.',
        pt: 'Isso precisa do papel operador. O seu papel é leitor.',
      },
      cure: {
        en: 'An administrator can give you another one.',
        pt: 'Um administrador pode dar a você outro papel.',
      },
    },
  })
})

it('lets viewers change nothing but their own account', () => {
  const changes = Object.entries(leastRoles)
    .filter(([route, least]) => least === 'viewer' && !route.startsWith('GET '))
    .map(([route]) => route)
  expect(changes.toSorted()).toEqual([
    'DELETE /sessions',
    'DELETE /sessions/:sessionId',
    'POST /log-out',
    'POST /second-factor/drop',
    'POST /second-factor/offer',
    'PUT /password',
    'PUT /second-factor',
  ])
})

it('keeps people, keys, tokens, secrets, the audit log and the ends of instances for administrators', () => {
  const places = [
    /\/(?:people|keys|invitations|audit)\b/u,
    /\/(?:token|webhook-secret|allowed-callers|proxy|cancel|resume)\b/u,
    /^(?:PUT|POST) \/(?:alerts\/(?:settings|secret)|.*endpoints)$/u,
    /^(?:POST|DELETE) \/instances(?:\/:instanceId)?$/u,
  ]
  const guarded = Object.entries(leastRoles).filter(([route]) =>
    places.some((place) => place.test(route)),
  )
  expect(guarded.length).toBeGreaterThan(18)
  expect(guarded.filter(([, least]) => least !== 'administrator')).toEqual([])
})

const leastOf = (call: string) =>
  routesOf().find(([method, url]) => `${method} ${url.split('/call/')[1]}` === call)?.[2]

it('needs for a call of programs what a key would need', () => {
  const calls = ['GET status', 'POST send-text', 'PUT update-name', 'GET group-metadata/:phone']
  expect(calls.map(leastOf)).toEqual(['viewer', 'operator', 'operator', 'operator'])
  expect(leastOf('POST instances/integrator/pools')).toBe('administrator')
})

it('does not register a route that names no role', () => {
  const app = Fastify()
  guardRoutes(app, async () => undefined)
  expect(() => app.get('/console/api/new', () => ({}))).toThrow('/console/api/new has no role')
  // The path alone does not make it a call of programs, and a need alone does not, either.
  expect(() => app.get('/console/api/call/new', () => ({}))).toThrow('has no role')
  expect(() => app.get('/console/api/new', { config: { need: 'read' } }, () => ({}))).toThrow(
    'has no role',
  )
  expect(() =>
    app.route({ method: ['GET', 'POST'], url: '/console/api/instances', handler: () => ({}) }),
  ).toThrow('has no role')
})
