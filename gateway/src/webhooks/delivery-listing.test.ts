import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import { DeliveryListing } from './delivery-listing.js'
import { insertDelivery, recordDead, recordDone } from './delivery-store.js'

const idsOf = (page: readonly { id: string }[]) => page.map(({ id }) => id)

const tried = (id: string, attempts: number) => ({ id, attempts, attemptsSealed: null })

eachDatabase('DeliveryListing', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let listing: DeliveryListing

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
    listing = new DeliveryListing({ database })
  })

  const owe = async (id: string, of = instanceId) => {
    const place = { eventKind: 'message.sent', url: 'https://example.com/hook', lane: 'lane' }
    const bodySealed = Buffer.from('sealed')
    await insertDelivery(database.query, {
      subject: {},
      id,
      instanceId: of,
      ...place,
      bodySealed,
      createdAt: 7,
    })
  }

  it('gives an instance its own, the newest first, page by page', async () => {
    for (const id of ['one', 'two', 'three']) await owe(id)
    await owe('other', await addInstance(database))
    const first = await listing.page(instanceId, { limit: 2 })
    expect(idsOf(first)).toEqual(['three', 'two'])
    const before = first.at(-1)?.sequence
    expect(idsOf(await listing.page(instanceId, { limit: 2, before }))).toEqual(['one'])
  })

  it('tells what became of each, and finds those of one status', async () => {
    for (const id of ['pending', 'done', 'dead']) await owe(id)
    await recordDone(database.query, tried('done', 1), 9)
    await recordDead(database.query, tried('dead', 10), 'HTTP 500', 9)
    const ended = { endedAt: 9, nextAttemptAt: undefined }
    expect(await listing.page(instanceId, { limit: 9 })).toMatchObject([
      { id: 'dead', status: 'dead', attempts: 10, error: 'HTTP 500', ...ended },
      { id: 'done', status: 'done', attempts: 1, error: undefined, ...ended },
      { id: 'pending', status: 'pending', attempts: 0, endedAt: undefined, nextAttemptAt: 7 },
    ])
    expect(idsOf(await listing.page(instanceId, { limit: 9, status: 'dead' }))).toEqual(['dead'])
  })
})
