import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { ApiKeys } from './api-keys.js'
import { AuditLog } from './audit-log.js'
import { Instances } from './instances.js'

const by = { role: 'administrator', name: 'ana', address: '203.0.113.7' } as const
const wish = {
  name: ' CRM ',
  scopes: ['send'],
  instanceIds: undefined,
  expiresAt: undefined,
} as const
const minuteMs = 60_000

async function setUp(database: Database) {
  const clock = new ManualClock()
  const vault = createVault(randomBytes(32))
  const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
  const { instance } = await instances.create({ name: 'Loja' })
  const keys = new ApiKeys({ database, clock, instances })
  return { clock, instance, keys, audit: new AuditLog({ database, clock }) }
}

eachDatabase('API keys', (open) => {
  test('are found by their token, and kept nowhere as they are', async () => {
    const database = await open()
    const { clock, instance, keys, audit } = await setUp(database)
    const expiresAt = clock.now() + minuteMs
    const { token, ...key } = await keys.create(
      { ...wish, scopes: ['send', 'read', 'send'], instanceIds: [instance.id], expiresAt },
      by,
    )
    expect(token).toMatch(/^recado_key_[0-9a-f]{64}$/u)
    expect(key).toMatchObject({ name: 'CRM', scopes: ['read', 'send'], lastUsedAt: undefined })
    expect(await keys.list()).toEqual([key])
    expect(await keys.find(token)).toEqual({ ...key, lastUsedAt: clock.now() })
    expect(await keys.find(`${token}0`)).toBeUndefined()
    expect(await keys.find('')).toBeUndefined()
    const records = await audit.list({ limit: 9 })
    expect(records).toMatchObject([
      { act: 'api-key-made', by, detail: `${key.id} read+send, instances: 1` },
    ])
    const rows = await database.query.selectFrom('api_key').selectAll().execute()
    expect(JSON.stringify([rows, records])).not.toContain(token)
  })

  test('expire', async () => {
    const { clock, keys } = await setUp(await open())
    const { token } = await keys.create({ ...wish, expiresAt: clock.now() + minuteMs }, by)
    await clock.advance(minuteMs - 1)
    expect(await keys.find(token)).toMatchObject({ isExpired: false })
    await clock.advance(1)
    expect(await keys.find(token)).toMatchObject({ isExpired: true })
    expect(await keys.list()).toMatchObject([{ isExpired: true }])
  })

  test('tell their last use to the minute', async () => {
    const { clock, keys } = await setUp(await open())
    const { token } = await keys.create(wish, by)
    const lastUse = async () => (await keys.list())[0]?.lastUsedAt
    expect(await lastUse()).toBeUndefined()
    await keys.find(token)
    const first = clock.now()
    expect(await lastUse()).toBe(first)
    await clock.advance(minuteMs - 1)
    await keys.find(token)
    expect(await lastUse()).toBe(first)
    await clock.advance(1)
    await keys.find(token)
    expect(await lastUse()).toBe(first + minuteMs)
  })

  test('count no more once they are revoked, and no other does for that', async () => {
    const { keys, audit } = await setUp(await open())
    const [one, two] = [await keys.create(wish, by), await keys.create(wish, by)]
    await keys.revoke(one.id, by)
    expect(await keys.find(one.token)).toBeUndefined()
    expect(await keys.find(two.token)).toBeDefined()
    await expect(keys.revoke(one.id, by)).rejects.toThrow('no such API key')
    expect(await audit.list({ limit: 1 })).toMatchObject([
      { act: 'api-key-revoked', detail: `${one.id} CRM` },
    ])
  })

  test('are not made for nothing, for no instance, or for the past', async () => {
    const { clock, instance, keys } = await setUp(await open())
    const refused: readonly (readonly [Partial<Parameters<typeof keys.create>[0]>, string])[] = [
      [{ scopes: [] }, 'scopes must name'],
      [{ instanceIds: [] }, 'instanceIds must name'],
      [{ instanceIds: [instance.id, 'other'] }, 'there is no instance other'],
      [{ expiresAt: clock.now() }, 'must lie in the future'],
    ]
    for (const [part, text] of refused)
      await expect(keys.create({ ...wish, ...part }, by)).rejects.toMatchObject({
        code: 'bad-api-key-wish',
        statusCode: 400,
        message: expect.stringContaining(text),
      })
    expect(await keys.list()).toEqual([])
  })

  test('are listed with the newest first, each with what it opens', async () => {
    const { clock, instance, keys, audit } = await setUp(await open())
    const { token, ...one } = await keys.create({ ...wish, scopes: ['manage', 'read'] }, by)
    expect(token).not.toContain(one.id)
    expect(await audit.list({ limit: 1 })).toMatchObject([
      { detail: `${one.id} read+manage, instances: all` },
    ])
    await clock.advance(1)
    const { token: _, ...two } = await keys.create({ ...wish, instanceIds: [instance.id] }, by)
    expect(await keys.list()).toEqual([two, one])
    expect(one).toEqual({
      id: one.id,
      name: 'CRM',
      scopes: ['read', 'manage'],
      instanceIds: undefined,
      createdAt: clock.now() - 1,
      expiresAt: undefined,
      isExpired: false,
      lastUsedAt: undefined,
    })
  })

  test('an expired one notes no use, and the use of one changes no other', async () => {
    const { clock, keys } = await setUp(await open())
    const expired = await keys.create({ ...wish, expiresAt: clock.now() + minuteMs }, by)
    const used = await keys.create(wish, by)
    await clock.advance(minuteMs)
    await keys.find(expired.token)
    await keys.find(used.token)
    const uses = (await keys.list()).map(({ id, lastUsedAt }) => [id, lastUsedAt])
    expect(Object.fromEntries(uses)).toEqual({
      [expired.id]: undefined,
      [used.id]: clock.now(),
    })
  })

  test('are at most 500', async () => {
    const database = await open()
    const { keys } = await setUp(database)
    const rows = Array.from({ length: 499 }, (_, index) => ({
      id: String(index),
      name: '',
      token_hash: String(index),
      scopes: '[]',
      created_at: 0,
    }))
    await database.query.insertInto('api_key').values(rows).execute()
    const last = await keys.create(wish, by)
    const refusal = { code: 'too-many-api-keys', statusCode: 409 }
    await expect(keys.create(wish, by)).rejects.toMatchObject(refusal)
    await expect(keys.create(wish, by)).rejects.toThrow('at most 500 API keys')
    await keys.revoke(last.id, by)
    await expect(keys.revoke(last.id, by)).rejects.toMatchObject({
      code: 'unknown-api-key',
      statusCode: 404,
    })
    expect(await keys.create(wish, by)).toBeDefined()
  })
})
