import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { sameForAll } from '../db/retention.js'
import { createVault } from '../db/encryption.js'
import type { ChatId } from '../domain/chat.js'
import { MasterKeyError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { KeptMessage } from '../domain/kept-message.js'
import { KeptMessages } from './kept-messages.js'
import { KnownPeople } from './known-people.js'

const dayMs = 86_400_000
const ana: ChatId = { kind: 'person', phone: '5511999999999' }
const group: ChatId = { kind: 'group', group: '120363019502650977' }
const bia = { phone: '5511777777777', lid: '164354629388413' }

function message(id: string, change: Partial<KeptMessage> = {}): KeptMessage {
  return {
    whatsappId: whatsappIdOf(id),
    chat: ana,
    author: { phone: '5511999999999' },
    fromMe: false,
    at: 500,
    original: { bytes: Buffer.from('bom dia') },
    ...change,
  }
}

const ref = (id: string, chat: ChatId = ana) => ({ whatsappId: whatsappIdOf(id), chat })

eachDatabase('kept messages', (open) => {
  let database: Database
  let clock: ManualClock
  let people: KnownPeople
  let instanceId: InstanceId
  const vault = createVault(randomBytes(32))
  const storeKeeping = (keepMs: number) =>
    new KeptMessages({ database, vault, clock, people, retention: sameForAll(keepMs) })
  let store: KeptMessages

  async function textOf(id: string, chat: ChatId = ana): Promise<string | undefined> {
    const found = await store.find(instanceId, ref(id, chat))
    return found && Buffer.from(found.original.bytes).toString()
  }

  beforeEach(async () => {
    database = await open()
    clock = new ManualClock(1_000)
    people = new KnownPeople({ database, clock })
    instanceId = await addInstance(database)
    store = storeKeeping(30 * dayMs)
  })

  test('are found with all that was said of them, by another process too', async () => {
    const kept = message('3EB0A', { chat: group, author: bia })
    await store.keep(instanceId, kept)
    const found = await storeKeeping(1).find(instanceId, ref('3EB0A', group))
    expect(found).toMatchObject({ chat: group, author: bia, fromMe: false, at: 500 })
    expect(await textOf('3EB0A', group)).toBe('bom dia')
  })

  test('belong to one instance and one chat', async () => {
    await store.keep(instanceId, message('3EB0A'))
    expect(await store.find(await addInstance(database), ref('3EB0A'))).toBeUndefined()
    expect(await textOf('3EB0A', group)).toBeUndefined()
    expect(await textOf('3EB0A', { kind: 'person', phone: '5511888888888' })).toBeUndefined()
  })

  test('are found by every name of the person', async () => {
    await store.keep(instanceId, message('3EB0A', { chat: { kind: 'person', lid: '8189' } }))
    await people.learn(instanceId, [{ phone: '551199999999', lid: '8189' }])
    expect(await textOf('3EB0A')).toBe('bom dia')
    expect(await textOf('3EB0A', { kind: 'person', lid: '8189' })).toBe('bom dia')
  })

  test('keep the first of two with one id, and tell two chats apart', async () => {
    await store.keep(instanceId, message('3EB0A'))
    await store.keep(instanceId, message('3EB0A', { original: { bytes: Buffer.from('forged') } }))
    expect(await textOf('3EB0A')).toBe('bom dia')
    expect(await store.findAnywhere(instanceId, whatsappIdOf('3EB0A'))).toBeDefined()
    await store.keep(instanceId, message('3EB0A', { chat: group }))
    expect(await store.findAnywhere(instanceId, whatsappIdOf('3EB0A'))).toBeUndefined()
  })

  test('say what the last edit said, and nothing once they are deleted', async () => {
    await store.keep(instanceId, message('3EB0A'))
    await store.change(instanceId, ref('3EB0A'), Buffer.from('boa noite'))
    expect(await textOf('3EB0A')).toBe('boa noite')
    await store.forget(instanceId, ref('3EB0A', group))
    expect(await textOf('3EB0A')).toBe('boa noite')
    await store.forget(instanceId, ref('3EB0A'))
    expect(await textOf('3EB0A')).toBeUndefined()
  })

  test('end with their time, and those that are answered for weeks later', async () => {
    const poll = { bytes: Buffer.from('poll'), keepForMs: 90 * dayMs }
    await store.keep(instanceId, message('3EB0A'))
    await store.keep(instanceId, message('3EB0B', { original: poll }))
    await clock.advance(30 * dayMs)
    expect(await textOf('3EB0A')).toBeUndefined()
    expect(await textOf('3EB0B')).toBe('poll')
    expect(await store.purge()).toBe(1)
    await clock.advance(60 * dayMs)
    expect(await store.purge()).toBe(1)
  })

  test('are not kept where the setting says so', async () => {
    await storeKeeping(0).keep(instanceId, message('3EB0A'))
    expect(await textOf('3EB0A')).toBeUndefined()
  })

  test('are not readable in the table, nor in the place of another one', async () => {
    await store.keep(instanceId, message('3EB0A'))
    const row = await database.query.selectFrom('kept_message').selectAll().executeTakeFirst()
    expect(Buffer.from(row?.message_sealed ?? []).toString('latin1')).not.toContain('bom dia')
    await database.query.updateTable('kept_message').set({ whatsapp_id: '3EB0B' }).execute()
    await expect(textOf('3EB0B')).rejects.toThrow(MasterKeyError)
  })

  test('go with their instance', async () => {
    await store.keep(instanceId, message('3EB0A'))
    await database.query.deleteFrom('instance').where('id', '=', instanceId).execute()
    expect(await database.query.selectFrom('kept_message').selectAll().execute()).toEqual([])
  })
})
