import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { instanceIdOf, messageIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { ChatId } from '../domain/chat.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import { defaultInstanceSettings, type InstanceSettings } from '../domain/instance.js'
import { bodyContext } from './delivery-store.js'
import type { Lane } from './lanes.js'
import { Webhooks } from './webhooks.js'

const instanceId = instanceIdOf('3A')
const otherId = instanceIdOf('3B')
const url = 'https://example.org/hook'
const vault = createVault(randomBytes(32))

const base = { instanceId, occurredAt: 0, messageId: messageIdOf('01') }
const recipient = { kind: 'person', phone: '5511999999999' } as const
const sent: GatewayEvent = {
  ...base,
  kind: 'message.sent',
  whatsappId: whatsappIdOf('3EB0'),
  recipient,
  // The number as WhatsApp has it.
  chat: { kind: 'person', phone: '551199999999', lid: '1' },
}
const failed: GatewayEvent = {
  ...base,
  kind: 'message.failed',
  whatsappId: whatsappIdOf('3EB1'),
  recipient,
  reason: 'expired',
  explanation: '',
}
const statusOf = (chat: ChatId): GatewayEvent => ({
  ...base,
  kind: 'message.status-changed',
  whatsappIds: [whatsappIdOf('3EB0')],
  status: 'read',
  chat,
})

eachDatabase('webhooks', (open) => {
  let database: Database
  let webhooks: Webhooks
  let woken: Lane[]
  let rendered: number
  let events: GatewayEvent[]
  let settings: InstanceSettings

  const rows = () => database.query.selectFrom('delivery').selectAll().orderBy('sequence').execute()
  const publish = (event: GatewayEvent): Promise<void> =>
    database.transaction((transaction) => webhooks.publish(event, transaction))

  beforeEach(async () => {
    database = await open()
    for (const id of [instanceId, otherId]) {
      const token = { token_hash: '', token_sealed: new Uint8Array() }
      await database.query
        .insertInto('instance')
        .values({ id, name: 'test', ...token, settings: '{}', created_at: 0 })
        .execute()
    }
    woken = []
    rendered = 0
    events = []
    settings = defaultInstanceSettings
    webhooks = new Webhooks({
      database,
      vault,
      clock: new ManualClock(1_000),
      settings: { settingsOf: async () => settings },
      selfOf: () => ({ phone: '5522', lid: '9' }),
      render: (event) => {
        rendered += 1
        events.push(event)
        return { is: event.kind, text: 'olá 🌊' }
      },
      wake: (lane) => woken.push(lane),
    })
  })

  test('owe nothing where no endpoint is set', async () => {
    await webhooks.setEndpoint(instanceId, ['message.failed'], url)
    await webhooks.setEndpoint(otherId, ['message.sent'], url)
    await publish(sent)
    expect(await rows()).toEqual([])
    expect(woken).toEqual([])
  })

  test('store what is owed, sealed and rendered once, and wake the courier', async () => {
    await webhooks.setEndpoint(instanceId, ['message.sent', 'message.failed'], url)
    await publish(sent)

    const [row] = await rows()
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
    expect(rendered).toBe(1)
    expect(woken).toEqual([{ id: row.lane, url }])
  })

  test('owe nothing and wake nobody when the fact is rolled back', async () => {
    await webhooks.setEndpoint(instanceId, ['message.sent'], url)
    const undone = database.transaction(async (transaction) => {
      await webhooks.publish(sent, transaction)
      throw new Error('the fact is none')
    })
    await expect(undone).rejects.toThrow('the fact is none')
    expect(await rows()).toEqual([])
    expect(woken).toEqual([])
  })

  test('put what concerns one chat in one lane, and everything else elsewhere', async () => {
    const kinds = ['message.sent', 'message.failed', 'message.status-changed'] as const
    await webhooks.setEndpoint(instanceId, kinds, url)
    await webhooks.setEndpoint(instanceId, ['instance.connected'], url)
    await webhooks.setEndpoint(otherId, kinds, url)
    await publish(sent)
    await publish(failed)
    await publish(statusOf(recipient))
    await publish(statusOf({ kind: 'group', group: '5511999999999' }))
    await publish({ ...base, kind: 'instance.connected', phone: '55', business: false })
    await publish({ ...sent, instanceId: otherId })
    await webhooks.setEndpoint(instanceId, kinds, `${url}/2`)
    await publish(sent)

    const [first, second, third, ...others] = (await rows()).map(({ lane }) => lane)
    expect([second, third]).toEqual([first, first])
    expect(new Set([first, ...others]).size).toBe(5)
  })

  test('take URLs longer than what fits into an index', async () => {
    const long = `${url}?${randomBytes(4_000).toString('hex')}`
    await webhooks.setEndpoint(instanceId, ['message.sent'], long)
    await publish(sent)
    expect(await rows()).toMatchObject([{ url: long }])
  })

  test('set, replace, list and clear endpoints kind by kind', async () => {
    await webhooks.setEndpoint(instanceId, ['message.sent', 'message.failed'], url)
    await webhooks.setEndpoint(instanceId, ['message.failed', 'message.received'], `${url}/2`)
    await webhooks.setEndpoint(otherId, ['message.sent'], `${url}/3`)
    await webhooks.setEndpoint(instanceId, [], `${url}/4`)
    expect(Object.fromEntries(await webhooks.endpoints(instanceId))).toEqual({
      'message.sent': url,
      'message.failed': `${url}/2`,
      'message.received': `${url}/2`,
    })

    await webhooks.setEndpoint(instanceId, ['message.sent', 'message.received'], undefined)
    expect(Object.fromEntries(await webhooks.endpoints(instanceId))).toEqual({
      'message.failed': `${url}/2`,
    })
  })

  test('owe nothing that is muted', async () => {
    await webhooks.setEndpoint(instanceId, ['message.sent', 'message.status-changed'], url)
    settings = { ...settings, muted: { topics: ['outcome'], messages: [] } }
    await publish(sent)
    await publish(failed)
    await publish(statusOf(recipient))
    expect(await rows()).toMatchObject([{ event_kind: 'message.status-changed' }])
  })

  test('owe what was sent a second time, as received, to whoever wants to hear of it', async () => {
    await webhooks.setEndpoint(instanceId, ['message.sent', 'message.received'], url)
    const said = {
      masked: { kind: 'text', text: '••••' },
      full: { kind: 'text', text: '123456' },
    } as const
    await publish({ ...sent, said })
    expect((await rows()).map(({ event_kind }) => event_kind)).toEqual(['message.sent'])

    settings = { ...settings, notifySentByMe: true }
    await publish(sent)
    await publish({ ...sent, said })
    const [, , delivery, echo] = await rows()
    expect(echo).toMatchObject({ event_kind: 'message.received', lane: delivery?.lane })
    expect(events.at(-1)).toEqual({
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

    settings = { ...settings, tellCodes: true }
    await publish({ ...sent, said })
    expect(events.at(-1)).toMatchObject({ message: { content: said.full } })
    settings = { ...settings, muted: { topics: ['received'], messages: [] } }
    await publish({ ...sent, said })
    expect(events.at(-1)).toMatchObject({ kind: 'message.sent' })
  })

  test('still owe what was published before the endpoint was cleared', async () => {
    await webhooks.setEndpoint(instanceId, ['message.sent'], url)
    await publish(sent)
    await webhooks.setEndpoint(instanceId, ['message.sent'], undefined)
    await publish(sent)
    expect(await rows()).toHaveLength(1)
  })

  test('counts pending and dead deliveries, without reading those that are done', async () => {
    expect(await webhooks.figures()).toEqual({
      pending: 0,
      oldestPendingCreatedAt: undefined,
      dead: 0,
    })
    await webhooks.setEndpoint(instanceId, ['message.sent'], url)
    for (let n = 0; n < 4; n += 1) await publish(sent)
    const [done, dead, oldest] = await rows()
    const set = (sequence: number | undefined, status: 'done' | 'dead') =>
      database.query
        .updateTable('delivery')
        .set({ status })
        .where('sequence', '=', sequence ?? 0)
        .execute()
    await set(done?.sequence, 'done')
    await set(dead?.sequence, 'dead')
    expect(await webhooks.figures()).toEqual({
      pending: 2,
      oldestPendingCreatedAt: oldest?.created_at,
      dead: 1,
    })
    if (database.dialect !== 'sqlite') return
    for (const status of ['pending', 'dead']) {
      const plan = await sql<{ detail: string }>`
        explain query plan select count(*) from delivery where status = ${sql.lit(status)}
      `.execute(database.query)
      expect(plan.rows.map(({ detail }) => detail).join()).toContain(`INDEX delivery_${status}`)
    }
  })
})
