import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { createVault } from '../db/encryption.js'
import { CredentialStore } from './credential-store.js'
import {
  readDisconnection,
  removeDisconnection,
  writeDisconnection,
} from './disconnection-store.js'

eachDatabase('disconnections', (open) => {
  test('are kept until they are removed, the last one in place of those before', async () => {
    const database = await open()
    const { query } = database
    const instanceId = await addInstance(database)
    expect(await readDisconnection(query, instanceId)).toBeUndefined()
    await writeDisconnection(query, instanceId, { reason: 'banned', since: 1 })
    const suspended = { reason: 'suspended', since: 2, detail: '402', until: 3 } as const
    await writeDisconnection(query, instanceId, suspended)
    expect(await readDisconnection(query, instanceId)).toEqual(suspended)
    await removeDisconnection(query, instanceId)
    expect(await readDisconnection(query, instanceId)).toBeUndefined()
  })

  test('with a reason of a newer version are as none', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const row = { instance_id: instanceId, reason: 'invented-later', since: 1 }
    await database.query
      .insertInto('disconnection')
      .values({ ...row, detail: null, until: null })
      .execute()
    expect(await readDisconnection(database.query, instanceId)).toBeUndefined()
  })
})

eachDatabase('what is known of a link', (open) => {
  test('ends with its credentials', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const store = new CredentialStore({ database, vault: createVault(randomBytes(32)) })
    await store.markChallenged(instanceId, 7)
    expect(await store.loadMarks(instanceId)).toEqual({})

    const identity = Buffer.from('who I am')
    await store.save(instanceId, { identity, keys: [] })
    await store.markChallenged(instanceId, 7)
    await store.save(instanceId, { identity, keys: [] })
    expect(await store.loadMarks(instanceId)).toEqual({ challengedAt: 7 })

    await store.forget(instanceId)
    await store.save(instanceId, { identity, keys: [] })
    expect(await store.loadMarks(instanceId)).toEqual({})
  })
})
