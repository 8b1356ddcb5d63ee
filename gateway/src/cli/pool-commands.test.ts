/** `recado pool` against a gateway that really listens, and what the figures say of the pool. */

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

let stage: ZapiStage
let url: string

beforeAll(async () => {
  stage = await openZapiStage()
  url = await stage.app.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(() => stage[Symbol.asyncDispose]())

async function run(line: string): Promise<string> {
  const printed: string[] = []
  const environment = {
    RECADO_PORT: new URL(url).port,
    RECADO_CLIENT_TOKEN: clientToken,
    RECADO_PARTNER_TOKEN: partnerToken,
  }
  const program = createProgram({
    version: '1.2.3',
    readConfig: () =>
      readConfig(environment, () => {
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

const metrics = async () =>
  (
    await stage.app.inject({
      url: '/metrics',
      headers: { authorization: `Bearer ${partnerToken}` },
    })
  ).body

it('a pool is created, given members, shown, given another token, and deleted', async () => {
  expect(await run('pool list')).toContain('recado pool create')
  const created = await run('pool create --name Logins')
  const [, id = ''] = /^Pool +(\S+)$/mu.exec(created) ?? []
  const [, token = ''] = /^Token +(\S+)$/mu.exec(created) ?? []
  expect(await stage.instances.tokenOf((await stage.pools.get(id)).id)).toBe(token)
  expect(await run(`pool show ${id}`)).toContain('It has no members')
  expect(await metrics()).not.toContain('recado_pool_code_wait_seconds{')

  const member = stage.instance.id
  stage.sessions.connected.add(member)
  await run(`pool add ${id} ${member} --weight 7`)
  await expect(run(`pool add ${id} ${member} --weight 0`)).rejects.toThrow('--weight')
  await expect(run(`pool add ${id} ${id}`)).rejects.toThrow('memberId must be the id')
  const shown = await run(`pool show ${id}`)
  expect(shown).toMatch(/^A new code +leaves in 0 s$/mu)
  expect(shown).toMatch(new RegExp(`^${member} {2}ready {2}weight 7`, 'mu'))
  expect(JSON.parse(await run(`pool show ${id} --json`))).toMatchObject({ expected: { high: 0 } })
  const figures = await metrics()
  expect(figures).toContain(`recado_pool_members{pool="${id}",state="ready"} 1`)
  expect(figures).toContain(`recado_pool_code_wait_seconds{pool="${id}"} 0`)

  const listed = await run('pool list')
  expect(listed).toBe(`${id}  1 of 1 connected  Logins`)
  expect(await run('pool list --json')).not.toContain(token)

  const rotated = await run(`pool rotate-token ${id} --overlap 0`)
  const [, next = ''] = /^Token +(\S+)$/mu.exec(rotated) ?? []
  expect(await stage.instances.authenticate(id, token)).toBeUndefined()
  expect(await stage.instances.authenticate(id, next)).toMatchObject({ isPool: true })
  await expect(run('pool rotate-token 0123456789ABCDEF')).rejects.toThrow('There is no pool')

  await run(`pool remove ${id} ${member}`)
  expect(await run('pool list')).toBe(`${id}  0 of 0 connected  Logins`)
  await expect(run(`pool delete ${id}`)).rejects.toThrow('--yes')
  expect(await run(`pool delete ${id} --yes`)).toContain('is gone')
  await expect(run(`pool show ${id}`)).rejects.toThrow('There is no such pool')
})
