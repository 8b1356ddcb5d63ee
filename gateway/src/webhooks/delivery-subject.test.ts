import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import {
  base,
  failed,
  instanceId,
  openWebhooksStage,
  recipient,
  sent,
  statusOf,
  url,
  type WebhooksStage,
} from '../../test/support/webhooks-stage.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { Call } from '../domain/call.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import { DeliveryListing } from './delivery-listing.js'
import { eventKinds } from './endpoint-store.js'

const ana = { kind: 'person', phone: '5511999999998' } as const
const group = { kind: 'group', group: '120363019502650977' } as const
const none = { messageId: undefined, whatsappId: undefined, chat: undefined }

eachDatabase('what a callback tells of', (open) => {
  let stage: WebhooksStage

  beforeEach(async () => {
    stage = await openWebhooksStage(await open())
    await stage.webhooks.setEndpoint(instanceId, eventKinds, url)
  })

  const listed = async (event: GatewayEvent) => {
    await stage.publish(event)
    const [row] = await new DeliveryListing(stage).page(instanceId, { limit: 1 })
    return row && { messageId: row.messageId, whatsappId: row.whatsappId, chat: row.chat }
  }

  it('is the message and the chat that the caller wrote to', async () => {
    const ours = { messageId: base.messageId, chat: recipient }
    expect(await listed(sent)).toEqual({ ...ours, whatsappId: sent.whatsappId })
    expect(await listed(failed)).toEqual({ ...ours, whatsappId: failed.whatsappId })
    const whatsappId = whatsappIdOf('3EB2')
    const waiting = { ...base, recipient, whatsappId, acceptedAt: 0, mayHaveArrived: false }
    const undeliverable = { ...waiting, kind: 'message.undeliverable' } as const
    expect(await listed(undeliverable)).toEqual({ ...ours, whatsappId })
  })

  it('is the message of a receipt, and its chat', async () => {
    const told = { ...none, whatsappId: whatsappIdOf('3EB0'), chat: group }
    expect(await listed(statusOf(group))).toEqual(told)
  })

  it('is the message that was received, and its chat', async () => {
    const whatsappId = whatsappIdOf('3EB3')
    const received: GatewayEvent = {
      kind: 'message.received',
      instanceId,
      occurredAt: 0,
      ownPhone: '5522',
      message: {
        whatsappId,
        chat: ana,
        sender: ana,
        fromMe: false,
        at: 0,
        forwarded: false,
        content: { kind: 'text', text: 'oi' },
      },
    }
    expect(await listed(received)).toEqual({ ...none, whatsappId, chat: ana })
  })

  it('is the chat of a call and of a presence', async () => {
    const call: Call = {
      id: 'CALL' as Call['id'],
      chat: ana,
      caller: ana,
      video: false,
      step: 'ringing',
      at: 0,
      over: false,
    }
    const kind = 'call.changed'
    const called = { kind, instanceId, occurredAt: 0, ownPhone: '5522', call } as const
    expect(await listed(called)).toEqual({ ...none, chat: ana })
    const presence = { chat: group, presence: 'composing' } as const
    const typing = { kind: 'chat.presence-changed', instanceId, occurredAt: 0, presence } as const
    expect(await listed(typing)).toEqual({ ...none, chat: group })
  })

  it('is no chat where the instance itself changed', async () => {
    const about = { instanceId, occurredAt: 0 }
    const connected = {
      ...about,
      kind: 'instance.connected',
      phone: '55',
      business: false,
    } as const
    expect(await listed(connected)).toEqual(none)
  })
})
