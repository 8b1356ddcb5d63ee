/** What waits for an instance that sends nothing any more. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'

const content = { kind: 'text', text: 'Oi' } as const
const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('messages that wait', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { policy: { minGapMs: 1_000, maxGapMs: 1_000 } })
    instanceId = await world.anInstance('closed')
  })

  const accept = async () => (await world.outbox.accept(instanceId, { recipient, content })).id
  const setStatus = (status: string, ids: readonly string[]) =>
    world.database.query.updateTable('message').set({ status }).where('id', 'in', ids).execute()

  it('end as unconfirmed if they may have arrived, however many, and the others stay', async () => {
    const ids: string[] = []
    for (let count = 0; count < 101; count += 1) ids.push(await accept())
    const kept = await accept()
    await setStatus('unknown', ids)
    await world.waiting.endUnknown(instanceId)
    expect(world.events).toHaveLength(101)
    expect(world.events).toContainEqual(
      expect.objectContaining({ kind: 'message.failed', reason: 'unconfirmed', messageId: ids[0] }),
    )
    expect(await world.waiting.page(instanceId, { limit: 9 })).toMatchObject({
      messages: [{ id: kept, status: 'queued' }],
    })
    await world.waiting.endUnknown(instanceId)
    expect(world.events).toHaveLength(101)
  })
})
