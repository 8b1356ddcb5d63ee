/**
 * What Z-API documents, endpoint by endpoint, from `gateway/test/zapi/contract.json`:
 * the built ones keep to it, and every other one says why it cannot be done or that it is not built.
 */

import { afterAll, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, partnerToken } from '../../test/support/zapi-stage.js'
import { keptText } from '../../test/support/kept-text.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { answerProblems } from '../../test/zapi/answer-check.js'
import { type ContractEndpoint, contract, requiredAttributes } from '../../test/zapi/contract.js'
import { routesOf, routesOfContract } from '../../test/zapi/documented-routes.js'
import { type Access, atEachPath, exampleCall } from '../../test/zapi/example-call.js'
import { documentedInstanceRoutes, documentedPartnerRoutes } from './documented-routes.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

await stage.directory.take(stage.instance.id, [
  {
    kind: 'chat',
    chat: { kind: 'person', phone: '5511999999999' },
    facts: { name: 'Ana', lastMessageAt: 1_700_000_000_000 },
  },
  { kind: 'contact', person: { phone: '5511999999999' }, facts: { name: 'Ana Souza' } },
])

const access: Access = {
  instanceId: stage.instance.id,
  token: stage.token,
  clientToken,
  partnerToken,
  paths: {
    'broadcast/delete-broadcast': `/broadcast/${await newList()}`,
    'broadcast/update-broadcast': `/broadcast/${await newList()}`,
    'business/delete-tag': '/business/tag/2',
  },
}

/** The examples are about the first. */
await stage.directory.take(
  stage.instance.id,
  ['1', '2'].map((id) => ({ kind: 'label', label: { id, name: 'Etiqueta', color: 1 } })),
)

/** The example asks for what was said before the first. */
for (const [id, at] of [
  ['3EB0796DC6B777C0C7CD', 1_700_000_000_000],
  ['3EB02A5A36C0103F231A', 1_690_000_000_000],
] as const)
  await stage.keptMessages.keep(stage.instance.id, keptText(whatsappIdOf(id), at))

async function newList(): Promise<string> {
  const list = { name: 'Lista', people: [{ kind: 'lid', lid: '1' }] } as const
  const made = await stage.broadcastLists.create(stage.instance.id, list)
  return `${made?.id}@broadcast`
}
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const

const call = (endpoint: ContractEndpoint, by: Access = access, body = endpoint.example.body) =>
  stage.app.inject(exampleCall(endpoint, by, overTls(body)))

/** One example has its receiver on the caller's own machine, where Z-API could not reach it either. */
function overTls(body: unknown): unknown {
  if (body === undefined) return undefined
  return JSON.parse(JSON.stringify(body).replace('http://localhost:3001', 'https://example.com'))
}

const answersTo = (endpoints: readonly ContractEndpoint[]) =>
  Promise.all(endpoints.map(async (endpoint) => ({ endpoint, answer: await call(endpoint) })))
/** Its example makes the instance refuse what is sent while it is disconnected. */
const closesTheLine = ({ page }: ContractEndpoint) => page === 'queue/update-queue-settings'
/** Its example takes the instance out of use; that of the subscription brings it back. */
const ends = ({ page }: ContractEndpoint) => page === 'partner/unsubscribe-instance'
const resumes = ({ page }: ContractEndpoint) => page === 'partner/sign-instance'
/** They are about the connection, or ask WhatsApp. */
const ofConnected = new Set([
  'chats/archive-chat',
  'chats/clear-chat',
  'chats/delete-chat',
  'chats/mute-chat',
  'chats/pin-chat',
  'chats/read-chat',
  'contacts/add-contacts',
  'contacts/block-contact',
  'contacts/get-iswhatsapp',
  'contacts/get-iswhatsapp-batch',
  'contacts/get-profile-picture',
  'contacts/remove-contacts',
  'contacts/report-contact',
  'instance/device',
  'instance/profile-description',
  'instance/profile-name',
  'instance/profile-picture',
  'instance/restart',
  'instance/restore-session',
  'message/read-message',
])
const ofWhatsapp = new Set(['group', 'business', 'communities', 'newsletter', 'privacy'])
const needsConnection = ({ group, page }: ContractEndpoint) =>
  ofWhatsapp.has(group) || ofConnected.has(page)
const late = [closesTheLine, ends, resumes, needsConnection]
const isLate = (endpoint: ContractEndpoint) => late.some((matches) => matches(endpoint))
const answers = await answersTo(contract.filter((endpoint) => !isLate(endpoint)))
for (const matches of late) {
  if (matches === needsConnection) stage.sessions.connected.add(stage.instance.id)
  answers.push(...(await answersTo(contract.filter(matches))))
}
const isCannot = ({ answer }: (typeof answers)[number]) =>
  answer.statusCode === 400 && answer.body.startsWith('{"error":"Cannot be done: ')
const isBuilt = (row: (typeof answers)[number]) => row.answer.statusCode !== 501 && !isCannot(row)
const titled = answers.map((row) => ({ ...row, page: row.endpoint.page }))
const built = titled.filter(isBuilt)
const impossible = titled.filter(isCannot)
const others = titled.filter(({ answer }) => answer.statusCode === 501)

const problemsOf = (
  { statusCode: status, body: text }: { statusCode: number; body: string },
  endpoint: ContractEndpoint,
) => answerProblems({ status, text }, endpoint)

