import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { InstanceTakenError } from '../domain/errors.js'
import { defaultInstanceSettings } from '../domain/instance.js'
import { newInstanceId, newInstanceToken } from '../runtime/ids.js'
import { Instances } from './instances.js'

const vault = createVault(randomBytes(32))
const clock = new ManualClock()
const instancesOf = (database: Database, endpoints = noEndpoints) =>
  new Instances({ database, vault, clock, endpoints })

/** What an instance has where it comes from. */
const elsewhere = { id: newInstanceId(), token: newInstanceToken() }

eachDatabase('instances', (open) => {
  test('an instance is found by its id, after a restart too', async () => {
    const { instance } = await instancesOf(await open()).create({ name: 'Loja' })
    expect(instance).toMatchObject({ name: 'Loja', createdAt: clock.now() })

    const later = instancesOf(await open.again())
    expect(await later.find(instance.id)).toEqual(instance)
    expect(await later.find(newInstanceId())).toBeUndefined()
    expect(await later.find('no id at all')).toBeUndefined()
  })

  test('has the name that it was given last', async () => {
    const instances = instancesOf(await open())
    const { instance } = await instances.create({ name: 'Loja' })
    const other = await instances.create({ name: 'Outra' })
    await instances.rename(instance.id, 'Loja do centro')
    expect(await instances.find(instance.id)).toEqual({ ...instance, name: 'Loja do centro' })
    expect(await instances.find(other.instance.id)).toEqual(other.instance)
  })

  test('its own token lets a caller in, and no other', async () => {
    const instances = instancesOf(await open())
    const { instance, token } = await instances.create({ name: 'Loja' })
    const other = await instances.create({ name: 'Outra' })

    expect(await instances.authenticate(instance.id, token)).toEqual(instance)
    expect(await instances.authenticate(instance.id, other.token)).toBeUndefined()
    expect(await instances.authenticate(instance.id, token.toLowerCase())).toBeUndefined()
    expect(await instances.authenticate(instance.id, '')).toBeUndefined()
    expect(await instances.authenticate(newInstanceId(), token)).toBeUndefined()
    expect(await instances.authenticate('', '')).toBeUndefined()
  })

  test('one that moves here keeps its id and its token, which is stored as a hash and sealed', async () => {
    const database = await open()
    const instances = instancesOf(database)
    const { instance, token } = await instances.create({ name: 'Loja', ...elsewhere })
    expect({ id: instance.id, token }).toEqual(elsewhere)
    expect(await instances.authenticate(elsewhere.id, elsewhere.token)).toEqual(instance)
    expect(await instances.tokenOf(instance.id)).toBe(elsewhere.token)
    const rows = await database.query.selectFrom('instance').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(elsewhere.token)
    expect(Buffer.from(rows[0]?.token_sealed ?? []).toString('latin1')).not.toContain(
      elsewhere.token,
    )
  })

  test('no two have the same id or the same token', async () => {
    const instances = instancesOf(await open())
    await instances.create({ name: 'Loja', ...elsewhere })
    const other = { id: newInstanceId(), token: newInstanceToken() }
    const create = (wish: Partial<typeof elsewhere>) =>
      instances.create({ name: 'Outra', ...other, ...wish })
    await expect(create({ id: elsewhere.id })).rejects.toThrow(InstanceTakenError)
    await expect(create({ token: elsewhere.token })).rejects.toThrow('has this token')
    expect(await instances.list()).toHaveLength(1)
    await create({})
  })

  test('lists the oldest first', async () => {
    const instances = instancesOf(await open())
    const names = ['b', 'a', 'c']
    const made: string[] = []
    for (const name of names) {
      made.push((await instances.create({ name })).instance.id)
      await clock.advance(1)
    }
    expect((await instances.list()).map(({ name }) => name)).toEqual(names)
    expect(await instances.ids()).toEqual(made)
  })

  test('its token can be read again for callbacks, and is stored only sealed and hashed', async () => {
    const database = await open()
    const { instance, token } = await instancesOf(database).create({ name: 'Loja' })
    expect(await instancesOf(database).tokenOf(instance.id)).toBe(token)

    const row = await database.query.selectFrom('instance').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify({ ...row, token_sealed: '' })).not.toContain(token)
    expect(Buffer.from(row.token_sealed).includes(token)).toBe(false)
    await expect(instancesOf(database).tokenOf(newInstanceId())).rejects.toThrow('no such instance')
  })

  test('the secret of its signatures stays the same and is another for each instance', async () => {
    const instances = instancesOf(await open())
    const { instance } = await instances.create({ name: 'Loja' })
    const secret = await instances.signingSecretOf(instance.id)
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const other = await instances.create({ name: 'Outra' })
    expect(await instances.signingSecretOf(other.instance.id)).not.toBe(secret)
    expect(await instancesOf(await open.again()).signingSecretOf(instance.id)).toBe(secret)
  })

  test('settings have defaults, and a change leaves what it does not name', async () => {
    const database = await open()
    const instances = instancesOf(database)
    const { instance } = await instances.create({ name: 'Loja' })
    expect(await instances.settingsOf(instance.id)).toEqual(defaultInstanceSettings)

    await instances.updateSettings(instance.id, { notifySentByMe: true })
    await instances.updateSettings(instance.id, {})
    expect((await instances.find(instance.id))?.settings).toEqual({
      ...defaultInstanceSettings,
      notifySentByMe: true,
    })

    await instances.updateSettings(newInstanceId(), { notifySentByMe: false })
    expect(await instances.settingsOf(instance.id)).toMatchObject({ notifySentByMe: true })

    await database.query.updateTable('instance').set({ settings: '{}' }).execute()
    const restarted = instancesOf(database)
    expect(await restarted.settingsOf(instance.id)).toEqual(defaultInstanceSettings)
  })

  test('are made together with their callbacks, or not at all', async () => {
    const database = await open()
    const callbacks = new Map([['message.sent', 'https://example.org/'] as const])
    const failing = instancesOf(database, {
      async setEndpoints() {
        throw new Error('no space left')
      },
    })
    await expect(failing.create({ name: 'Loja', callbacks })).rejects.toThrow('no space left')
    expect(await failing.list()).toEqual([])

    const told: unknown[] = []
    const working = instancesOf(database, {
      async setEndpoints(id, urls) {
        told.push([id, urls])
      },
    })
    const { instance } = await working.create({ name: 'Loja', callbacks })
    expect(await working.list()).toEqual([instance])
    expect(told).toEqual([[instance.id, callbacks]])
  })
})
