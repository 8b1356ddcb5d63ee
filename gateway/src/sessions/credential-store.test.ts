import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addInstance } from '../../test/support/stored-instance.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { eachDatabase } from '../../test/support/databases.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import { MasterKeyError } from '../domain/errors.js'
import { newInstanceId } from '../runtime/ids.js'
import { CredentialStore } from './credential-store.js'
import { RegistrationStore } from './registration-store.js'
import { ResendStore } from './resend-store.js'

const vault = createVault(randomBytes(32))
const storeOf = (database: Database) => new CredentialStore({ database, vault })
const bytes = (text: string) => Buffer.from(text)

/** So many keys of one type, as an upload of pre-keys brings them. */
const manyKeys = (count: number, prefix = 'value') =>
  Array.from({ length: count }, (_, n) => ({
    type: 'pre-key',
    id: String(n),
    value: bytes(`${prefix} ${n}`),
  }))

async function textsOf(
  store: CredentialStore,
  ...[id, type, ids]: Parameters<CredentialStore['loadKeys']>
) {
  const found = await store.loadKeys(id, type, ids)
  return Object.fromEntries([...found].map(([key, value]) => [key, Buffer.from(value).toString()]))
}

eachDatabase('credentials', (open) => {
  test('identity and keys come back as they were, after a restart too', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    await storeOf(database).save(instanceId, {
      identity: bytes('who I am'),
      keys: [
        { type: 'session', id: '551199.0', value: bytes('ratchet') },
        { type: 'tctoken', id: '551199.0', value: bytes('token') },
      ],
    })

    const store = storeOf(await open.again())
    expect(Buffer.from((await store.loadIdentity(instanceId)) ?? []).toString()).toBe('who I am')
    expect(await textsOf(store, instanceId, 'session', ['551199.0', 'other'])).toEqual({
      '551199.0': 'ratchet',
    })
    expect(await textsOf(store, instanceId, 'tctoken', ['551199.0'])).toEqual({
      '551199.0': 'token',
    })
  })

  test('nothing is known of an instance that was never linked', async () => {
    const database = await open()
    const store = storeOf(database)
    expect(await store.loadIdentity(newInstanceId())).toBeUndefined()
    expect((await store.loadKeys(newInstanceId(), 'session', ['a'])).size).toBe(0)
    expect((await store.loadKeys(newInstanceId(), 'session', [])).size).toBe(0)
  })

  test('an upload of 812 keys is saved, loaded, replaced and deleted in one go', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const store = storeOf(database)
    const ids = manyKeys(812).map(({ id }) => id)

    await store.save(instanceId, { keys: manyKeys(812) })
    expect((await store.loadKeys(instanceId, 'pre-key', ids)).size).toBe(812)

    await store.save(instanceId, { keys: manyKeys(812, 'newer') })
    expect(await textsOf(store, instanceId, 'pre-key', ['0', '811'])).toEqual({
      '0': 'newer 0',
      '811': 'newer 811',
    })

    const gone = manyKeys(811).map((key) => ({ ...key, value: undefined }))
    await store.save(instanceId, { keys: gone })
    expect(await textsOf(store, instanceId, 'pre-key', ids)).toEqual({ '811': 'newer 811' })
  })

  test('of a key that is named twice the last word counts', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const store = storeOf(database)
    const key = { type: 'session', id: 'a' }
    const [first, second] = [bytes('first'), bytes('second')]

    await store.save(instanceId, {
      keys: [
        { ...key, value: first },
        { ...key, value: undefined },
        { ...key, value: second },
      ],
    })
    expect(await textsOf(store, instanceId, 'session', ['a'])).toEqual({ a: 'second' })

    await store.save(instanceId, {
      keys: [
        { ...key, value: first },
        { ...key, value: undefined },
      ],
    })
    expect(await textsOf(store, instanceId, 'session', ['a'])).toEqual({})
  })

  test('a change that fails half-way leaves all as it was', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const store = storeOf(database)
    await store.save(instanceId, { identity: bytes('old'), keys: manyKeys(3, 'old') })

    // The keys come first, so the change fails after they were written.
    await sql`alter table credential rename to out_of_reach`.execute(database.query)
    const change = { identity: bytes('new'), keys: manyKeys(600, 'new') }
    await expect(store.save(instanceId, change)).rejects.toThrow(/credential/)
    await sql`alter table out_of_reach rename to credential`.execute(database.query)

    expect(Buffer.from((await store.loadIdentity(instanceId)) ?? []).toString()).toBe('old')
    expect(await textsOf(store, instanceId, 'pre-key', ['0', '1', '2', '3'])).toEqual({
      '0': 'old 0',
      '1': 'old 1',
      '2': 'old 2',
    })
  })

  test('instances do not see each other, and one can be forgotten alone', async () => {
    const database = await open()
    const store = storeOf(database)
    const [one, other] = [await addInstance(database), await addInstance(database)]
    for (const id of [one, other]) {
      await store.save(id, { identity: bytes(id), keys: manyKeys(1, id) })
    }
    await store.forget(one)

    expect(await store.loadIdentity(one)).toBeUndefined()
    expect(await textsOf(store, one, 'pre-key', ['0'])).toEqual({})
    expect(await textsOf(store, other, 'pre-key', ['0'])).toEqual({ '0': `${other} 0` })
  })

  test('with an instance everything is forgotten that was learned while it was linked', async () => {
    const database = await open()
    const clock = new ManualClock()
    const registrations = new RegistrationStore({ database, clock })
    const resends = new ResendStore({ database, vault, clock })
    const [one, other] = [await addInstance(database), await addInstance(database)]
    for (const id of [one, other]) {
      await registrations.remember(id, '5511999990001', '5511999990001')
      await resends.keep(id, '3EB0', bytes('copy'), clock.now() + 1)
    }
    await storeOf(database).forget(one)

    const left = async (id: InstanceId) => [
      await registrations.find(id, '5511999990001'),
      await resends.find(id, '3EB0'),
    ]
    expect(await left(one)).toEqual([undefined, undefined])
    expect(await left(other)).not.toContain(undefined)
  })

  test('a key that was copied to another row does not open', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const store = storeOf(database)
    await store.save(instanceId, { keys: manyKeys(1) })
    await database.query.updateTable('signal_key').set({ id: 'elsewhere' }).execute()
    await expect(store.loadKeys(instanceId, 'pre-key', ['elsewhere'])).rejects.toThrow(
      MasterKeyError,
    )
  })
})
