import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { sameForAll } from '../db/retention.js'
import { createVault } from '../db/encryption.js'
import { insertRows } from '../db/tables.js'
import { KeptMessages } from './kept-messages.js'
import { KnownPeople } from './known-people.js'

const count = 100_000
const atOnce = 5_000
const keepMs = 30 * 86_400_000
const chat = { kind: 'person', phone: '5511999999999' } as const
const original = { bytes: Buffer.alloc(200, 'x') }
const id = (n: number) => `3EB0${n.toString().padStart(18, '0')}`

eachDatabase('100,000 kept messages', (open) => {
  test('make another one no dearer, and are erased in portions', async () => {
    const database = await open()
    const clock = new ManualClock(1_000)
    const people = new KnownPeople({ database, clock })
    const vault = createVault(new Uint8Array(32))
    const store = new KeptMessages({
      database,
      vault,
      clock,
      people,
      retention: sameForAll(keepMs),
    })
    const instanceId = await addInstance(database)
    const columns = ['instance_id', 'whatsapp_id', 'chat_key', 'message_sealed', 'keep_until']
    for (let start = 0; start < count; start += atOnce) {
      const rows = Array.from({ length: atOnce }, (_, n) => [
        instanceId,
        id(start + n),
        'person:5511999999999',
        original.bytes,
        clock.now() + start + n,
      ])
      const table = { table: 'kept_message', columns, rows } as const
      await database.transaction((transaction) => insertRows(transaction, database.dialect, table))
    }

    const before = process.cpuUsage()
    for (let n = count; n < count + 500; n += 1) {
      const whatsappId = whatsappIdOf(id(n))
      await store.keep(instanceId, { whatsappId, chat, author: {}, fromMe: true, at: 1, original })
    }
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000 / 500).toBeLessThan(2)

    await clock.advance(count)
    expect(await store.purge()).toBe(count)
    expect(await store.purge()).toBe(0)
    const last = { whatsappId: whatsappIdOf(id(count + 499)), chat }
    expect(await store.find(instanceId, last)).toBeDefined()
  })
})
