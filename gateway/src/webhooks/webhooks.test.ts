import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { bodyContext } from './delivery-store.js'
import {
  base,
  failed,
  instanceId,
  openWebhooksStage,
  otherId,
  recipient,
  sent,
  statusOf,
  url,
  vault,
  type WebhooksStage,
} from '../../test/support/webhooks-stage.js'

eachDatabase('webhooks', (open) => {
  let stage: WebhooksStage

  beforeEach(async () => {
    stage = await openWebhooksStage(await open())
  })

  test('owe nothing where no endpoint is set', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.failed'], url)
    await stage.webhooks.setEndpoint(otherId, ['message.sent'], url)
    await stage.publish(sent)
    expect(await stage.rows()).toEqual([])
    expect(stage.woken).toEqual([])
  })

  test('store what is owed, sealed and rendered once, and wake the courier', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent', 'message.failed'], url)
    await stage.publish(sent)

    const [row] = await stage.rows()
    expect(row).toMatchObject({
      instance_id: instanceId,
      event_kind: 'message.sent',
      url,
      status: 'pending',
      attempts: 0,
      next_attempt_at: 1_000,
      created_at: 1_000,
    })
    if (row?.body_sealed == null) throw new Error('there is a body')
    expect(Buffer.from(row.body_sealed).toString('latin1')).not.toContain('message.sent')
    const place = bodyContext({ id: row.id, instanceId })
    expect(Buffer.from(vault.open(row.body_sealed, place)).toString()).toBe(
      '{"is":"message.sent","text":"olá 🌊"}',
    )
    expect(stage.events).toHaveLength(1)
    expect(stage.woken).toEqual([{ id: row.lane, url }])
  })

  test('owe and wake nothing when the fact is rolled back', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], url)
    const undone = stage.database.transaction(async (transaction) => {
      await stage.webhooks.publish(sent, transaction)
      throw new Error('the fact is none')
    })
    await expect(undone).rejects.toThrow('the fact is none')
    expect(await stage.rows()).toEqual([])
    expect(stage.woken).toEqual([])
  })

  test('put what concerns one chat in one lane, and everything else elsewhere', async () => {
    const kinds = ['message.sent', 'message.failed', 'message.status-changed'] as const
    await stage.webhooks.setEndpoint(instanceId, kinds, url)
    await stage.webhooks.setEndpoint(instanceId, ['instance.connected'], url)
    await stage.webhooks.setEndpoint(otherId, kinds, url)
    await stage.publish(sent)
    await stage.publish(failed)
    await stage.publish(statusOf(recipient))
    await stage.publish(statusOf({ kind: 'group', group: '5511999999999' }))
    await stage.publish({ ...base, kind: 'instance.connected', phone: '55', business: false })
    await stage.publish({ ...sent, instanceId: otherId })
    await stage.webhooks.setEndpoint(instanceId, kinds, `${url}/2`)
    await stage.publish(sent)

    const [first, second, third, ...others] = (await stage.rows()).map(({ lane }) => lane)
    expect([second, third]).toEqual([first, first])
    expect(new Set([first, ...others]).size).toBe(5)
  })

  test('owe nothing that is muted', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent', 'message.status-changed'], url)
    stage.settings = { ...stage.settings, muted: { topics: ['outcome'], messages: [] } }
    await stage.publish(sent)
    await stage.publish(failed)
    await stage.publish(statusOf(recipient))
    expect(await stage.rows()).toMatchObject([{ event_kind: 'message.status-changed' }])
  })

  test('owe what was sent a second time, as received, to receivers that ask for it', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent', 'message.received'], url)
    const said = {
      masked: { kind: 'text', text: '••••' },
      full: { kind: 'text', text: '123456' },
    } as const
    await stage.publish({ ...sent, content: said })
    expect((await stage.rows()).map(({ event_kind }) => event_kind)).toEqual(['message.sent'])

    stage.settings = { ...stage.settings, notifySentByMe: true }
    await stage.publish(sent)
    await stage.publish({ ...sent, content: said })
    const [, , delivery, echo] = await stage.rows()
    expect(echo).toMatchObject({ event_kind: 'message.received', lane: delivery?.lane })
    expect(stage.events.at(-1)).toEqual({
      kind: 'message.received',
      instanceId,
      occurredAt: 0,
      ownPhone: '5522',
      throughUs: true,
      message: {
        whatsappId: '3EB0',
        chat: { ...recipient, lid: '1' },
        sender: { phone: '5522', lid: '9' },
        fromMe: true,
        at: 0,
        forwarded: false,
        content: said.masked,
      },
    })

    stage.settings = { ...stage.settings, tellCodes: true }
    await stage.publish({ ...sent, content: said })
    expect(stage.events.at(-1)).toMatchObject({ message: { content: said.full } })
    stage.settings = { ...stage.settings, muted: { topics: ['received'], messages: [] } }
    await stage.publish({ ...sent, content: said })
    expect(stage.events.at(-1)).toMatchObject({ kind: 'message.sent' })
  })

  test('counts pending and dead deliveries, without reading those that are done', async () => {
    expect(await stage.webhooks.figures()).toEqual({
      pending: 0,
      oldestPendingCreatedAt: undefined,
      dead: 0,
    })
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], url)
    for (let n = 0; n < 4; n += 1) await stage.publish(sent)
    const [done, dead, oldest] = await stage.rows()
    const set = (sequence: number | undefined, status: 'done' | 'dead') =>
      stage.database.query
        .updateTable('delivery')
        .set({ status })
        .where('sequence', '=', sequence ?? 0)
        .execute()
    await set(done?.sequence, 'done')
    await set(dead?.sequence, 'dead')
    expect(await stage.webhooks.figures()).toEqual({
      pending: 2,
      oldestPendingCreatedAt: oldest?.created_at,
      dead: 1,
    })
    if (stage.database.dialect !== 'sqlite') return
    for (const status of ['pending', 'dead']) {
      const plan = await sql<{ detail: string }>`
        explain query plan select count(*) from delivery where status = ${sql.lit(status)}
      `.execute(stage.database.query)
      expect(plan.rows.map(({ detail }) => detail).join()).toContain(`INDEX delivery_${status}`)
    }
  })
})
