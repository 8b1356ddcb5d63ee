import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import {
  instanceId,
  openWebhooksStage,
  sent,
  url,
  type WebhooksStage,
} from '../../test/support/webhooks-stage.js'

const poolId = instanceIdOf('3C')
const ofPool = { ...sent, pool: { id: poolId, onUnknown: 'wait', moves: [] } } as const

eachDatabase('callbacks for a message that was accepted for a pool', (open) => {
  let stage: WebhooksStage

  beforeEach(async () => {
    stage = await openWebhooksStage(await open())
    await insertInstances(stage.database, [poolId])
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], url)
  })

  const receivers = async () =>
    (await stage.rows()).map((row) => ({ owner: row.instance_id, url: row.url }))

  test("go to the pool's own URL", async () => {
    await stage.webhooks.setEndpoint(poolId, ['message.sent'], `${url}/pool`)
    await stage.publish(ofPool)
    expect(await receivers()).toEqual([{ owner: poolId, url: `${url}/pool` }])
  })

  test("go to the member's URL if the pool has none for this kind", async () => {
    await stage.webhooks.setEndpoint(poolId, ['message.failed'], `${url}/pool`)
    await stage.publish(ofPool)
    expect(await receivers()).toEqual([{ owner: instanceId, url }])
  })

  test("go to the member's URL if the message was accepted for the member", async () => {
    await stage.webhooks.setEndpoint(poolId, ['message.sent'], `${url}/pool`)
    await stage.publish({ ...ofPool, pool: undefined })
    await stage.publish(sent)
    const member = { owner: instanceId, url }
    expect(await receivers()).toEqual([member, member])
  })
})
