import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { AuditLog } from './audit-log.js'
import { Instances } from './instances.js'
import { McpTokens } from './mcp-tokens.js'

const vault = createVault(randomBytes(32))
const by = { role: 'partner', address: '203.0.113.7' } as const

async function setUp(database: Database) {
  const clock = new ManualClock()
  const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
  const { instance } = await instances.create({ name: 'Loja' })
  const other = (await instances.create({ name: 'Outra' })).instance
  const tokens = new McpTokens({ database, clock, instances })
  const audit = new AuditLog({ database, clock })
  return { clock, instance, other, tokens, audit }
}

eachDatabase('tokens for MCP', (open) => {
  test('let in to their own instance with their own scope', async () => {
    const { clock, instance, other, tokens } = await setUp(await open())
    const reading = await tokens.create(instance.id, { name: 'Reader', scope: 'read' }, by)
    const sending = await tokens.create(other.id, { name: 'Sender', scope: 'send' }, by)
    const { token: first, ...reader } = reading
    const { token: second, ...sender } = sending
    const lastUsedAt = clock.now()
    expect(await tokens.authenticate(first)).toEqual({
      instance,
      token: { ...reader, lastUsedAt },
    })
    expect(await tokens.authenticate(second)).toEqual({
      instance: other,
      token: { ...sender, lastUsedAt },
    })
    expect(await tokens.authenticate('')).toBeUndefined()
    expect(await tokens.authenticate(`${first}0`)).toBeUndefined()
    expect(await tokens.list(instance.id)).toEqual([{ ...reader, lastUsedAt }])
  })

  test('tell when they were used last, written down once a minute', async () => {
    const { clock, instance, tokens } = await setUp(await open())
    const { token } = await tokens.create(instance.id, { name: 'One', scope: 'read' }, by)
    const used = async () => (await tokens.list(instance.id))[0]?.lastUsedAt
    expect(await used()).toBeNull()
    const first = clock.now()
    await tokens.authenticate(token)
    clock.jump(59_999)
    await tokens.authenticate(token)
    expect(await used()).toBe(first)
    clock.jump(1)
    await tokens.authenticate(token)
    expect(await used()).toBe(first + 60_000)
  })

  test('count no more once they are revoked, and no other does for that', async () => {
    const { instance, other, tokens } = await setUp(await open())
    const one = await tokens.create(instance.id, { name: 'One', scope: 'send' }, by)
    const two = await tokens.create(instance.id, { name: 'Two', scope: 'send' }, by)
    await expect(tokens.revoke(other.id, one.id, by)).rejects.toThrow('no such token')
    await tokens.revoke(instance.id, one.id, by)
    expect(await tokens.authenticate(one.token)).toBeUndefined()
    expect(await tokens.authenticate(two.token)).toBeDefined()
    await expect(tokens.revoke(instance.id, one.id, by)).rejects.toThrow('no such token')
  })

  test('stand in the audit log by their ids, and nowhere as they are', async () => {
    const database = await open()
    const { instance, tokens, audit } = await setUp(database)
    const { id, token } = await tokens.create(instance.id, { name: 'One', scope: 'read' }, by)
    await tokens.revoke(instance.id, id, by)
    const kept = await tokens.create(instance.id, { name: 'Two', scope: 'send' }, by)
    const records = await audit.list({ instanceId: instance.id, limit: 10 })
    expect(records.map(({ act, detail }) => [act, detail])).toEqual([
      ['mcp-token-made', `${kept.id} send`],
      ['mcp-token-revoked', id],
      ['mcp-token-made', `${id} read`],
    ])
    const rows = await database.query.selectFrom('mcp_token').selectAll().execute()
    for (const secret of [token, kept.token])
      expect(JSON.stringify([rows, records])).not.toContain(secret)
  })

  test('are at most fifty an instance', async () => {
    const { instance, other, tokens } = await setUp(await open())
    const make = (id: typeof instance.id) => tokens.create(id, { name: 'One', scope: 'read' }, by)
    for (let n = 0; n < 49; n += 1) await make(instance.id)
    const ends = await Promise.allSettled([make(instance.id), make(instance.id)])
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(make(instance.id)).rejects.toThrow('at most 50')
    await expect(make(other.id)).resolves.toBeDefined()
  })
})
