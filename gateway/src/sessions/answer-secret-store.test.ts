import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import { AnswerSecretStore } from './answer-secret-store.js'

const weekMs = 7 * 24 * 3_600_000
const secret = Buffer.from('a secret of 32 bytes, more or less')

eachDatabase('the secrets of polls', (open) => {
  let database: Database
  let clock: ManualClock
  let store: AnswerSecretStore
  let instanceId: InstanceId

  beforeEach(async () => {
    database = await open()
    clock = new ManualClock(1_000)
    instanceId = await addInstance(database)
    store = new AnswerSecretStore({ database, clock, vault: createVault(new Uint8Array(32)) })
  })

  test('are found for their instance, sealed, and cannot be replaced', async () => {
    await store.keep(instanceId, 'P1', secret, weekMs)
    await store.keep(instanceId, 'P1', Buffer.from('another'), weekMs)
    expect(Buffer.from((await store.find(instanceId, 'P1')) ?? [])).toEqual(secret)
    expect(await store.find(await addInstance(database), 'P1')).toBeUndefined()
    const [row] = await database.query.selectFrom('answer_secret').selectAll().execute()
    expect(Buffer.from(row?.secret_sealed ?? []).includes(secret)).toBe(false)
  })

  test('are forgotten when their time is over', async () => {
    await store.keep(instanceId, 'P1', secret, weekMs)
    await store.keep(instanceId, 'P2', secret, 2 * weekMs)
    await clock.advance(weekMs)
    expect(await store.find(instanceId, 'P1')).toBeUndefined()
    expect(await store.find(instanceId, 'P2')).toBeDefined()
    expect(await store.purge()).toBe(1)
  })
})