/** Every method that the path of the endpoint's example takes. */
function methodsAt({ auth, example }: ContractEndpoint): ReadonlySet<string> {
  const [path = ''] = example.path.replaceAll(/[{}]/gu, '').split('?')
  const matching = routesOfContract.filter(
    (route) =>
      route.auth === auth &&
      new RegExp(`^${route.path.replace(/:\w+/gu, '[^/]+')}$`, 'u').test(path),
  )
  return new Set(matching.map(({ method }) => method))
}

it('has something to check', () => {
  expect(contract).toHaveLength(222)
  expect(built.map(({ page }) => page)).toEqual(
    expect.arrayContaining([
      'message/send-button-otp',
      'instance/status',
      'partner/list-instances',
    ]),
  )
})

it('lists the routes of the contract', () => {
  const listed = [
    ...documentedInstanceRoutes.map((route) => ({ auth: 'instance', ...route })),
    ...documentedPartnerRoutes.map((route) => ({ auth: 'partner', ...route })),
  ]
  expect(
    listed,
    'gateway/src/zapi/documented-routes.ts is out of date: run npm run zapi:routes',
  ).toEqual([
    ...routesOfContract.filter(({ auth }) => auth === 'instance'),
    ...routesOfContract.filter(({ auth }) => auth === 'partner'),
  ])
})

describe.each(titled)('$page', ({ endpoint }) => {
  it('answers other methods with 405 and those that it takes', async () => {
    const { url, headers } = exampleCall(endpoint, access)
    const taken = methodsAt(endpoint)
    expect(taken).toContain(endpoint.method)
    for (const method of methods.filter((name) => !taken.has(name))) {
      const answer = await stage.app.inject({ method, url, headers })
      expect([answer.statusCode, answer.headers['allow']]).toEqual([
        405,
        [...[...taken].toSorted(), 'OPTIONS'].join(', '),
      ])
    }
  })

  it('refuses strangers', async () => {
    const strangers: (readonly [Access, number])[] =
      endpoint.auth === 'partner'
        ? [
            [{ ...access, partnerToken: '' }, 401],
            [{ ...access, partnerToken: 'wrong' }, 401],
          ]
        : [
            [{ ...access, clientToken: '' }, 400],
            [{ ...access, clientToken: 'wrong' }, 403],
          ]
    if (exampleCall(endpoint, access).url.includes(access.token))
      strangers.push([{ ...access, token: 'wrong' }, 404])
    for (const [stranger, status] of strangers)
      expect((await call(endpoint, stranger)).statusCode).toBe(status)
  })
})

describe.each(built)('$page, built,', ({ endpoint, answer }) => {
  const body = endpoint.example.body ?? {}

  it('answers its example as documented', () => {
    expect(problemsOf(answer, endpoint)).toEqual([])
  })

  it('ignores what it does not know', async () => {
    if (endpoint.example.body === undefined) return
    const more = Array.isArray(body)
      ? body.map((each: unknown) => (typeof each === 'object' ? withUnheardOf({ ...each }) : each))
      : withUnheardOf(body)
    const again = await call(endpoint, access, more)
    expect(problemsOf(again, endpoint)).toEqual([])
  })

  it('names the required attribute that is missing', async () => {
    for (const name of requiredAttributes(endpoint)) {
      const { [name]: _left, ...rest } = body as Record<string, unknown>
      const refusal = await call(endpoint, access, rest)
      expect([refusal.statusCode, refusal.json()]).toEqual([
        400,
        { error: name === 'phone' ? 'Invalid phone' : `${name} is required` },
      ])
    }
  })
})

function withUnheardOf(body: object): object {
  return { ...body, unheardOf: { of: [1] } }
}

describe.each(impossible)('$page, which cannot be done,', ({ endpoint, answer }) => {
  it('says why in full sentences, and answers the same without a body', async () => {
    expect(answer.json()).toEqual({ error: expect.stringMatching(/^Cannot be done: .{40,}\.$/u) })
    if (endpoint.example.body === undefined || isBuiltElsewhere(endpoint)) return
    const { statusCode, body } = await call(endpoint, access, {})
    expect([statusCode, body]).toEqual([400, answer.body])
  })
})

/** Whether another page with the same route works. */
function isBuiltElsewhere({ method, paths }: ContractEndpoint): boolean {
  return built.some(({ endpoint }) => endpoint.method === method && endpoint.paths[0] === paths[0])
}

describe.each(others)('$page, not built,', ({ endpoint, answer }) => {
  it('says so and nothing else', () => {
    const [route] = routesOf(endpoint)
    // A page that shares its route with a built one names the attribute that is missing.
    const sharesRoute = isBuiltElsewhere(endpoint)
    const { error, ...rest } = answer.json<{ error: string }>()
    expect(rest).toEqual({})
    expect(sharesRoute ? error.replace(/: .+ Nothing was (?:sent|changed)\.$/u, '') : error).toBe(
      sharesRoute ? 'Not supported' : `Not supported: ${route?.title}`,
    )
  })
})

it.each(titled.filter(({ endpoint }) => endpoint.paths.length > 1))(
  '$page is the same by its other path',
  async ({ endpoint, answer }) => {
    for (const other of atEachPath(endpoint))
      expect((await call(other)).statusCode).toBe(answer.statusCode)
  },
)
