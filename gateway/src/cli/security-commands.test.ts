/** The commands about access against a gateway that really listens. */

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../test/support/zapi-stage.js'
import { readConfig } from '../config.js'
import { createProgram } from './program.js'
import { parseSpan } from './span.js'

let stage: ZapiStage
let environment: Record<string, string>

beforeAll(async () => {
  const masterKey = randomBytes(32)
  stage = await openZapiStage({ masterKey })
  environment = {
    RECADO_PUBLIC_URL: 'https://recado.example',
    RECADO_PORT: new URL(await stage.app.listen({ port: 0, host: '127.0.0.1' })).port,
    RECADO_MASTER_KEY: masterKey.toString('base64'),
    RECADO_DATA_DIR: stage.dataDir,
    RECADO_CLIENT_TOKEN: clientToken,
    RECADO_PARTNER_TOKEN: partnerToken,
  }
})

afterAll(() => stage[Symbol.asyncDispose]())

async function run(line: string, more: Record<string, string> = {}): Promise<string> {
  const printed: string[] = []
  const program = createProgram({
    version: '1.2.3',
    readConfig: () =>
      readConfig({ ...environment, ...more }, () => {
        throw new Error('no files here')
      }),
    start: async () => {},
    print: (text) => void printed.push(text),
    clock: new ManualClock(),
    askSecret: async () => '',
    confirm: async () => undefined,
  })
  await program.parseAsync(line.split(' '), { from: 'user' })
  return printed.join('\n')
}

const status = async (token: string, headers: Record<string, string>) => {
  const url = `/instances/${stage.instance.id}/token/${token}/status`
  return (await stage.app.inject({ url, headers })).statusCode
}

it('tokens rotate shows a new token, and the old one counts until its overlap ends', async () => {
  const text = await run('tokens rotate client --overlap 1h')
  const [, made = ''] = /^RECADO_CLIENT_TOKEN=(F[0-9a-f]{32}S)$/mu.exec(text) ?? []
  expect(text).toContain(`counts until ${new Date(stage.clock.now() + 3_600_000).toISOString()}`)
  for (const token of [made, clientToken])
    expect(await status(stage.token, { 'client-token': token })).toBe(200)
  await stage.clock.advance(3_600_000)
  expect(await status(stage.token, { 'client-token': clientToken })).toBe(403)
  expect(await status(stage.token, { 'client-token': made })).toBe(200)
  environment['RECADO_CLIENT_TOKEN'] = made
})

it('instance rotate-token does the same for an instance, at once with an overlap of 0', async () => {
  const client = { 'client-token': environment['RECADO_CLIENT_TOKEN'] ?? '' }
  const text = await run(`instance rotate-token ${stage.instance.id} --overlap 0`)
  const [, made = ''] = /^Token {10}(\w+)$/mu.exec(text) ?? []
  expect(text).toContain('does not count any more')
  expect([await status(stage.token, client), await status(made, client)]).toEqual([404, 200])
})

it('instance rotate-webhook-secret gives another secret', async () => {
  const before = await stage.instances.signingSecretOf(stage.instance.id)
  const text = await run(`instance rotate-webhook-secret ${stage.instance.id}`)
  const now = await stage.instances.signingSecretOf(stage.instance.id)
  expect(now).not.toBe(before)
  expect(text).toContain(now)
  expect(await stage.instances.signingSecretsOf(stage.instance.id)).toEqual([now, before])
})

it('callers are shown and replaced, for the gateway and for an instance', async () => {
  expect(await run('callers list')).toBe('Every address may call.')
  expect(await run('callers set 192.0.2.0/24 127.0.0.1')).toBe('192.0.2.0/24\n127.0.0.1')
  expect(await run('callers list')).toBe('192.0.2.0/24\n127.0.0.1')
  await expect(run('callers set nonsense')).rejects.toThrow(/answered 400: networks/u)
  // The operator may call from anywhere, so a rule that shuts out all callers can be mended.
  await run('callers set 192.0.2.0/24')
  await expect(run('instance list')).rejects.toThrow('127.0.0.1 not allowed')
  expect(await run('callers set')).toBe('Every address may call.')

  const { id } = stage.instance
  expect(await run(`instance callers ${id} 192.0.2.7`)).toBe('192.0.2.7')
  expect(await run(`instance callers ${id}`)).toBe('192.0.2.7')
  expect(await run(`instance callers ${id} --everybody`)).toBe('Every address may call.')
})

