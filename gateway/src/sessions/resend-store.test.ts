import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { addInstance } from '../../test/support/stored-instance.js'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { MasterKeyError } from '../domain/errors.js'
import { ResendStore } from './resend-store.js'

const vault = createVault(randomBytes(32))

async function storeOf(database: Database) {
  const clock = new ManualClock()
  const store = new ResendStore({ database, vault, clock })
  const instanceId = await addInstance(database)
  const keep = (id: string, copy: string, forMs: number) =>
    store.keep(instanceId, id, Buffer.from(copy), clock.now() + forMs)
  const find = async (id: string) => {
    const copy = await store.find(instanceId, id)
    return copy && Buffer.from(copy).toString()
  }
  return { store, clock, keep, find }
}

eachDatabase('copies for a resend', (open) => {
  test('are found as long as they are kept, and not a moment longer', async () => {
    const { clock, keep, find } = await storeOf(await open())
    await keep('3EB01', 'the message', 1_000)
    await clock.advance(999)
    expect(await find('3EB01')).toBe('the message')
    expect(await find('3EB02')).toBeUndefined()
    await clock.advance(1)
    expect(await find('3EB01')).toBeUndefined()
  })

  test('a message that is sent again has one copy, the later one', async () => {
    const { clock, keep, find } = await storeOf(await open())
    await keep('3EB01', 'first', 1_000)
    await keep('3EB01', 'second', 5_000)
    await clock.advance(2_000)
    expect(await find('3EB01')).toBe('second')
  })

  test('the purge erases what is past and nothing else', async () => {
    const database = await open()
    const { store, clock, keep, find } = await storeOf(database)
    await keep('3EB01', 'past', 1_000)
    await keep('3EB02', 'past as well', 999)
    await keep('3EB03', 'kept', 1_001)
    await clock.advance(1_000)

    expect(await store.purge()).toBe(2)
    expect(await store.purge()).toBe(0)
    expect(await find('3EB03')).toBe('kept')
    expect(await database.query.selectFrom('resend_copy').selectAll().execute()).toHaveLength(1)
  })

  test('are not readable in the table', async () => {
    const database = await open()
    const { keep } = await storeOf(database)
    await keep('3EB01', 'your code is 471123', 1_000)
    const row = await database.query.selectFrom('resend_copy').selectAll().executeTakeFirstOrThrow()
    expect(Buffer.from(row.copy_sealed).includes('471123')).toBe(false)
  })
  test('open for their own instance and message only, wherever the row was put', async () => {
    const database = await open()
    const { store, keep, find } = await storeOf(database)
    const other = await addInstance(database)
    await keep('3EB01', 'the message', 1_000)

    await database.query.updateTable('resend_copy').set({ whatsapp_id: '3EB02' }).execute()
    await expect(find('3EB02')).rejects.toThrow(MasterKeyError)

    const elsewhere = { whatsapp_id: '3EB01', instance_id: other }
    await database.query.updateTable('resend_copy').set(elsewhere).execute()
    await expect(store.find(other, '3EB01')).rejects.toThrow(MasterKeyError)
  })
})
