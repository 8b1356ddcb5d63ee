/** A ratchet is stored in the transaction that marks its message as sent. */

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { createVault } from '../db/encryption.js'
import { CredentialStore } from './credential-store.js'

const vault = createVault(randomBytes(32))
const key = (value: string) => ({ type: 'session', id: '551199.0', value: Buffer.from(value) })

eachDatabase('one key', (open) => {
  test('is stored with the transaction of its caller, and not without it', async () => {
    const database = await open()
    const instanceId = await addInstance(database)
    const store = new CredentialStore({ database, vault })
    const stored = async () => {
      const found = await store.loadKeys(instanceId, 'session', ['551199.0'])
      return Buffer.from(found.get('551199.0') ?? []).toString()
    }

    await database.transaction((transaction) =>
      store.keepKey(instanceId, key('first'), transaction),
    )
    expect(await stored()).toBe('first')
    await database.transaction((transaction) => store.keepKey(instanceId, key('next'), transaction))
    expect(await stored()).toBe('next')
    const broken = database.transaction(async (transaction) => {
      await store.keepKey(instanceId, key('lost'), transaction)
      throw new Error('the message was not sent')
    })
    await expect(broken).rejects.toThrow('the message was not sent')
    expect(await stored()).toBe('next')
  })
})
