/** What is written of a message that is tried again. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { createVault } from '../../db/encryption.js'
import type { InstanceId } from '../../domain/instance.js'
import { silentLog } from '../../runtime/telemetry.js'
import type { QueuedMessage } from '../message-row.js'
import { OutboxStore } from '../outbox-store.js'
import { Outcomes } from '../outcomes.js'
import { noMembers } from './moves.js'
import { SendOutcomes } from './send-outcomes.js'
import { KnownChat } from './waiting-chats.js'

const chatPlace = { chat: 'person:1', place: 1, priority: 'high', hasFile: false } as const

eachDatabase('a message that is tried again', (open) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  let chat: KnownChat
  let isOpen: boolean
  let putBack: number

  beforeEach(async () => {
    world = anOutboxWorld(await open())
    instanceId = await world.anInstance('closed')
    chat = new KnownChat(chatPlace)
    isOpen = true
    putBack = 0
  })

  const onPutBack = () => {
    putBack += 1
  }

  /** `message` was claimed, and its send ended so that it is tried again. */
  async function retry(
    message: Pick<QueuedMessage, 'status' | 'attempts'>,
    after: { readonly written: boolean; readonly renewEncryption: boolean },
  ) {
    const { database, clock, restrictions } = world
    const store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    const outcomes = new Outcomes({
      database,
      store,
      clock,
      restrictions,
      log: silentLog,
      members: noMembers,
      events: { publish: async () => {} },
      onDone() {},
      onAdded() {},
    })
    const options = { database, clock, store, outcomes, onPutBack }
    const written = new SendOutcomes(options, () => isOpen)
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    const { id, whatsappId, acceptedAt } = await world.outbox.accept(instanceId, {
      recipient,
      content: anOtp(),
    })
    const row = database.query.updateTable('message').where('id', '=', id)
    await row.set({ status: 'sending', attempts: message.attempts + 1 }).execute()
    written.add({
      chat,
      message: {
        ...message,
        id,
        whatsappId,
        acceptedAt,
        instanceId,
        recipient,
        content: anOtp(),
        priority: 'high',
        typingMs: 0,
        place: 1,
        sends: [],
      },
      isClaimed: true,
      after: { kind: 'retry', afterMs: 3_000, ...after },
      attempt: { writtenAt: undefined, sends: [] },
    })
    await written.write(() => {})
    return database.query
      .selectFrom('message')
      .select(['status', 'attempts', 'retry_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  }

  const plain = { written: false, renewEncryption: false }

  it('stays one that may have arrived, if it was one', async () => {
    expect(await retry({ status: 'unknown', attempts: 2 }, plain)).toMatchObject({
      status: 'unknown',
    })
    expect(await retry({ status: 'queued', attempts: 0 }, plain)).toMatchObject({
      status: 'queued',
    })
  })

  it('has one more attempt only if something was written', async () => {
    const message = { status: 'queued', attempts: 2 } as const
    expect(await retry(message, plain)).toMatchObject({ attempts: 2 })
    expect(await retry(message, { ...plain, written: true })).toMatchObject({ attempts: 3 })
  })

  it('waits, or goes as soon as the session is back', async () => {
    const at = world.clock.now() + 3_000
    const message = { status: 'queued', attempts: 0 } as const
    expect(await retry(message, plain)).toMatchObject({ retry_at: at })
    expect(chat.retryAt).toBe(at)
    isOpen = false
    expect(await retry(message, plain)).toMatchObject({ retry_at: null })
    expect(chat.retryAt).toBe(0)
    expect(putBack).toBe(2)
  })

  it('renews the encryption from the first refusal that asks for it', async () => {
    const message = { status: 'queued', attempts: 0 } as const
    await retry(message, plain)
    expect(chat.renewEncryption).toBe(false)
    await retry(message, { ...plain, renewEncryption: true })
    await retry(message, plain)
    expect(chat.renewEncryption).toBe(true)
  })
})
