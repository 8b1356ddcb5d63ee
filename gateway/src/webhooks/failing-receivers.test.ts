import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import { isReceiverSilent, readFailingReceivers } from './failing-receivers.js'

const url = 'https://example.com/hook?token=secret'

eachDatabase('failing receivers', (open) => {
  test('are those that did not take a callback three times, and those that answered 410', async () => {
    const database = await open()
    const [failing, gone, fine] = await threeInstances(database)
    await addDelivery(database, failing, { status: 'pending', attempts: 3, at: 50 })
    await addDelivery(database, failing, { status: 'pending', attempts: 4, at: 40 })
    await addDelivery(database, fine, { status: 'pending', attempts: 2, at: 30 })
    await addDelivery(database, fine, { status: 'dead', attempts: 10, at: 20 })
    await setUrl(database, gone, 90)
    const found = await readFailingReceivers(database.query)
    expect(found).toMatchObject([
      { instanceId: failing, host: 'example.com', since: 40, reason: 'HTTP 500' },
      { instanceId: gone, host: 'example.com', since: 90, reason: 'HTTP 410' },
    ])
    expect(JSON.stringify(found)).not.toContain('secret')
    expect(await readFailingReceivers(database.query, fine)).toEqual([])
    const keys = found.map(({ key }) => key)
    expect(new Set(keys).size).toBe(2)
    for (const key of keys) expect(key).toMatch(/^receiver-failing \w+ [\w-]{16}$/u)
  })

  test('are told apart by their URLs', async () => {
    const database = await open()
    const [id] = await threeInstances(database)
    await addDelivery(database, id, { status: 'pending', attempts: 3, at: 50 })
    await addDelivery(database, id, { status: 'pending', attempts: 3, at: 60 }, `${url}2`)
    const keys = (await readFailingReceivers(database.query, id)).map(({ key }) => key)
    expect(new Set(keys).size).toBe(2)
    await setUrl(database, id, null)
    for (const key of keys) expect(await isReceiverSilent(database.query, id, key)).toBe(false)
  })

  test('stay failing after the last callback failed for good, until one is taken or the URL goes', async () => {
    const database = await open()
    const [id] = await threeInstances(database)
    await setUrl(database, id, null)
    await addDelivery(database, id, { status: 'pending', attempts: 3, at: 10 })
    const [{ key } = { key: '' }] = await readFailingReceivers(database.query, id)
    await database.query.updateTable('delivery').set({ status: 'dead', ended_at: 20 }).execute()
    expect(await isReceiverSilent(database.query, id, key)).toBe(true)
    await addDelivery(database, id, { status: 'done', attempts: 1, at: 30 })
    expect(await isReceiverSilent(database.query, id, key)).toBe(false)
    await database.query.deleteFrom('delivery').where('status', '=', 'done').execute()
    expect(await isReceiverSilent(database.query, id, `${key}x`)).toBe(false)
    await database.query.deleteFrom('callback_endpoint').execute()
    expect(await isReceiverSilent(database.query, id, key)).toBe(false)
  })
})

async function threeInstances(database: Database): Promise<[InstanceId, InstanceId, InstanceId]> {
  return [await addInstance(database), await addInstance(database), await addInstance(database)]
}

async function setUrl(database: Database, instanceId: InstanceId, disabledAt: number | null) {
  const row = { instance_id: instanceId, event_kind: 'message.sent', url, disabled_at: disabledAt }
  await database.query.insertInto('callback_endpoint').values(row).execute()
}

let count = 0

async function addDelivery(
  database: Database,
  instanceId: InstanceId,
  given: { status: 'pending' | 'done' | 'dead'; attempts: number; at: number },
  to = url,
): Promise<void> {
  count += 1
  const row = {
    id: `d${count}`,
    instance_id: instanceId,
    event_kind: 'message.sent',
    url: to,
    lane: `lane ${count}`,
    body_sealed: null,
    status: given.status,
    attempts: given.attempts,
    next_attempt_at: 0,
    last_error: 'HTTP 500',
    created_at: given.at,
    ended_at: given.status === 'pending' ? null : given.at,
  }
  await database.query.insertInto('delivery').values(row).execute()
}
