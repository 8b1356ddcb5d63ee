import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import {
  instanceId,
  openWebhooksStage,
  otherId,
  sent,
  url,
  type WebhooksStage,
} from '../../test/support/webhooks-stage.js'

eachDatabase('endpoints of webhooks', (open) => {
  let stage: WebhooksStage

  beforeEach(async () => {
    stage = await openWebhooksStage(await open())
  })

  test('take URLs longer than what fits into an index', async () => {
    const long = `${url}?${randomBytes(4_000).toString('hex')}`
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], long)
    await stage.publish(sent)
    expect(await stage.rows()).toMatchObject([{ url: long }])
  })

  test('set, replace, list and clear endpoints kind by kind', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent', 'message.failed'], url)
    await stage.webhooks.setEndpoint(instanceId, ['message.failed', 'message.received'], `${url}/2`)
    await stage.webhooks.setEndpoint(otherId, ['message.sent'], `${url}/3`)
    await stage.webhooks.setEndpoint(instanceId, [], `${url}/4`)
    expect(Object.fromEntries(await stage.webhooks.endpoints(instanceId))).toEqual({
      'message.sent': url,
      'message.failed': `${url}/2`,
      'message.received': `${url}/2`,
    })

    await stage.webhooks.setEndpoint(instanceId, ['message.sent', 'message.received'], undefined)
    expect(Object.fromEntries(await stage.webhooks.endpoints(instanceId))).toEqual({
      'message.failed': `${url}/2`,
    })
  })

  test('still owe what was published before the endpoint was cleared', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], url)
    await stage.publish(sent)
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], undefined)
    await stage.publish(sent)
    expect(await stage.rows()).toHaveLength(1)
  })
})
