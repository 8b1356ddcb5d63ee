import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageContent } from '../../domain/content/index.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('MessageListing', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    instanceId = await world.anInstance('closed')
  })

  const accept = async (content: MessageContent = anOtp(), of = instanceId) =>
    (await world.outbox.accept(of, { recipient, content })).id
  const set = (id: string, change: object) =>
    world.database.query.updateTable('message').set(change).where('id', '=', id).execute()

  it('gives an instance its own, the newest first, page by page', async () => {
    const [one, two, three] = [await accept(), await accept(), await accept()]
    await accept(anOtp(), await world.anInstance('closed'))
    const first = await world.listing.page(instanceId, { limit: 2 })
    expect(first.map(({ id }) => id)).toEqual([three, two])
    const before = first.at(-1)?.sequence
    const rest = await world.listing.page(instanceId, { limit: 2, before })
    expect(rest.map(({ id }) => id)).toEqual([one])
  })

  it('shows the end of a code while it waits, and nothing of it after that', async () => {
    const id = await accept(anOtp('845201'))
    expect(await world.listing.page(instanceId, { limit: 1 })).toMatchObject([
      { id, recipient, status: 'queued', code: '••••01', sentAt: undefined, fellBack: false },
    ])
    await set(id, { status: 'delivered', sent_at: 5, delivered_at: 9, content_sealed: null })
    const [done] = await world.listing.page(instanceId, { limit: 1 })
    expect(done).toMatchObject({ sentAt: 5, deliveredAt: 9, code: undefined })
  })

  it('does not open what is large', async () => {
    const image = { kind: 'base64', base64: 'A'.repeat(60_000) } as const
    await accept({ kind: 'otp-button', text: 'Oi', code: '845201', buttonText: 'x', image })
    expect(await world.listing.page(instanceId, { limit: 1 })).toMatchObject([{ code: undefined }])
  })

  it('calls sent what WhatsApp has taken, and nothing else', async () => {
    const id = await accept()
    const sentAts: unknown[] = []
    const taken = ['sent', 'delivered', 'read', 'played']
    const others = ['queued', 'sending', 'unknown', 'failed', 'expired', 'cancelled']
    for (const status of [...taken, ...others]) {
      await set(id, { status, sent_at: 5, read_at: 7 })
      const [listed] = await world.listing.page(instanceId, { limit: 1 })
      expect(listed).toMatchObject({ status, readAt: 7 })
      sentAts.push(listed?.sentAt)
    }
    expect(sentAts).toEqual([...taken.map(() => 5), ...others.map(() => undefined)])
  })

  it('says which message went as plain text', async () => {
    const id = await accept()
    const fallback = { refusalCode: 473, refusedWhatsappId: '3EB0A', sentAs: 'text' }
    await set(id, { fallback: JSON.stringify(fallback) })
    expect(await world.listing.page(instanceId, { limit: 1 })).toMatchObject([{ fellBack: true }])
  })

  it('finds those of a status, and calls none sent that was not', async () => {
    const failed = await accept()
    await accept()
    await set(failed, { status: 'failed', failure: 'refused', sent_at: 5, ended_at: 6 })
    const found = await world.listing.page(instanceId, {
      limit: 9,
      statuses: ['failed', 'expired'],
    })
    expect(found).toMatchObject([{ id: failed, failure: 'refused', sentAt: undefined, endedAt: 6 }])
  })
})
