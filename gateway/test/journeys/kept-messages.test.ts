import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../support/databases.js'
import { ManualClock } from '../support/manual-clock.js'
import { whatsappIdOf } from '../support/outgoing-message.js'
import { addInstance } from '../support/stored-instance.js'
import type { Database } from '../../src/db/database.js'
import { sameForAll } from '../../src/db/retention.js'
import { createVault } from '../../src/db/encryption.js'
import { KeptMessages } from '../../src/directory/kept-messages.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { IncomingMessage } from '../../src/domain/incoming-message.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { Inbox } from '../../src/inbox/inbox.js'

const chat = { kind: 'group', group: '120363019502650977' } as const
const bia = { phone: '5511777777777', lid: '164354629388413' }
const [a, b] = [whatsappIdOf('3EB0A'), whatsappIdOf('3EB0B')]

function said(text: string, change: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    whatsappId: a,
    chat,
    sender: bia,
    fromMe: false,
    at: 500,
    forwarded: false,
    content: { kind: 'text', text },
    original: { bytes: Buffer.from(text) },
    ...change,
  }
}

eachDatabase('what the inbox keeps', (open) => {
  let database: Database
  let instanceId: InstanceId
  let kept: KeptMessages
  let mustFail: boolean
  let published: object[]
  let inbox: Inbox

  const received = (message: IncomingMessage) =>
    inbox.received(instanceId, '5511888888888', message)
  async function keptText(): Promise<string | undefined> {
    const found = await kept.find(instanceId, { whatsappId: a, chat })
    return found && Buffer.from(found.original.bytes).toString()
  }

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    const clock = new ManualClock(1_000)
    const vault = createVault(new Uint8Array(32))
    const people = new KnownPeople({ database, clock })
    kept = new KeptMessages({ database, vault, clock, people, retention: sameForAll(1_000_000) })
    mustFail = false
    published = []
    inbox = new Inbox({
      database,
      clock,
      log: silentLog,
      kept,
      media: { async keep() {} },
      directory: { async heard() {} },
      settings: { settingsOf: async () => ({ notifySentByMe: false }) },
      sent: {
        advance: async () => undefined,
        sent: async () => undefined,
      },
      events: {
        async publish(event) {
          if (mustFail) throw new Error('the disk is full')
          published.push(event)
        },
      },
    })
  })

  test('is what others say, with both names of its author, and no callback has its bytes', async () => {
    await received(said('bom dia'))
    expect(await kept.find(instanceId, { whatsappId: a, chat })).toMatchObject({ author: bia })
    expect(await keptText()).toBe('bom dia')
    expect(JSON.stringify(published)).not.toContain('original')
  })

  test('is what this number says on another device, told or not', async () => {
    await received(said('do telefone', { fromMe: true }))
    expect(await keptText()).toBe('do telefone')
    expect(published).toEqual([])
  })

  test('is stored with the event or not at all', async () => {
    mustFail = true
    await expect(received(said('bom dia'))).rejects.toThrow('the disk is full')
    expect(await keptText()).toBeUndefined()
    mustFail = false
    await received(said('bom dia'))
    expect(await keptText()).toBe('bom dia')
  })

  test('follows only the edits of its author', async () => {
    await received(said('bom dia'))
    await received(said('boa noite', { whatsappId: b, editOf: a, sender: { lid: '999' } }))
    expect(await keptText()).toBe('bom dia')
    await received(said('boa tarde', { whatsappId: whatsappIdOf('3EB0C'), editOf: a }))
    expect(await keptText()).toBe('boa tarde')
  })

  test('ends when it is deleted for all', async () => {
    await received(said('bom dia'))
    const target = { whatsappId: a, chat, fromMe: false, author: bia }
    await received(
      said('', { whatsappId: b, content: { kind: 'deleted', target }, original: undefined }),
    )
    expect(await keptText()).toBeUndefined()
  })
})
