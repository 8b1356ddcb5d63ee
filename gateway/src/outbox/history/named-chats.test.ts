import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'

eachDatabase('messages that an older version accepted', (openDatabase) => {
  it('get the chat that they wait in when the outbox starts', async () => {
    const world = anOutboxWorld(await openDatabase())
    const instanceId = await world.anInstance('closed')
    for (const phone of ['5511999990001', '551199990001', '351910000001']) {
      await world.outbox.accept(instanceId, {
        recipient: { kind: 'person', phone },
        content: anOtp(),
      })
    }
    const keys = async () => {
      const rows = await world.database.query
        .selectFrom('message')
        .select('chat_key')
        .orderBy('sequence')
        .execute()
      return rows.map(({ chat_key }) => chat_key)
    }
    const accepted = await keys()
    await world.database.query.updateTable('message').set({ chat_key: null }).execute()

    await world.sender.start()
    await world.sender[Symbol.asyncDispose]()
    expect(await keys()).toEqual(accepted)
    expect(accepted[0]).toBe(accepted[1])
  })

  it('get it however many they are', async () => {
    const { database, ...world } = anOutboxWorld(await openDatabase())
    const instanceId = await world.anInstance('closed')
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    await world.outbox.accept(instanceId, { recipient, content: anOtp() })
    const row = await database.query.selectFrom('message').selectAll().executeTakeFirstOrThrow()
    const { sequence: _, ...copied } = row
    const copies = Array.from({ length: 500 }, (_none, index) => {
      const [id, whatsapp] = [`m${index}`, `w${index}`]
      return { ...copied, id, whatsapp_id: whatsapp, chat_key: null }
    })
    for (let at = 0; at < copies.length; at += 50)
      await database.query
        .insertInto('message')
        .values(copies.slice(at, at + 50))
        .execute()
    await database.query.updateTable('message').set({ chat_key: null }).execute()
    await world.sender.start()
    await world.sender[Symbol.asyncDispose]()
    const { count } = await database.query
      .selectFrom('message')
      .select((all) => all.fn.countAll<number>().as('count'))
      .where('chat_key', '=', row.chat_key)
      .executeTakeFirstOrThrow()
    expect(count).toBe(501)
  })
})
