import { randomBytes } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import { DeadLetters } from './dead-letters.js'
import {
  bodyContext,
  insertDelivery,
  recordDead,
  recordDone,
  recordRetry,
} from './delivery-store.js'
import { writeEndpoint } from './endpoint-store.js'
import type { Lane } from './lanes.js'

const url = 'https://example.com/old'
const newUrl = 'https://example.com/new'
const vault = createVault(randomBytes(32))
const idsOf = (page: readonly { readonly id: string }[]) => page.map(({ id }) => id)

const tried = (id: string, attempts: number) => ({ id, attempts, attemptsSealed: null })

eachDatabase('dead letters', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let letters: DeadLetters
  let hurried: Lane[]
  let taken: InstanceId[]

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
    hurried = []
    taken = []
    const hurry = (lane: Lane) => hurried.push(lane)
    letters = new DeadLetters({
      database,
      vault,
      clock: new ManualClock(1_000),
      hurry,
      takeAgain: (id) => taken.push(id),
    })
  })

  const owe = (id: string, lane = 'lane', createdAt = 7, of = instanceId) =>
    insertDelivery(database.query, {
      id,
      instanceId: of,
      eventKind: 'message.sent',
      subject: {},
      url,
      lane,
      bodySealed: vault.seal(Buffer.from(`{"n":"${id}"}`), bodyContext({ id, instanceId: of })),
      createdAt,
    })
  const giveUp = async (...owed: Parameters<typeof owe>) => {
    await owe(...owed)
    await recordDead(database.query, tried(owed[0], 10), 'HTTP 500', 90)
  }
  const rows = () => database.query.selectFrom('delivery').selectAll().orderBy('sequence').execute()

  it('lists what an instance lost, the first that was owed first, page by page', async () => {
    await owe('pending')
    await giveUp('one', 'lane', 10)
    await giveUp('two', 'lane', 20)
    await giveUp('three', 'lane', 30)
    await giveUp('other', 'lane', 40, await addInstance(database))
    const page = await letters.list(instanceId, { limit: 2 })
    expect(idsOf(page)).toEqual(['one', 'two'])
    const after = page.at(-1)?.sequence
    expect(idsOf(await letters.list(instanceId, { limit: 2, after }))).toEqual(['three'])
    expect(idsOf(await letters.list(instanceId, { limit: 9, since: 20 }))).toEqual(['two', 'three'])
  })

  it('tells all of one letter, with the body that is sent', async () => {
    await giveUp('one')
    expect(await letters.find(instanceId, 'one')).toMatchObject({
      letter: {
        id: 'one',
        eventKind: 'message.sent',
        url,
        status: 'dead',
        attempts: 10,
        error: 'HTTP 500',
        createdAt: 7,
        endedAt: 90,
        nextAttemptAt: undefined,
      },
      body: '{"n":"one"}',
    })
  })

  it('finds a delivery that waits or is done too, and none of another instance', async () => {
    await owe('pending')
    await owe('done')
    await recordDone(database.query, tried('done', 1), 90)
    const waits = { status: 'pending', error: undefined, endedAt: undefined, nextAttemptAt: 7 }
    expect(await letters.find(instanceId, 'pending')).toMatchObject({ letter: waits })
    const done = await letters.find(instanceId, 'done')
    expect(done).toMatchObject({ letter: { status: 'done' }, body: undefined })
    expect(await letters.find(await addInstance(database), 'done')).toBeUndefined()
    expect(await letters.find(instanceId, 'unknown')).toBeUndefined()
  })

  it('owes a letter again as if it were new, in its own lane', async () => {
    await giveUp('one')
    await giveUp('two')
    expect(await letters.replay(instanceId, 'one')).toBe('replayed')
    const asNew = { attempts: 0, next_attempt_at: 1_000, created_at: 1_000 }
    expect(await rows()).toMatchObject([
      {
        id: 'one',
        status: 'pending',
        url,
        lane: 'lane',
        last_error: null,
        ended_at: null,
        ...asNew,
      },
      { id: 'two', status: 'dead' },
    ])
    expect(hurried).toEqual([{ id: 'lane', url }])
  })

  it('replays no delivery that waits or is unknown', async () => {
    await owe('pending')
    expect(await letters.replay(instanceId, 'pending')).toBe('not-dead')
    expect(await letters.replay(instanceId, 'unknown')).toBe('unheard-of')
    expect(await letters.replay(await addInstance(database), 'pending')).toBe('unheard-of')
    expect(hurried).toEqual([])
  })

  it('sends letters to the URL of today, and keeps the lanes of the old one apart', async () => {
    await giveUp('one', 'a')
    await giveUp('two', 'a')
    await giveUp('three', 'b')
    await database.transaction((transaction) =>
      writeEndpoint(transaction, instanceId, ['message.sent'], newUrl),
    )
    expect(await letters.replayAll(instanceId, 0)).toBe(3)
    const replayed = await rows()
    expect(replayed.map((row) => row.url)).toEqual([newUrl, newUrl, newUrl])
    const [first, second, third] = replayed.map(({ lane }) => lane)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect([first, third]).not.toContain('a')
    expect(first).toMatch(/^[\w-]{43}$/u)
    expect(hurried).toEqual([first, third].map((id) => ({ id, url: newUrl })))
  })

  it('replays what was owed since then, more of it than one transaction takes', async () => {
    await giveUp('before', 'lane', 5)
    for (let n = 0; n < 401; n += 1) await giveUp(`letter-${n}`, `lane-${n % 3}`, 6)
    expect(await letters.replayAll(instanceId, 6)).toBe(401)
    const left = (await rows()).filter(({ status }) => status === 'dead')
    expect(idsOf(left)).toEqual(['before'])
    expect(await letters.replayAll(instanceId, 6)).toBe(0)
  })

  it('tries one letter now that was given up, and nothing else', async () => {
    await giveUp('one', 'a')
    await giveUp('two', 'b')
    expect(await letters.tryNow(instanceId, 'one')).toBe('tried')
    expect(await rows()).toMatchObject([
      { id: 'one', status: 'pending', attempts: 0 },
      { id: 'two', status: 'dead' },
    ])
    expect(hurried).toEqual([{ id: 'a', url }])
    expect(taken).toEqual([instanceId])
  })

  it('tries what waits in the lane of one delivery now, and leaves other lanes waiting', async () => {
    for (const id of ['a', 'b']) {
      await owe(id, id)
      await recordRetry(database.query, tried(id, 2), 'HTTP 500', 90_000)
    }
    expect(await letters.tryNow(instanceId, 'a')).toBe('tried')
    expect(await rows()).toMatchObject([
      { id: 'a', next_attempt_at: 1_000, attempts: 1 },
      { id: 'b', next_attempt_at: 90_000, attempts: 2 },
    ])
  })

  it('tries what waits for one URL now, and what was given up only since a moment that is named', async () => {
    const other = 'https://example.com/other'
    await giveUp('dead', 'a', 7)
    await owe('waits', 'b')
    await owe('elsewhere', 'c')
    for (const id of ['waits', 'elsewhere'])
      await recordRetry(database.query, tried(id, 2), 'HTTP 500', 90_000)
    await database.query
      .updateTable('delivery')
      .set({ url: other })
      .where('id', '=', 'elsewhere')
      .execute()
    expect(await letters.tryAll(instanceId, { url })).toBe(1)
    const statuses = (await rows()).map(({ id, status, attempts }) => ({ id, status, attempts }))
    expect(statuses).toEqual([
      { id: 'dead', status: 'dead', attempts: 10 },
      { id: 'waits', status: 'pending', attempts: 1 },
      { id: 'elsewhere', status: 'pending', attempts: 2 },
    ])
    expect(await letters.tryAll(instanceId, { url: other, since: 0 })).toBe(1)
    expect(await letters.tryAll(instanceId, { url, since: 0 })).toBe(1)
  })
})