it('instance client-token says whether calls need it, and what the risk is', async () => {
  const { instance } = await stage.instances.create({ name: 'Filial' })
  const isOptional = async () =>
    (await stage.instances.find(instance.id))?.settings.clientTokenOptional
  expect(await run(`instance client-token ${instance.id} optional`)).toContain('can send from it')
  expect(await isOptional()).toBe(true)
  await run(`instance client-token ${instance.id} required`)
  expect(await isOptional()).toBe(false)
  await expect(run(`instance client-token ${instance.id} no`)).rejects.toThrow(
    'required or optional',
  )
})

it('instance delete asks for a yes, and then it is gone', async () => {
  const { instance } = await stage.instances.create({ name: 'Fim' })
  await run(`instance delete ${instance.id} --yes`)
  expect(await stage.instances.find(instance.id)).toBeUndefined()
})

it('administrator reset ends every login, and its code makes the next administrator', async () => {
  const { administrators, loginSessions } = stage
  const [ana, address] = [{ name: 'ana', password: 'correct horse battery' }, '203.0.113.7']
  const made = await administrators.setUp((await administrators.open()) ?? '', ana, address)
  if (made.kind !== 'made') throw new Error(made.kind)
  const { token } = await loginSessions.begin(made.administrator, { address, browser: '' })
  const revoked: string[] = []
  loginSessions.onRevoked((ids) => revoked.push(...ids))

  await expect(run('administrator reset')).rejects.toThrow('--yes')
  expect(await loginSessions.find(token)).toBeDefined()
  const text = await run('administrator reset --yes')
  expect(text).toContain('The administrator is gone. Logins that ended: 1.')
  expect(text).toContain('Open https://recado.example/console')
  expect(revoked).toHaveLength(1)
  expect(await loginSessions.find(token)).toBeUndefined()
  expect(await administrators.logIn(ana, address)).toEqual({ kind: 'wrong' })
  const [code = ''] = /[a-z2-9]{5}(-[a-z2-9]{5}){3}/u.exec(text) ?? []
  expect(await administrators.setUp(code, ana, address)).toMatchObject({ kind: 'made' })
})

it('audit tells all of that, and no secret', async () => {
  const text = await run('audit')
  for (const act of [
    'client-token-rotated',
    'account-callers-changed',
    'instance-deleted',
    'administrators-reset',
  ])
    expect(text).toMatch(new RegExp(`(operator|partner) +127\\.0\\.0\\.1 +${act}`, 'u'))
  expect(text).not.toMatch(/F[0-9a-f]{32}S|whsec_|([a-z2-9]{5}-){3}/u)
  expect(text).not.toContain(await stage.instances.tokenOf(stage.instance.id))
  const own = await run(`audit --instance ${stage.instance.id} --json`)
  const acts = own.split('\n').map((line) => JSON.parse(line))
  expect(acts.map(({ act }) => act)).toContain('instance-token-rotated')
  expect(acts.every(({ instanceId }) => instanceId === stage.instance.id)).toBe(true)
  expect(await run('audit --since 2100-01-01T00:00Z')).toBe('')
})

it('the operator is known by the master key and by nothing else', async () => {
  const other = { RECADO_MASTER_KEY: randomBytes(32).toString('base64') }
  await expect(run('audit', other)).rejects.toThrow('another master key')
  await expect(run('audit', { RECADO_MASTER_KEY: '' })).rejects.toThrow('no master key here')
})

it.each([
  ['0', 0],
  ['30m', 1_800],
  ['24h', 86_400],
  ['7d', 604_800],
  ['1.5h', undefined],
  ['-1h', undefined],
  ['5', undefined],
])('%s is a span of %s seconds', (text, seconds) => expect(parseSpan(text)).toBe(seconds))
