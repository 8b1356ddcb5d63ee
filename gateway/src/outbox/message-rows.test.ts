/** A message in the table, and what its queue reads of it. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOutgoingMessage } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { chatOf, conversationKey } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import { newMessageId, newWhatsappId } from '../runtime/ids.js'
import type { OutgoingMessage } from '../domain/message.js'
import { OutboxStore } from './outbox-store.js'

const vault = createVault(Buffer.alloc(32, 1))
const image = { kind: 'base64', base64: Buffer.from('image').toString('base64') } as const

eachDatabase('a waiting message', (open) => {
  let database: Database
  let store: OutboxStore
  let instanceId: InstanceId

  beforeEach(async () => {
    database = await open()
    store = new OutboxStore({ vault, database })
    instanceId = await addInstance(database)
  })

  const insert = async (fields: Partial<OutgoingMessage> = {}) => {
    const message = anOutgoingMessage({
      id: newMessageId(),
      whatsappId: newWhatsappId(),
      instanceId,
      status: 'queued',
      attempts: 0,
      ...fields,
    })
    const { place } = await store.insert(database.query, message, chatOf(message.recipient))
    return { message, place }
  }

  const read = (place: number) => store.queue.waitingAt(database.query, instanceId, place)

  const change = (place: number, fields: object) =>
    database.query.updateTable('message').set(fields).where('sequence', '=', place).execute()

  it('is read with everything that its next attempt needs', async () => {
    const times = { expiresAt: 9_000, gapAfterMs: 2_000, typingMs: 300 }
    const { message, place } = await insert(times)
    await change(place, { retry_at: 7_000, counted_at: 6_000, attempts: 2 })
    expect(await read(place)).toMatchObject({
      ...times,
      id: message.id,
      content: message.content,
      attempts: 2,
      retryAt: 7_000,
      countedAt: 6_000,
      sends: [],
    })
  })

  it('of version 0.8 that brought an image along is read as one with a caption', async () => {
    const { message, place } = await insert()
    const content = Buffer.from(JSON.stringify({ kind: 'text', text: 'Oferta', image }))
    const context = `message.content/${instanceId}/${message.id}`
    await change(place, { content_sealed: vault.seal(content, context) })
    expect((await read(place))?.content).toEqual({ kind: 'image', image, caption: 'Oferta' })
  })

  it('is not read from the content of another one', async () => {
    const [{ message }, { place }] = [await insert(), await insert()]
    await change(place, { content_sealed: store.seal(message) })
    await expect(read(place)).rejects.toThrow('does not open')
  })

  it('says whether a file has to be fetched for it, unless an older version accepted it', async () => {
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    await insert({ recipient, content: { kind: 'image', image, caption: '' } })
    const { place } = await insert({ recipient })
    const hasFile = async () => {
      const chat = conversationKey(chatOf(recipient))
      const rows = await store.queue.firstInChat(database.query, instanceId, chat)
      return rows.map((row) => row.hasFile)
    }
    expect(await hasFile()).toEqual([true, false])
    await change(place, { has_file: null })
    expect(await hasFile()).toEqual([true, undefined])
  })

  it('has one beside it that says whether it has a file, with the times of the first', async () => {
    const { message } = await insert({ expiresAt: 9_000, gapAfterMs: 2_000, priority: 'low' })
    const beside = { instanceId, acceptedAt: 2_000, fallback: { because: 'setting' } } as const
    const contents = [
      { kind: 'image', image, caption: '' },
      { kind: 'text', text: 'Oi' },
    ] as const
    const rows: unknown[] = []
    for (const content of contents) {
      const ids = { id: newMessageId(), whatsappId: newWhatsappId() }
      await store.insertBeside(database.query, message, { ...beside, ...ids, content })
      rows.push(
        await database.query
          .selectFrom('message')
          .select(['has_file', 'expires_at', 'gap_after_ms', 'status'])
          .where('id', '=', ids.id)
          .executeTakeFirst(),
      )
    }
    const times = { expires_at: 9_000, gap_after_ms: 2_000, status: 'queued' }
    expect(rows).toEqual([
      { has_file: 1, ...times },
      { has_file: 0, ...times },
    ])
  })
})
