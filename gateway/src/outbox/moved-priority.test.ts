/** A message that a pool moves comes between others of its chat: all of them are as urgent as the most urgent one. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import type { InstanceId } from '../domain/instance.js'
import type { Priority } from '../domain/priority.js'
import type { QueuePlace } from './outbox-store.js'
import { OutboxStore } from './outbox-store.js'
import { createVault } from '../db/encryption.js'
import { anOutgoingMessage } from '../../test/support/outgoing-message.js'
import { newMessageId, newWhatsappId } from '../runtime/ids.js'
import { chatOf } from '../domain/chat.js'

const ana = { kind: 'person', phone: '5511999990001' } as const
const bia = { kind: 'person', phone: '5511999990002' } as const

eachDatabase('a message that moves to another member', (open) => {
  let world: OutboxWorld
  let store: OutboxStore
  let pool: InstanceId
  let first: InstanceId
  let second: InstanceId

  beforeEach(async () => {
    const database = await open()
    world = anOutboxWorld(database)
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    pool = await world.anInstance('closed')
    first = await world.anInstance('closed')
    second = await world.anInstance('closed')
  })

  const insert = async (
    instanceId: InstanceId,
    priority: Priority,
    recipient: typeof ana | typeof bia = ana,
  ) => {
    const message = anOutgoingMessage({
      id: newMessageId(),
      whatsappId: newWhatsappId(),
      instanceId,
      recipient,
      priority,
      status: 'queued',
      pool: { id: pool, onUnknown: 'wait', moves: [] },
    })
    const { place } = await store.insert(world.database.query, message, chatOf(recipient))
    return { ...message, place }
  }

  const move = (message: Awaited<ReturnType<typeof insert>>): Promise<QueuePlace | undefined> => {
    const made = { at: 1, from: first, to: second, why: 'disconnected' } as const
    return store.moveTo(world.database.query, message, ['queued'], made)
  }

  const priorities = () => store.queue.countByPriority(world.database.query, second)

  it('is as urgent as a code that waits there', async () => {
    const text = await insert(first, 'low')
    await insert(second, 'high')
    await insert(second, 'low')
    await insert(second, 'normal', bia)
    expect(await move(text)).toMatchObject({ place: text.place, priority: 'high' })
    expect(await priorities()).toEqual({ high: 3, normal: 1, low: 0 })
  })

  it('makes what waits there as urgent as itself, and says from which place on', async () => {
    const text = await insert(second, 'low')
    const code = await insert(first, 'high')
    await insert(second, 'low')
    await insert(second, 'low', bia)
    expect(await move(code)).toMatchObject({
      priority: 'high',
      place: code.place,
      from: text.place,
    })
    expect(await priorities()).toEqual({ high: 3, normal: 0, low: 1 })
  })

  it('keeps its priority where nothing waits for its chat', async () => {
    await insert(second, 'high', bia)
    const text = await insert(first, 'normal')
    expect(await move(text)).toMatchObject({ priority: 'normal', from: text.place })
    expect(await priorities()).toEqual({ high: 1, normal: 1, low: 0 })
  })
})
