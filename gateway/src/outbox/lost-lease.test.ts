/** With several nodes, only the one that runs an instance begins and ends its sends. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestPostgres } from '../../test/support/databases.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../test/support/outbox-world.js'
import type { Database } from '../db/database.js'
import { Fence } from '../db/fence.js'
import { openDatabase } from '../db/open-database.js'
import { LeaseLostError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message.js'
import type { MessageStatus } from '../domain/message-status.js'
import { StatusChanges } from './status-changes.js'

let database: Database
let postgres: Awaited<ReturnType<typeof createTestPostgres>>
let fence: Fence
let status: StatusChanges
let instanceId: InstanceId
let id: MessageId
const recipient = { kind: 'person', phone: '5511999990001' } as const
const uncounted = { countedAt: undefined, isFirst: false }
const attempt = { writtenAt: 5, sends: [] }

beforeAll(async () => {
  postgres = await createTestPostgres()
})
afterAll(() => postgres.drop())

beforeEach(async () => {
  database = await openDatabase({ url: postgres.url })
  await database.query.deleteFrom('instance').execute()
  const world = anOutboxWorld(database)
  instanceId = await world.anInstance('closed')
  ;({ id } = await world.outbox.accept(instanceId, { recipient, content: anOtp() }))
  fence = new Fence()
  fence.begin('one', () => false)
  fence.hold(instanceId, 1)
  status = new StatusChanges(fence)
  await database.query
    .insertInto('instance_lease')
    .values({ instance_id: instanceId, node_id: 'one', epoch: 1, taken_at: 0 })
    .execute()
})

afterEach(() => database[Symbol.asyncDispose]())

/** Another node runs the instance, which this one has not heard. */
const takeAway = () =>
  database.query.updateTable('instance_lease').set({ node_id: 'two', epoch: 2 }).execute()

const claim = () => status.claim(database.query, { id, instanceId }, 0, [], uncounted)

const become = (to: MessageStatus) =>
  database.query.updateTable('message').set({ status: to }).execute()

const row = () =>
  database.query
    .selectFrom('message')
    .select(['status', 'sent_at', 'delivered_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

test('its node claims a message, once', async () => {
  expect(await claim()).toBe(true)
  expect(await row()).toMatchObject({ status: 'sending' })
  expect(await claim()).toBe(false)
})

test('a node that lost the instance claims nothing, heard of or not', async () => {
  await takeAway()
  await expect(claim()).rejects.toThrow(LeaseLostError)
  fence.drop(instanceId)
  await expect(claim()).rejects.toThrow(LeaseLostError)
  expect(await row()).toMatchObject({ status: 'queued' })
})

test('its node writes down how a send ended, once', async () => {
  await become('sending')
  expect(await status.markUnknown(database.query, { id, instanceId }, attempt)).toBe(true)
  expect(await row()).toMatchObject({ status: 'unknown', sent_at: 5 })
  expect(await status.markUnknown(database.query, { id, instanceId }, attempt)).toBe(false)
})

test('a node that lost the instance writes down no end of a send', async () => {
  await become('sending')
  await takeAway()
  const ended = status.markUnknown(database.query, { id, instanceId }, attempt)
  await expect(ended).rejects.toThrow(LeaseLostError)
  const mayBeAtRest: readonly MessageStatus[] = ['queued', 'sending']
  const moved = status.move(database.query, { id, instanceId }, mayBeAtRest, { status: 'expired' })
  await expect(moved).rejects.toThrow(LeaseLostError)
  expect(await row()).toMatchObject({ status: 'sending', sent_at: null })
})

test('a receipt moves a message whichever node it comes to', async () => {
  await become('sent')
  await takeAway()
  const to = { status: 'delivered', at: 7 } as const
  expect(await status.advance(database.query, { id, instanceId }, 'sent', to)).toBe(true)
  expect(await status.advance(database.query, { id, instanceId }, 'sent', to)).toBe(false)
  expect(await row()).toMatchObject({ status: 'delivered', delivered_at: 7 })
})

test('a node takes up what the earlier owner of its instances left, and of no others', async () => {
  await become('sending')
  const other = await anOutboxWorld(database).anInstance('closed')
  expect(await status.recover(database.query, 9, [other])).toEqual([])
  expect(await row()).toMatchObject({ status: 'sending' })
  const taken = await status.recover(database.query, 9, [instanceId, other])
  expect(taken.map((message) => message.id)).toEqual([id])
  expect(await row()).toMatchObject({ status: 'unknown', sent_at: 9 })
})

test('a node takes up nothing of an instance that it has lost', async () => {
  await become('sending')
  await takeAway()
  expect(await status.recover(database.query, 9, [instanceId])).toEqual([])
  expect(await row()).toMatchObject({ status: 'sending' })
})
