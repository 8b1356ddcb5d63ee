import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { MessageHealth } from './message-health.js'

eachDatabase('MessageHealth', (openDatabase) => {
  it('reads the messages of an instance since a moment', async () => {
    const world = anOutboxWorld(await openDatabase())
    const health = new MessageHealth(world)
    const instanceId = await world.anInstance('closed')
    const other = await world.anInstance('closed')
    const accept = async (of = instanceId) => {
      const recipient = { kind: 'person', phone: '5511999990001' } as const
      return (await world.outbox.accept(of, { recipient, content: anOtp() })).id
    }
    const set = (id: string, change: object) =>
      world.database.query.updateTable('message').set(change).where('id', '=', id).execute()

    await accept()
    await world.clock.advance(60_000)
    const since = world.clock.now()
    const [sent, refused] = [await accept(), await accept()]
    await accept(other)
    await set(sent, { status: 'delivered', sent_at: since + 300, delivered_at: since + 1_000 })
    const sends = JSON.stringify([
      { whatsappId: 'x', claimedAt: since, outcome: 'refused', refusalCode: 479 },
    ])
    await set(refused, { status: 'failed', failure: 'refused', sent_at: since, sends })

    const read = await health.read(instanceId, { since, bucketMs: 60_000 })
    expect(read).toMatchObject({
      since,
      isPartial: false,
      acceptedToSent: { count: 1, p50: 300 },
      acceptedToDelivered: { count: 1, p50: 1_000 },
      failures: [{ reason: 'refused', count: 1 }],
    })
    expect(read.buckets).toMatchObject([{ accepted: 2, refusals: [{ code: 479, count: 1 }] }])
  })

  it('measures the way to WhatsApp of what WhatsApp took, and remembers what it refused', async () => {
    const world = anOutboxWorld(await openDatabase())
    const instanceId = await world.anInstance('closed')
    const since = world.clock.now()
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    const whatsappId = 'x'
    const sends = JSON.stringify([
      { whatsappId, claimedAt: since, outcome: 'refused', refusalCode: 479 },
      { whatsappId, claimedAt: since, outcome: 'not-sent' },
    ])
    for (const status of ['sent', 'delivered', 'read', 'played', 'failed', 'expired', 'unknown']) {
      const { id } = await world.outbox.accept(instanceId, { recipient, content: anOtp() })
      const change = { status, sent_at: since + 300, sends }
      await world.database.query.updateTable('message').set(change).where('id', '=', id).execute()
    }
    const read = await new MessageHealth(world).read(instanceId, { since, bucketMs: 60_000 })
    expect(read).toMatchObject({ acceptedToSent: { count: 4, p50: 300 } })
    expect(read.buckets).toMatchObject([{ refusals: [{ code: 479, count: 7 }] }])
  })
})
