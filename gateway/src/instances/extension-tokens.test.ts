import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { ExtensionTokens } from './extension-tokens.js'
import { Instances } from './instances.js'

const vault = createVault(randomBytes(32))
const minuteMs = 60_000

async function setUp(database: Database) {
  const clock = new ManualClock()
  const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
  const { instance } = await instances.create({ name: 'Loja' })
  const other = (await instances.create({ name: 'Outra' })).instance
  const tokens = new ExtensionTokens({ database, vault, clock, instances })
  return { clock, instance, other, tokens }
}

eachDatabase('extension tokens', (open) => {
  test('let in to their own instance, for five minutes', async () => {
    const { clock, instance, other, tokens } = await setUp(await open())
    const { token, expiresAt } = await tokens.create(instance.id)
    expect(expiresAt).toBe(clock.now() + 5 * minuteMs)
    expect(await tokens.authenticate(instance.id, token)).toEqual(instance)
    expect(await tokens.authenticate(other.id, token)).toBeUndefined()
    expect(await tokens.authenticate(instance.id, 'FA48-HS63')).toBeUndefined()
    expect(await tokens.authenticate('no id', token)).toBeUndefined()
    await clock.advance(5 * minuteMs)
    expect(await tokens.authenticate(instance.id, token)).toBeUndefined()
  })

  test('are one an instance: the newest', async () => {
    const { instance, other, tokens } = await setUp(await open())
    const first = await tokens.create(instance.id)
    const second = await tokens.create(instance.id)
    const theirs = await tokens.create(other.id)
    expect(await tokens.authenticate(instance.id, first.token)).toBeUndefined()
    expect(await tokens.authenticate(instance.id, second.token)).toEqual(instance)
    expect(await tokens.authenticate(other.id, theirs.token)).toEqual(other)
  })

  test('are not kept as they are, and not for longer than they count', async () => {
    const database = await open()
    const { clock, instance, tokens } = await setUp(database)
    const { token } = await tokens.create(instance.id)
    const rows = () => database.query.selectFrom('extension_token').selectAll().execute()
    expect(JSON.stringify(await rows())).not.toContain(token)
    expect(await tokens.purge()).toBe(0)
    await clock.advance(5 * minuteMs)
    expect(await tokens.purge()).toBe(1)
    expect(await rows()).toEqual([])
  })
})
