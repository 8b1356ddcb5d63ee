/** Chats whose first message has to wait for another day. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutgoingMessage } from '../../../test/support/outgoing-message.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import { createVault } from '../../db/encryption.js'
import { chatOf } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { priorities, type Priority } from '../../domain/priority.js'
import { newMessageId, newWhatsappId } from '../../runtime/ids.js'
import { OutboxStore, type QueuePlace } from '../outbox-store.js'
import { KnownChat, WaitingChats } from './waiting-chats.js'

const [ana, bia] = ['5511999990001', '5511999990002']

it('a chat knows nothing of a message that becomes its first one', () => {
  const first = { chat: 'person:1', place: 1, priority: 'low', hasFile: true } as const
  const second = { place: 2, priority: 'high', hasFile: false } as const
  const chat = new KnownChat(first)
  const fresh = Object.entries(chat)
  expect(chat).toMatchObject({ isOvertaken: false, isAdmitted: false, hasMore: false })
  Object.assign(chat, { isStale: true, isOvertaken: true, isAdmitted: true, retryAt: 5 })
  Object.assign(chat, { notSentInARow: 3, renewEncryption: true, unknown: { since: 4 } })
  chat.begin(second)
  expect(Object.entries(chat)).toEqual(Object.entries({ ...Object.fromEntries(fresh), ...second }))
})

eachDatabase('chats that are parked', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let store: OutboxStore
  let chats: WaitingChats

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    chats = new WaitingChats(instanceId, { database, store })
  })

  const insert = async (phone: string, priority: Priority = 'normal'): Promise<QueuePlace> => {
    const recipient = { kind: 'person', phone } as const
    const ids = { id: newMessageId(), whatsappId: newWhatsappId() }
    const message = { ...ids, instanceId, recipient, priority, status: 'queued' } as const
    const place = await store.insert(database.query, anOutgoingMessage(message), chatOf(recipient))
    chats.accepted(place)
    return place
  }
  const readOn = async () => {
    await chats.refresh()
    for (const priority of priorities)
      while (chats.mayHaveMore(priority)) await chats.readOn(priority)
    return [...chats].map(({ place, priority }) => [place, priority])
  }
  const park = (place: number, until: number, now: number) => {
    for (const chat of chats) if (chat.place === place) return chats.park(chat, until, now)
    throw new Error('the chat is not known')
  }
  const end = async ({ place }: QueuePlace) => {
    await database.query
      .updateTable('message')
      .set({ status: 'sent' })
      .where('sequence', '=', place)
      .execute()
    chats.done(place)
  }

  it('are passed over until the first of them may go', async () => {
    const [one, two] = [await insert(ana), await insert(bia)]
    await readOn()
    expect(chats.parkedUntil).toBe(Infinity)
    park(one.place, 9_000, 1_000)
    park(two.place, 5_000, 1_000)
    expect(await readOn()).toEqual([])
    expect(chats.parkedUntil).toBe(5_000)
    chats.release(4_999)
    expect(await readOn()).toEqual([])
    chats.release(5_000)
    expect(await readOn()).toHaveLength(2)
    expect(chats.parkedUntil).toBe(Infinity)
  })

  it('are read again when the clock was set back, and when limits change', async () => {
    const { place } = await insert(ana)
    for (const look of [() => chats.release(999), () => chats.lookAgain()]) {
      await readOn()
      park(place, 5_000, 1_000)
      chats.release(1_000)
      expect(await readOn()).toEqual([])
      look()
      expect(await readOn()).toEqual([[place, 'normal']])
    }
  })

  it('are read in full only when one of them was parked', async () => {
    await insert(ana)
    await readOn()
    chats.release(Infinity)
    expect(priorities.map((priority) => chats.mayHaveMore(priority))).toEqual([false, false, false])
    chats.lookAgain()
    expect(priorities.map((priority) => chats.mayHaveMore(priority))).toEqual([true, true, true])
  })

  it('stay so when another message of the chat comes, and go on with a more urgent one', async () => {
    const { place } = await insert(ana)
    await readOn()
    park(place, 5_000, 1_000)
    await insert(ana)
    expect(await readOn()).toEqual([])
    await insert(ana, 'high')
    expect(await readOn()).toEqual([[place, 'high']])
  })

  it('go on with the next message when the first one has ended, and are forgotten after the last', async () => {
    const one = await insert(ana)
    const two = await insert(ana)
    await readOn()
    park(one.place, 5_000, 1_000)
    await end(one)
    expect(await readOn()).toEqual([[two.place, 'normal']])
    park(two.place, 5_000, 1_000)
    await end(two)
    expect(await readOn()).toEqual([])
    const three = await insert(ana)
    expect(await readOn()).toEqual([[three.place, 'normal']])
  })

  it('go on when a message comes before the first one', async () => {
    const moved = await insert(ana)
    const later = await insert(ana)
    const hide = (status: 'draft' | 'queued') =>
      database.query
        .updateTable('message')
        .set({ status })
        .where('sequence', '=', moved.place)
        .execute()
    await hide('draft')
    await readOn()
    park(later.place, 5_000, 1_000)
    await hide('queued')
    chats.accepted(moved)
    expect(await readOn()).toEqual([[moved.place, 'normal']])
    await end(moved)
    expect(await readOn()).toEqual([[later.place, 'normal']])
  })
})
