import { createHash, randomBytes } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { instanceIdOf, messageIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { Call } from '../domain/call.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import { defaultInstanceSettings, type InstanceId } from '../domain/instance.js'
import { eventKinds } from './endpoint-store.js'
import { Webhooks } from './webhooks.js'

const url = 'https://example.org/hook'
const phone = '5511999999999'
const person = { kind: 'person', phone } as const
const call: Call = {
  id: 'CALL' as Call['id'],
  chat: person,
  caller: person,
  video: false,
  step: 'ringing',
  at: 0,
  over: false,
}

eachDatabase('the lanes of webhooks', (open) => {
  let database: Database
  let webhooks: Webhooks
  let instanceId: InstanceId
  let published: GatewayEvent[]
  let rendered: object | undefined

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    published = []
    rendered = {}
    webhooks = new Webhooks({
      database,
      vault: createVault(randomBytes(32)),
      clock: new ManualClock(1_000),
      settings: { settingsOf: async () => defaultInstanceSettings },
      selfOf: () => ({ phone: '5522' }),
      render: () => rendered,
      wake: () => {},
      published: (event) => published.push(event),
    })
    await webhooks.setEndpoint(instanceId, eventKinds, url)
  })

  const publish = (event: GatewayEvent): Promise<void> =>
    database.transaction((transaction) => webhooks.publish(event, transaction))
  const lanes = async () =>
    (await database.query.selectFrom('delivery').select('lane').orderBy('sequence').execute()).map(
      ({ lane }) => lane,
    )
  const base = () => ({ instanceId, occurredAt: 0 })
  const sent = (): GatewayEvent => ({
    ...base(),
    kind: 'message.sent',
    messageId: messageIdOf('01'),
    whatsappId: whatsappIdOf('3EB0'),
    recipient: person,
    chat: person,
  })
  const typing = (typist: string): GatewayEvent => ({
    ...base(),
    kind: 'chat.presence-changed',
    presence: { chat: { kind: 'person', phone: typist }, presence: 'composing' },
  })

  it('put a call into the lane of its chat', async () => {
    await publish(sent())
    await publish({ ...base(), kind: 'call.changed', ownPhone: '5522', call })
    const [message, called] = await lanes()
    expect(called).toBe(message)
    expect(called).toMatch(/^[\w-]{43}$/u)
  })

  it('put who is typing into a lane of its own for each chat', async () => {
    await publish(sent())
    await publish(typing(phone))
    await publish(typing('5511888888888'))
    await publish(typing(phone))
    const [message, first, second, third] = await lanes()
    expect(third).toBe(first)
    expect(new Set([message, first, second]).size).toBe(3)
  })

  it('put all that concerns the instance into one lane', async () => {
    await publish(sent())
    await publish({ ...base(), kind: 'instance.connected', phone: '5522', business: false })
    const disconnection = { reason: 'network', since: 0 } as const
    await publish({ ...base(), kind: 'instance.disconnected', disconnection })
    await publish({ ...base(), kind: 'instance.passkey-needed', deadline: 9 })
    await publish({ ...base(), kind: 'instance.proxy-failed', proxy: 'http://proxy.example' })
    const [message, ...others] = await lanes()
    expect(others).toHaveLength(4)
    expect(new Set(others).size).toBe(1)
    expect(others).not.toContain(message)
    // What waits in the store keeps its lane after an upgrade.
    const place = JSON.stringify([instanceId, url, 'instance'])
    expect(others[0]).toBe(createHash('sha256').update(place).digest('base64url'))
    const other = await addInstance(database)
    await webhooks.setEndpoint(other, eventKinds, url)
    await publish({ ...base(), instanceId: other, kind: 'instance.passkey-needed', deadline: 9 })
    expect(others).not.toContain((await lanes()).at(-1))
  })

  it('tell an event once its transaction is committed, also where nothing is owed', async () => {
    await webhooks.setEndpoint(instanceId, eventKinds, undefined)
    await database.transaction(async (transaction) => {
      await webhooks.publish(sent(), transaction)
      expect(published).toEqual([])
    })
    expect(published).toEqual([sent()])
    expect(await lanes()).toEqual([])
  })

  it('owe nothing where the dialect has no callback for an event', async () => {
    rendered = undefined
    await publish(sent())
    expect(await lanes()).toEqual([])
  })

  it('set several URLs at once, and undo them with the transaction', async () => {
    const urls = new Map([
      ['message.sent', `${url}/sent`],
      ['message.failed', `${url}/failed`],
    ] as const)
    const undone = database.transaction(async (transaction) => {
      await webhooks.setEndpoints(instanceId, urls, transaction)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await webhooks.urls()).toEqual([url])
    await database.transaction((transaction) =>
      webhooks.setEndpoints(instanceId, urls, transaction),
    )
    expect((await webhooks.endpoints(instanceId)).get('message.failed')).toBe(`${url}/failed`)
    expect((await webhooks.endpoints(instanceId)).get('message.sent')).toBe(`${url}/sent`)
    expect((await webhooks.urls()).toSorted()).toEqual([url, `${url}/failed`, `${url}/sent`])
  })

  it('know whether a kind of event goes anywhere', async () => {
    await webhooks.setEndpoint(instanceId, ['message.failed'], undefined)
    expect(await webhooks.hasEndpoint(instanceId, 'message.sent')).toBe(true)
    expect(await webhooks.hasEndpoint(instanceId, 'message.failed')).toBe(false)
    expect(await webhooks.hasEndpoint(instanceIdOf('3C'), 'message.sent')).toBe(false)
  })
})
