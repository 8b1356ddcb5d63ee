/** Webhooks on a real database, with the instances `instanceId` and `otherId`. */

import { randomBytes } from 'node:crypto'
import type { Database } from '../../src/db/database.js'
import { createVault } from '../../src/db/encryption.js'
import type { ChatId } from '../../src/domain/chat.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import { defaultInstanceSettings, type InstanceSettings } from '../../src/domain/instance.js'
import type { Lane } from '../../src/webhooks/lanes.js'
import { Webhooks } from '../../src/webhooks/webhooks.js'
import { ManualClock } from './manual-clock.js'
import { instanceIdOf, messageIdOf, whatsappIdOf } from './outgoing-message.js'
import { insertInstances } from './stored-instance.js'

export const instanceId = instanceIdOf('3A')
export const otherId = instanceIdOf('3B')
export const url = 'https://example.org/hook'
export const vault = createVault(randomBytes(32))

export const base = { instanceId, occurredAt: 0, messageId: messageIdOf('01') }
export const recipient = { kind: 'person', phone: '5511999999999' } as const
export const sent = {
  ...base,
  kind: 'message.sent',
  whatsappId: whatsappIdOf('3EB0'),
  recipient,
  // The number as WhatsApp has it.
  chat: { kind: 'person', phone: '551199999999', lid: '1' },
} as const satisfies GatewayEvent
export const failed = {
  ...base,
  kind: 'message.failed',
  whatsappId: whatsappIdOf('3EB1'),
  recipient,
  reason: 'expired',
  explanation: '',
} as const satisfies GatewayEvent
export const statusOf = (chat: ChatId): GatewayEvent => ({
  ...base,
  kind: 'message.status-changed',
  whatsappIds: [whatsappIdOf('3EB0')],
  status: 'read',
  chat,
})

export class WebhooksStage {
  readonly database: Database
  readonly webhooks: Webhooks
  /** The lanes that the courier was woken for. */
  readonly woken: Lane[] = []
  /** Each event that was rendered. */
  readonly events: GatewayEvent[] = []
  settings: InstanceSettings = defaultInstanceSettings

  constructor(database: Database) {
    this.database = database
    this.webhooks = new Webhooks({
      database,
      vault,
      clock: new ManualClock(1_000),
      settings: { settingsOf: async () => this.settings },
      selfOf: () => ({ phone: '5522', lid: '9' }),
      render: (event) => {
        this.events.push(event)
        return { is: event.kind, text: 'olá 🌊' }
      },
      wake: (lane) => this.woken.push(lane),
    })
  }

  readonly rows = () =>
    this.database.query.selectFrom('delivery').selectAll().orderBy('sequence').execute()

  readonly publish = (event: GatewayEvent): Promise<void> =>
    this.database.transaction((transaction) => this.webhooks.publish(event, transaction))
}

export async function openWebhooksStage(database: Database): Promise<WebhooksStage> {
  await insertInstances(database, [instanceId, otherId])
  return new WebhooksStage(database)
}
