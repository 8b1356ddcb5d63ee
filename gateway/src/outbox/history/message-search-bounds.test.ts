/** What a search leaves out, and that it reads to the end. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'
import type { SearchWish } from './message-search.js'

const content = { kind: 'text', text: 'Oi' } as const
const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('a search', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    instanceId = await world.anInstance('closed')
  })

  const accept = async (change: object = {}) => {
    const { id, whatsappId } = await world.outbox.accept(instanceId, { recipient, content })
    if (Object.keys(change).length > 0)
      await world.database.query.updateTable('message').set(change).where('id', '=', id).execute()
    return { id, whatsappId }
  }
  const found = async (wish: SearchWish) => {
    const page = await world.search.page(wish, { limit: 9 })
    expect(await world.search.count(wish)).toBe(page.length)
    return page.map(({ acceptedAt }) => acceptedAt)
  }

  it('keeps to its moments, also where a clock was set back', async () => {
    for (const accepted_at of [10, 30, 20, 40]) await accept({ accepted_at })
    expect(await found({ since: 20 })).toEqual([40, 20, 30])
    expect(await found({ since: 25 })).toEqual([40, 30])
    expect(await found({ until: 25 })).toEqual([20, 10])
    expect(await found({ until: 40 })).toEqual([20, 30, 10])
    expect(await found({ since: 20, until: 40 })).toEqual([20, 30])
    expect(await found({ since: 41 })).toEqual([])
    expect(await found({ until: 10 })).toEqual([])
  })

  it('for endings and other statuses finds both', async () => {
    await accept({ status: 'failed', failure: 'cancelled', accepted_at: 1 })
    await accept({ status: 'sent', accepted_at: 2 })
    await accept()
    expect(await found({ statuses: ['failed', 'sent'] })).toEqual([2, 1])
    expect(await found({ statuses: ['failed', 'expired', 'cancelled'] })).toEqual([1])
  })

  it('within an instance finds the id that WhatsApp knows, and ids in explanations', async () => {
    const { whatsappId } = await accept({ accepted_at: 1 })
    const explanation = 'It refers to ABCDEF0123456789, which is not known.'
    await accept({ status: 'failed', failure: 'unknown-message', explanation, accepted_at: 2 })
    expect(await found({ instanceId, text: ` ${whatsappId} ` })).toEqual([1])
    expect(await found({ text: 'abcdef0123456789' })).toEqual([2])
    expect(await found({ text: '  which is not  ' })).toEqual([2])
  })

  it('for a file reads to the end, more than a portion too', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => at)
    await world.database.transaction(async (alongside) => {
      for (const at of rows)
        await alongside.query
          .insertInto('message')
          .values({
            id: `ROW${at}`,
            instance_id: instanceId,
            whatsapp_id: `W${at}`,
            recipient: JSON.stringify(recipient),
            status: 'sent',
            accepted_at: at,
            typing_ms: 0,
            attempts: 1,
            priority: 1,
          })
          .execute()
    })
    const lengthOfAll = async () => {
      const ids: string[] = []
      for await (const { id } of world.search.all({})) ids.push(id)
      return ids.length
    }
    expect(await lengthOfAll()).toBe(500)
    await accept()
    expect(await lengthOfAll()).toBe(501)
  })
})
