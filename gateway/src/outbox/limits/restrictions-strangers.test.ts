import { expect, test } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { chatOf, type Recipient } from '../../domain/chat.js'

const maria: Recipient = { kind: 'person', phone: '5511999990001' }
const group: Recipient = { kind: 'group', group: '120363019502650977' }

eachDatabase('a stranger', (openDatabase) => {
  test('is a person whom the number never met; a group is none', async () => {
    const { database, restrictions, ...world } = anOutboxWorld(await openDatabase())
    const instanceId = await world.anInstance()
    expect(await restrictions.isStranger({ instanceId, recipient: maria })).toBe(true)
    expect(await restrictions.isStranger({ instanceId, recipient: group })).toBe(false)
    await database.transaction((transaction) =>
      restrictions.met(instanceId, chatOf(maria), transaction),
    )
    expect(await restrictions.isStranger({ instanceId, recipient: maria })).toBe(false)
  })
})
