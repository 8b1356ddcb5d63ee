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
})
