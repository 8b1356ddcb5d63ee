import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database, Transaction } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import {
  disableUrl,
  enableUrl,
  eventKinds,
  readDisabled,
  readEndpoints,
  readUrls,
  writeEndpoint,
} from './endpoint-store.js'

const url = 'https://example.com/hook'
const otherUrl = 'https://example.com/other'

eachDatabase('the store of endpoints', (openDatabase) => {
  let database: Database
  let instanceId: InstanceId
  let otherId: InstanceId

  beforeEach(async () => {
    database = await openDatabase()
    instanceId = await addInstance(database)
    otherId = await addInstance(database)
    await change((transaction) =>
      writeEndpoint(transaction, instanceId, ['message.sent', 'message.failed'], url),
    )
    await change((transaction) =>
      writeEndpoint(transaction, instanceId, ['message.received'], otherUrl),
    )
    await change((transaction) => writeEndpoint(transaction, otherId, ['message.sent'], url))
  })

  function change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return database.transaction(work)
  }
  const disable = (at = 50) => change((transaction) => disableUrl(transaction, instanceId, url, at))
  const endpointsOf = async (id: InstanceId) =>
    Object.fromEntries(await readEndpoints(database.query, id))

  it('disables a URL for one instance alone, and tells whether it was in use', async () => {
    expect(await disable()).toBe(true)
    expect(await disable(60)).toBe(false)
    expect(
      await change((transaction) =>
        disableUrl(transaction, instanceId, 'https://unknown.example', 70),
      ),
    ).toBe(false)
    expect(await endpointsOf(instanceId)).toStrictEqual({ 'message.received': otherUrl })
    expect(await endpointsOf(otherId)).toStrictEqual({ 'message.sent': url })
  })

  it('lists the disabled URLs of one instance or of all, each once with its kinds', async () => {
    expect(await readDisabled(database.query)).toEqual([])
    await disable()
    await change((transaction) => disableUrl(transaction, otherId, url, 60))
    await change((transaction) => disableUrl(transaction, instanceId, otherUrl, 70))
    const kinds = ['message.failed', 'message.sent']
    const first = { instanceId, url, kinds, disabledAt: 50 }
    const second = { instanceId, url: otherUrl, kinds: ['message.received'], disabledAt: 70 }
    const others = { instanceId: otherId, url, kinds: ['message.sent'], disabledAt: 60 }
    expect(await readDisabled(database.query, instanceId)).toEqual([first, second])
    const all = instanceId < otherId ? [first, second, others] : [others, first, second]
    expect(await readDisabled(database.query)).toEqual(all)
  })

  it('leaves out events that this version does not know', async () => {
    const values = { instance_id: otherId, event_kind: 'message.exploded', url, disabled_at: 1 }
    await database.query.insertInto('callback_endpoint').values(values).execute()
    expect(await readDisabled(database.query)).toEqual([])
  })

  it('switches a URL on again where it was disabled, and gives its kinds', async () => {
    await disable()
    await change((transaction) => disableUrl(transaction, otherId, url, 60))
    expect(await change((transaction) => enableUrl(transaction, instanceId, otherUrl))).toEqual([])
    const enabled = await change((transaction) => enableUrl(transaction, instanceId, url))
    expect(enabled.toSorted()).toEqual(['message.failed', 'message.sent'])
    expect(await change((transaction) => enableUrl(transaction, instanceId, url))).toEqual([])
    expect(await readDisabled(database.query)).toMatchObject([{ instanceId: otherId }])
  })

  it('gives every URL in use once', async () => {
    expect((await readUrls(database.query)).toSorted()).toEqual([url, otherUrl])
    await change((transaction) => disableUrl(transaction, instanceId, otherUrl, 50))
    expect(await readUrls(database.query)).toEqual([url])
  })

  it('keeps a URL for every kind of event', async () => {
    await change((transaction) => writeEndpoint(transaction, instanceId, eventKinds, url))
    const all = Object.fromEntries(eventKinds.map((kind) => [kind, url]))
    expect(await endpointsOf(instanceId)).toStrictEqual(all)
    expect(eventKinds).toContain('instance.proxy-failed')
  })
})
