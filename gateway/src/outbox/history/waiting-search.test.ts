import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId } from '../../domain/message.js'

eachDatabase('a search in the queue', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    instanceId = await world.anInstance()
  })

  const accept = async (phone: string, of = instanceId) =>
    (
      await world.outbox.accept(of, {
        recipient: { kind: 'person', phone },
        content: { kind: 'text', text: 'Oi' },
      })
    ).id
  const found = async (text: string): Promise<readonly MessageId[]> =>
    (await world.waiting.page(instanceId, { text, limit: 9 })).messages.map(({ id }) => id)

  it('finds a number by all of it, in any form, and by a part of it', async () => {
    const mine = await accept('5511999990001')
    await accept('5521988887777')
    await accept('5511999990001', await world.anInstance())
    const forms = [
      '+55 11 99999-0001',
      '(55) 11.99999.0001',
      '551199990001',
      '99990001',
      '(99990001)',
    ]
    for (const text of ['5511999990001', ...forms])
      expect({ text, found: await found(text) }).toEqual({ text, found: [mine] })
    for (const text of ['99990002', '(', '_', '%', 'Oi', '99990001x', '_9990001', '9999000_'])
      expect({ text, found: await found(text) }).toEqual({ text, found: [] })
  })

  it('finds a message by the beginning of its id and of that of WhatsApp, in any case', async () => {
    const id = await accept('5511900000001')
    const other = await accept('5511900000001')
    const set = (change: object) =>
      world.database.query.updateTable('message').set(change).where('id', '=', id).execute()
    await set({ whatsapp_id: '3EB0AAAA11112222' })
    for (const text of [id, id.toLowerCase(), ' 3eb0aaaa11 '])
      expect({ text, found: await found(text) }).toEqual({ text, found: [id] })
    expect(await found(id.slice(0, 4))).toContain(other)
    expect(await found(id.slice(4))).toEqual([])
  })

  it('finds no message that has ended', async () => {
    const id = await accept('5511900000001')
    await world.waiting.cancel(instanceId, id)
    expect(await found(id)).toEqual([])
    expect(await found('5511900000001')).toEqual([])
  })

  it('goes on page by page and tells the turn that each has in the whole queue', async () => {
    world.connect(instanceId)
    const sought: MessageId[] = []
    for (let at = 0; at < 3; at += 1) {
      await accept('5521988887777')
      sought.push(await accept('5511999990001'))
    }
    const all = await world.waiting.page(instanceId, { limit: 9 })
    const turns = new Map(all.messages.map(({ id, expectedAt }) => [id, expectedAt]))
    const text = '99990001'
    const first = await world.waiting.page(instanceId, { text, limit: 2 })
    const rest = await world.waiting.page(instanceId, { text, limit: 2, after: first.next })
    const pages = [...first.messages, ...rest.messages]
    expect(pages.map(({ id }) => id)).toEqual(sought)
    expect(rest.next).toBeUndefined()
    for (const { id, expectedAt } of pages) {
      expect(expectedAt).toBeGreaterThan(0)
      expect(expectedAt).toBe(turns.get(id))
    }
  })
})
