import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import {
  bodyContext,
  insertDelivery,
  purgeEnded,
  readFigures,
  readHead,
  readPendingLanes,
  recordAllDead,
  recordDead,
  recordDone,
  recordRetry,
  removeDelivery,
} from './delivery-store.js'

const url = 'https://example.com/hook'

const tried = (id: string, attempts: number) => ({ id, attempts, attemptsSealed: null })

eachDatabase('the store of deliveries', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
  })

  const owe = (id: string, place: { lane?: string; url?: string; of?: InstanceId; at?: number }) =>
    insertDelivery(database.query, {
      id,
      instanceId: place.of ?? instanceId,
      eventKind: 'message.sent',
      subject: {},
      url: place.url ?? url,
      lane: place.lane ?? 'lane',
      bodySealed: Buffer.from(id),
      createdAt: place.at ?? 7,
    })
  const rows = () => database.query.selectFrom('delivery').selectAll().orderBy('sequence').execute()
  const statuses = async () => (await rows()).map(({ id, status }) => `${id} ${status}`)

  it('gives each lane with its first pending delivery, the one that waits longest first', async () => {
    expect(await readPendingLanes(database.query)).toEqual([])
    await owe('ended', { lane: 'b' })
    await owe('a1', { lane: 'a', at: 10 })
    await owe('b1', { lane: 'b', url: `${url}/b`, at: 20 })
    await owe('a2', { lane: 'a', at: 30 })
    await owe('b2', { lane: 'b', at: 40 })
    await recordDone(database.query, tried('ended', 1), 50)
    expect(await readPendingLanes(database.query)).toEqual([
      { lane: 'a', url, nextAttemptAt: 10 },
      { lane: 'b', url: `${url}/b`, nextAttemptAt: 20 },
    ])
  })

  it('gives the first pending delivery of one lane', async () => {
    await owe('done', {})
    await owe('other', { lane: 'other' })
    await owe('first', { at: 20 })
    await owe('second', { at: 30 })
    await recordDone(database.query, tried('done', 1), 50)
    expect(await readHead(database.query, 'lane')).toMatchObject({
      id: 'first',
      instanceId,
      eventKind: 'message.sent',
      url,
      bodySealed: Buffer.from('first'),
      attempts: 0,
      nextAttemptAt: 20,
      createdAt: 20,
    })
    expect(await readHead(database.query, 'no lane')).toBeUndefined()
  })

  it('notes a failed attempt of one delivery alone', async () => {
    await owe('one', {})
    await owe('two', {})
    await recordRetry(database.query, tried('one', 3), 'HTTP 500', 99)
    expect(await rows()).toMatchObject([
      { id: 'one', status: 'pending', attempts: 3, last_error: 'HTTP 500', next_attempt_at: 99 },
      { id: 'two', status: 'pending', attempts: 0, last_error: null, next_attempt_at: 7 },
    ])
  })

  it('gives up everything pending of one instance at one URL, and nothing else', async () => {
    const other = await addInstance(database)
    await owe('done', {})
    await owe('one', { lane: 'a' })
    await owe('two', { lane: 'b' })
    await owe('other URL', { url: `${url}/2` })
    await owe('other instance', { of: other })
    await recordDone(database.query, tried('done', 1), 50)
    expect(await recordAllDead(database.query, { instanceId, url }, 'HTTP 410', 60)).toBe(2)
    expect(await statuses()).toEqual([
      'done done',
      'one dead',
      'two dead',
      'other URL pending',
      'other instance pending',
    ])
    expect((await rows())[1]).toMatchObject({ last_error: 'HTTP 410', ended_at: 60 })
  })

  it('removes one delivery alone', async () => {
    await owe('one', {})
    await owe('two', {})
    await removeDelivery(database.query, 'one')
    expect(await statuses()).toEqual(['two pending'])
  })

  it('forgets what ended in the given way before the given time', async () => {
    for (const id of ['old', 'new', 'dead', 'pending']) await owe(id, {})
    await recordDone(database.query, tried('old', 1), 99)
    await recordDone(database.query, tried('new', 1), 100)
    await recordDead(database.query, tried('dead', 10), 'HTTP 500', 99)
    await purgeEnded(database.query, 'done', 100)
    expect(await statuses()).toEqual(['new done', 'dead dead', 'pending pending'])
    await purgeEnded(database.query, 'dead', 100)
    expect(await statuses()).toEqual(['new done', 'pending pending'])
  })

  it('counts pending and dead deliveries, and dates the oldest pending one', async () => {
    for (const [id, at] of Object.entries({ done: 1, dead: 2, newer: 30, oldest: 20 }))
      await owe(id, { at })
    await recordDone(database.query, tried('done', 1), 50)
    await recordDead(database.query, tried('dead', 10), 'HTTP 500', 50)
    const figures = { pending: 2, oldestPendingCreatedAt: 20, dead: 1 }
    expect(await readFigures(database.query)).toEqual(figures)
  })
})

it('binds a body to its delivery and its instance', () => {
  const contexts = ['a', 'b'].flatMap((id) => ['1', '2'].map((of) => ({ id, instanceId: of })))
  expect(new Set(contexts.map(bodyContext)).size).toBe(4)
})
