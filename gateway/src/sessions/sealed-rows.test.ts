import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { MasterKeyError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import { AnswerSecretStore } from './answer-secret-store.js'
import { CredentialStore } from './credential-store.js'

const vault = createVault(new Uint8Array(32))
const value = Buffer.from('a secret of 32 bytes, more or less')

eachDatabase('what is sealed opens in its own row only:', (open) => {
  let database: Database
  let credentials: CredentialStore
  let secrets: AnswerSecretStore
  let own: InstanceId
  let other: InstanceId

  beforeEach(async () => {
    database = await open()
    credentials = new CredentialStore({ database, vault })
    secrets = new AnswerSecretStore({ database, vault, clock: new ManualClock() })
    own = await addInstance(database)
    other = await addInstance(database)
    await credentials.save(own, {
      identity: value,
      keys: [{ type: 'session', id: 'a', value }],
    })
    await secrets.keep(own, 'P1', value, 1_000)
  })

  test('an identity', async () => {
    await database.query.updateTable('credential').set({ instance_id: other }).execute()
    await expect(credentials.loadIdentity(other)).rejects.toThrow(MasterKeyError)
  })

  test('an answer secret', async () => {
    await database.query.updateTable('answer_secret').set({ whatsapp_id: 'P2' }).execute()
    await expect(secrets.find(own, 'P2')).rejects.toThrow(MasterKeyError)
    const elsewhere = { instance_id: other, whatsapp_id: 'P1' }
    await database.query.updateTable('answer_secret').set(elsewhere).execute()
    await expect(secrets.find(other, 'P1')).rejects.toThrow(MasterKeyError)
  })

  test('a key of the encryption', async () => {
    const move = (row: { instance_id?: string; type?: string; id?: string }) =>
      database.query
        .updateTable('signal_key')
        .set({ instance_id: own, type: 'session', id: 'a', ...row })
        .execute()
    await move({ instance_id: other })
    await expect(credentials.loadKeys(other, 'session', ['a'])).rejects.toThrow(MasterKeyError)
    await move({ type: 'tctoken' })
    await expect(credentials.loadKeys(own, 'tctoken', ['a'])).rejects.toThrow(MasterKeyError)
    await expect(credentials.loadAllKeys(own, 'tctoken')).rejects.toThrow(MasterKeyError)
    await move({})
    expect(Buffer.from((await credentials.loadAllKeys(own, 'session')).get('a') ?? [])).toEqual(
      value,
    )
  })
})

eachDatabase('keys and marks', (open) => {
  test('of one instance and one kind are loaded alone', async () => {
    const database = await open()
    const store = new CredentialStore({ database, vault })
    const [one, two] = [await addInstance(database), await addInstance(database)]
    const keys = ['session', 'pre-key'].flatMap((type) => [
      { type, id: 'a', value },
      { type, id: 'b', value },
    ])
    for (const id of [one, two]) await store.save(id, { keys })
    await store.save(one, { keys: [{ type: 'session', id: 'a', value: undefined }] })

    const idsOf = async (id: InstanceId, type: string) => [
      ...(await store.loadAllKeys(id, type)).keys(),
    ]
    expect(await idsOf(one, 'session')).toEqual(['b'])
    expect((await idsOf(one, 'pre-key')).toSorted()).toEqual(['a', 'b'])
    expect((await idsOf(two, 'session')).toSorted()).toEqual(['a', 'b'])
    expect([...(await store.loadKeys(two, 'session', ['a'])).keys()]).toEqual(['a'])
  })

  test('a challenge is remembered of the device that is linked, and of no other', async () => {
    const database = await open()
    const store = new CredentialStore({ database, vault })
    const [one, two] = [await addInstance(database), await addInstance(database)]
    for (const id of [one, two]) await store.save(id, { identity: value, keys: [] })
    const none = { restoredAt: undefined, challengedAt: undefined }
    expect(await store.loadMarks(one)).toEqual(none)
    await store.markChallenged(one, 5_000)
    expect(await store.loadMarks(one)).toEqual({ ...none, challengedAt: 5_000 })
    expect(await store.loadMarks(two)).toEqual(none)
    await database.query.updateTable('credential').set({ restored_at: 7 }).execute()
    expect(await store.loadMarks(two)).toEqual({ ...none, restoredAt: 7 })
    await store.forget(one)
    expect(await store.loadMarks(one)).toEqual(none)
  })
})
