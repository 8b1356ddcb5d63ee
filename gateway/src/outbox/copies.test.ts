/** The same message for several people. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import { IdempotencyKeyReusedError, OutboxFullError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'

const people = ['1', '2', '3'].map(
  (digit) => ({ kind: 'person', phone: `551199999000${digit}` }) as const,
)
const message = { content: { kind: 'text', text: 'Abrimos às 8' } } as const

eachDatabase('copies of a message', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { maxWaiting: 4 })
    instanceId = await world.anInstance('closed')
  })

  const rows = () =>
    world.database.query
      .selectFrom('message')
      .select(['id', 'whatsapp_id', 'status'])
      .orderBy('sequence')
      .execute()

  it('wait one for each person, in their order, with ids of their own', async () => {
    const { first, copies } = await world.outbox.acceptCopies(instanceId, people, message)
    expect(copies.map(({ recipient }) => recipient)).toEqual(people)
    expect(copies[0]?.accepted).toEqual(first)
    expect(await rows()).toEqual(
      copies.map(({ accepted }) => ({
        id: accepted.id,
        whatsapp_id: accepted.whatsappId,
        status: 'queued',
      })),
    )
    expect(new Set(copies.map(({ accepted }) => accepted.whatsappId)).size).toBe(3)
  })

  it('are all refused where there is no room for all', async () => {
    await world.outbox.acceptCopies(instanceId, people.slice(0, 2), message)
    const again = world.outbox.acceptCopies(instanceId, people, message)
    await expect(again).rejects.toThrow(OutboxFullError)
    expect(await rows()).toHaveLength(2)
    await world.outbox.acceptCopies(instanceId, people.slice(0, 2), message)
    expect(await rows()).toHaveLength(4)
  })

  it('are accepted once under their key, and are then given to those who are named again', async () => {
    const key = { idempotencyKey: 'a', parameters: { list: '1', ...message } }
    const once = await world.outbox.acceptCopies(instanceId, people.slice(0, 2), message, key)
    const same = await world.outbox.acceptCopies(instanceId, people.slice(0, 2), message, key)
    expect(same).toMatchObject({ first: once.first, copies: once.copies })
    const again = await world.outbox.acceptCopies(instanceId, people.slice(1), message, key)
    expect(again).toMatchObject({ first: once.first, copies: once.copies.slice(1) })
    expect(again.copies).toHaveLength(1)
    expect(await rows()).toHaveLength(2)
    const other = { ...key, parameters: { list: '2', ...message } }
    const reused = world.outbox.acceptCopies(instanceId, people, message, other)
    await expect(reused).rejects.toThrow(IdempotencyKeyReusedError)
    expect(await rows()).toHaveLength(2)
  })
})
