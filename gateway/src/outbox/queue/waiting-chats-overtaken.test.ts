/** A message that comes before the known first one of its chat: a pool moves it, or it is readable late. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutgoingMessage, messageIdOf } from '../../../test/support/outgoing-message.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import { createVault } from '../../db/encryption.js'
import { chatOf } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { OutboxStore, type QueuePlace } from '../outbox-store.js'
import { Attempt } from './attempt.js'
import { type KnownChat, WaitingChats } from './waiting-chats.js'

eachDatabase('a chat that is overtaken', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let store: OutboxStore
  let chats: WaitingChats
  let earlier: QueuePlace
  let later: QueuePlace

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    chats = new WaitingChats(instanceId, { database, store })
    earlier = await insert('earlier')
    later = await insert('later')
    await show(earlier, false)
    chats.accepted(later)
    await chats.readOn('high')
  })

  const insert = (id: string) =>
    database.transaction(({ query }) => {
      const recipient = { kind: 'person', phone: '5511999990001' } as const
      const message = anOutgoingMessage({
        id: messageIdOf(id),
        instanceId,
        recipient,
        priority: 'high',
        status: 'queued',
      })
      return store.insert(query, message, chatOf(recipient))
    })
  const show = ({ place }: QueuePlace, isShown: boolean) =>
    database.query
      .updateTable('message')
      .set({ status: isShown ? 'queued' : 'draft' })
      .where('sequence', '=', place)
      .execute()
  const known = (): KnownChat => {
    const [chat, ...others] = [...chats]
    if (chat === undefined || others.length > 0) throw new Error('not one chat')
    return chat
  }

  it('goes on with the earlier message, also where no signal told of it', async () => {
    await show(earlier, true)
    chats.lookAgain()
    await chats.readOn('high')
    expect(known()).toMatchObject({ place: earlier.place, isStale: false, hasMore: true })
  })

  it('keeps what is known of its first message if the earlier one is gone by then', async () => {
    known().notSentInARow = 3
    await show(earlier, true)
    chats.accepted(earlier)
    expect(known()).toMatchObject({ place: later.place, isStale: true })
    await show(earlier, false)
    await chats.refresh()
    expect(known()).toMatchObject({
      place: later.place,
      isStale: false,
      isOvertaken: false,
      notSentInARow: 3,
    })
  })

  it('does not offer its first message any more once that is done', async () => {
    chats.accepted(earlier)
    chats.done(later.place)
    expect(known()).toMatchObject({ isStale: true, isOvertaken: false })
    await show(earlier, true)
    await chats.refresh()
    expect(known()).toMatchObject({ place: earlier.place, isStale: false })
  })

  it('does not go on with another message while one of it is sent', async () => {
    const message = { ...anOutgoingMessage(), ...later, sends: [] }
    known().attempt = new Attempt(message, 0)
    await show(earlier, true)
    chats.lookAgain()
    await chats.readOn('high')
    expect(known().place).toBe(later.place)
    known().attempt = undefined
    await chats.refresh()
    expect(known().place).toBe(earlier.place)
  })
})
