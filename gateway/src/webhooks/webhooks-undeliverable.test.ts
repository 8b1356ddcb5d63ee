import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import {
  base,
  failed,
  instanceId,
  openWebhooksStage,
  recipient,
  url,
  type WebhooksStage,
} from '../../test/support/webhooks-stage.js'

const undeliverable = {
  ...base,
  kind: 'message.undeliverable',
  whatsappId: failed.whatsappId,
  recipient,
  acceptedAt: 0,
  mayHaveArrived: false,
} as const

eachDatabase('the callback that a code cannot be delivered now', (open) => {
  let stage: WebhooksStage

  beforeEach(async () => {
    stage = await openWebhooksStage(await open())
  })

  test('goes to the URL for failed messages', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], `${url}/sent`)
    await stage.publish(undeliverable)
    expect(await stage.rows()).toEqual([])
    await stage.webhooks.setEndpoint(instanceId, ['message.failed'], url)
    await stage.publish(undeliverable)
    expect(await stage.rows()).toMatchObject([{ url, event_kind: 'message.undeliverable' }])
  })

  test('waits for no other callback of its chat, only for those of its kind', async () => {
    await stage.webhooks.setEndpoint(instanceId, ['message.failed'], url)
    await stage.publish(failed)
    await stage.publish(undeliverable)
    await stage.publish(undeliverable)
    await stage.publish({ ...undeliverable, recipient: { kind: 'person', phone: '5522' } })
    const [chat, first, second, other] = (await stage.rows()).map(({ lane }) => lane)
    expect(second).toBe(first)
    expect(new Set([chat, first, other]).size).toBe(3)
  })
})
