/** Finding the chats that can go: bounded, however many messages wait. */

import { chatOf, conversationKey } from '../../domain/chat.js'
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp, anOutgoingMessage, messageIdOf } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { createVault } from '../../db/encryption.js'
import type { Database } from '../../db/database.js'
import type { Priority } from '../../domain/priority.js'
import type { InstanceId } from '../../domain/instance.js'
import { OutboxStore } from '../outbox-store.js'
import { WaitingChats } from './waiting-chats.js'

const [ana, bia] = ['5511999990001', '5511999990002']

eachDatabase('the chats with messages waiting', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let store: OutboxStore
  let chats: WaitingChats
  let count = 0

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await anOutboxWorld(database).anInstance('closed')
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    chats = new WaitingChats(instanceId, { database, store })
  })

  const insert = async (phone: string, priority?: Priority): Promise<number> => {
    const [place = 0] = await insertMany(1, phone, priority)
    return place
  }
  const insertMany = (
    howMany: number,
    phone: string,
    priority: Priority = 'high',
  ): Promise<readonly number[]> =>
    database.transaction(async ({ query }) => {
      const places: number[] = []
      for (let index = 0; index < howMany; index += 1) {
        const message = { ...aMessageTo(phone), priority }
        const queued = await store.insert(query, message, chatOf(message.recipient))
        places.push(queued.place)
        chats.accepted(queued)
      }
      return places
    })
  const aMessageTo = (phone: string) => {
    count += 1
    return anOutgoingMessage({
      id: messageIdOf(`m${count}`),
      instanceId,
      recipient: { kind: 'person', phone },
      content: anOtp(),
      status: 'queued',
    })
  }
  const end = async (place: number) => {
    await database.query
      .updateTable('message')
      .set({ status: 'sent' })
      .where('sequence', '=', place)
      .execute()
    chats.done(place)
  }
  const firsts = () => [...chats].map(({ place, priority }) => [place, priority])
  const known = () => [...chats].map(({ key, place }) => [key, place])

  it('are known by their first message, in the order of acceptance', async () => {
    const places = [await insert(bia), await insert(ana), await insert(bia)]
    await chats.readOn('high')
    expect(known()).toEqual([
      [`person:${bia.replace('9', '')}`, places[0]],
      [`person:${ana.replace('9', '')}`, places[1]],
    ])
    expect(chats.mayHaveMore('high')).toBe(false)
  })

  it('go on with their next message when the first is done, and are forgotten after the last', async () => {
    const places = [await insert(ana), await insert(ana), await insert(ana)]
    await chats.readOn('high')
    for (const place of places) {
      await chats.refresh()
      expect([...chats].map((each) => each.place)).toEqual([place])
      await end(place)
    }
    await chats.refresh()
    expect(known()).toEqual([])
    const next = await insert(ana)
    await chats.readOn('high')
    expect([...chats].map((each) => each.place)).toEqual([next])
  })

  it('include one whose row could be read only after a later one', async () => {
    const [first, second] = [await insert(ana), await insert(bia)]
    await database.query
      .updateTable('message')
      .set({ status: 'draft' })
      .where('sequence', '=', first)
      .execute()
    await chats.readOn('high')
    expect([...chats].map((each) => each.place)).toEqual([second])
    await database.query
      .updateTable('message')
      .set({ status: 'queued' })
      .where('sequence', '=', first)
      .execute()
    const chat = conversationKey({ kind: 'person', phone: ana })
    chats.accepted({ place: first, chat, priority: 'high', from: first })
    await chats.readOn('high')
    expect([...chats].map((each) => each.place)).toEqual([second, first])
  })

  it('are found behind 2,000 messages of one chat that is held up, which are read once', async () => {
    await insertMany(2_000, ana)
    const other = await insert(bia)
    let reads = 0
    while (chats.mayHaveMore('high')) {
      await chats.readOn('high')
      reads += 1
    }
    expect([...chats].map((each) => each.place)).toContain(other)
    expect(reads).toBe(11)
    const later = await insert('5511999990003')
    await chats.readOn('high')
    expect([...chats].map((each) => each.place)).toContain(later)
    expect(chats.mayHaveMore('high')).toBe(false)
  })

  it('are as urgent as the most urgent message behind their first one', async () => {
    const text = await insert(ana, 'normal')
    await chats.readOn('normal')
    const code = await insert(ana)
    await chats.readOn('high')
    expect(firsts()).toEqual([[text, 'high']])
    await end(text)
    await chats.refresh()
    expect(firsts()).toEqual([[code, 'high']])
    await insert(ana, 'low')
    await end(code)
    await chats.readOn('low')
    await chats.refresh()
    expect(firsts()).toMatchObject([[expect.any(Number), 'low']])
  })

  it('begin with the first message of the chat, whichever priority is read first', async () => {
    const code = await insert(ana)
    await insert(ana, 'low')
    await chats.readOn('low')
    expect(firsts()).toEqual([[code, 'high']])
  })

  it('are as urgent as a code that waits behind 300 texts to others and one to it', async () => {
    for (let index = 0; index < 300; index += 1)
      await insert(String(5_511_888_880_000 + index), 'low')
    const text = await insert(ana, 'low')
    await insert(ana)
    await chats.readOn('high')
    expect(firsts()).toEqual([[text, 'high']])
  })

  it('are asked for by indexes alone', async () => {
    await sql`analyze`.execute(database.query)
    if (database.dialect === 'postgres') return expectPostgresPlans()
    const plan = async (query: ReturnType<typeof sql>) => {
      const { rows } = await sql<{ detail: string }>`explain query plan ${query}`.execute(
        database.query,
      )
      return rows.map(({ detail }) => detail)
    }
    const waiting = sql`status in ('queued', 'sending', 'unknown')`
    expect(
      await plan(sql`select sequence, chat_key, has_file from message
        where instance_id = ${instanceId} and priority = 0 and ${waiting} and sequence > 5 order by sequence limit 200`),
    ).toEqual([
      'SEARCH message USING COVERING INDEX message_waiting (instance_id=? AND priority=? AND sequence>?)',
    ])
    expect(
      await plan(sql`select sequence, chat_key, has_file from message
        where instance_id = ${instanceId} and chat_key = 'x' and ${waiting} order by sequence limit 2`),
    ).toEqual([
      'SEARCH message USING COVERING INDEX message_waiting_in_chat (instance_id=? AND chat_key=?)',
    ])
    return undefined
  })

  async function expectPostgresPlans(): Promise<void> {
    await insertMany(1_000, ana)
    await sql`analyze message`.execute(database.query)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select sequence from message where instance_id = ${instanceId}
        and chat_key = ${'person:other'} and status in ('queued', 'sending', 'unknown')
        order by sequence limit 2`.execute(database.query)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('message_waiting_in_chat')
  }
})
