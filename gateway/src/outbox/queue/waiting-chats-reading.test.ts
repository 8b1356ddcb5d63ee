import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutgoingMessage, messageIdOf } from '../../../test/support/outgoing-message.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import { createVault } from '../../db/encryption.js'
import { chatOf } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { OutboxStore } from '../outbox-store.js'
import { KnownChat, WaitingChats } from './waiting-chats.js'

const place = { chat: 'person:5511', place: 1, priority: 'high', hasFile: false } as const

it('a repetition comes no earlier than its row says, and not before a new session', () => {
  const chat = new KnownChat(place)
  const message = { ...anOutgoingMessage(), place: 1, sends: [], retryAt: 5_000 }
  chat.learn({ ...message, status: 'queued' })
  chat.learn({ ...message, status: 'queued', retryAt: 3_000 })
  expect(chat.notBefore(0)).toBe(5_000)
  chat.learn({ ...message, status: 'unknown' })
  expect(chat.unknown).toEqual({ since: undefined })
  expect(chat.notBefore(9_000)).toBeGreaterThanOrEqual(9_000)
  chat.begin({ ...place, place: 2 })
  expect(chat.notBefore(9_000)).toBe(0)
})

eachDatabase('messages that are accepted while others are read', (openDatabase) => {
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

  const insert = (n: number) =>
    database.transaction(({ query }) => {
      const recipient = { kind: 'person', phone: String(5_511_999_990_000 + n) } as const
      const id = messageIdOf(`m${n}`)
      const message = anOutgoingMessage({ id, instanceId, recipient, status: 'queued' })
      return store.insert(query, message, chatOf(recipient))
    })
  const hide = (at: number, isHidden: boolean) =>
    database.query
      .updateTable('message')
      .set({ status: isHidden ? 'draft' : 'queued' })
      .where('sequence', '=', at)
      .execute()

  it('are found by the next reading, each of them', async () => {
    const [first, second] = [await insert(1), await insert(2)]
    await insert(3)
    await hide(first.place, true)
    await hide(second.place, true)
    const reading = chats.readOn('high')
    chats.accepted(first)
    chats.accepted(second)
    await reading
    expect(chats.mayHaveMore('high')).toBe(true)
    await hide(first.place, false)
    await hide(second.place, false)
    await chats.readOn('high')
    const places = [...chats].map((chat) => chat.place)
    expect(places).toContain(first.place)
    expect(places).toContain(second.place)
    expect(chats.mayHaveMore('high')).toBe(false)
  })

  it('are found after a look at everything', async () => {
    await chats.readOn('high')
    expect(chats.mayHaveMore('high')).toBe(false)
    const { place: at } = await insert(1)
    chats.lookAgain()
    expect(chats.mayHaveMore('high')).toBe(true)
    await chats.readOn('high')
    expect([...chats].map((chat) => chat.place)).toEqual([at])
  })
})
