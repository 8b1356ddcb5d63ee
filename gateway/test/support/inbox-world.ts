/** An inbox on a real database. The messages that it was sent stand in `ours`, and its events in `events`. */

import type { Database } from '../../src/db/database.js'
import type { Recipient } from '../../src/domain/chat.js'
import type { Receipt } from '../../src/domain/engine.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import type { MediaReference } from '../../src/domain/incoming-content.js'
import type { IncomingMessage } from '../../src/domain/incoming-message.js'
import type { ReceiptStatus } from '../../src/domain/message-status.js'
import { Inbox } from '../../src/inbox/inbox.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { ManualClock } from './manual-clock.js'
import { instanceIdOf, whatsappIdOf } from './outgoing-message.js'
import { insertInstances } from './stored-instance.js'

export const instanceId = instanceIdOf('3A')
export const otherId = instanceIdOf('3B')
export const ownPhone = '5511888888888'
export const [a, b, c] = [whatsappIdOf('3EB0A'), whatsappIdOf('3EB0B'), whatsappIdOf('3EB0C')]

export const ana: Recipient = { kind: 'person', phone: '5511999999999' }
export const group: Recipient = { kind: 'group', group: '120363019502650977' }
/** How WhatsApp names Ana: without the ninth digit and by LID. */
const anaOnWhatsApp = { kind: 'person', phone: '551199999999', lid: '818966' } as const

const order: readonly ReceiptStatus[] = ['sent', 'delivered', 'read', 'played']

export function textFrom(fields: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    whatsappId: a,
    chat: anaOnWhatsApp,
    sender: { lid: '818966' },
    fromMe: false,
    at: 500,
    forwarded: false,
    content: { kind: 'text', text: 'oi' },
    ...fields,
  }
}

export class InboxWorld {
  readonly events: GatewayEvent[] = []
  readonly kept: MediaReference[] = []
  readonly clock = new ManualClock(1_000)
  readonly inbox: Inbox
  /** Whether publishing fails. */
  mustFail = false
  notifySentByMe = false
  /** What the number sent: `a` and `b` to Ana, `c` to the group. */
  readonly ours = new Map<
    string,
    { recipient: Recipient; status?: ReceiptStatus; notBefore?: number }
  >([
    [a, { recipient: ana }],
    [b, { recipient: ana }],
    [c, { recipient: group }],
  ])

  readonly database: Database

  constructor(database: Database) {
    this.database = database
    this.inbox = new Inbox({
      database,
      clock: this.clock,
      log: silentLog,
      kept: { async keep() {}, async change() {}, async forget() {} },
      directory: { async heard() {} },
      media: {
        keep: async (_, references, { afterCommit }) => {
          afterCommit(() => this.kept.push(...references))
        },
      },
      settings: { settingsOf: async () => ({ notifySentByMe: this.notifySentByMe }) },
      sent: this.#sent(),
      events: {
        publish: async (event, { afterCommit }) => {
          if (this.mustFail) throw new Error('no space left')
          afterCommit(() => this.events.push(event))
        },
      },
    })
  }

  readonly known = () => this.database.query.selectFrom('incoming_message').selectAll().execute()

  readonly receipt = (change: Partial<Receipt>): Promise<void> =>
    this.inbox.receipt(instanceId, {
      whatsappIds: [a],
      status: 'delivered',
      chat: { kind: 'person', lid: '818966' },
      at: 700,
      ...change,
    })

  #sent(): ConstructorParameters<typeof Inbox>[0]['sent'] {
    return {
      advance: async (_, whatsappId, { status, at, chat }) => {
        const message = this.ours.get(whatsappId)
        if (message === undefined) return undefined
        const { recipient, notBefore = 0 } = message
        if ((recipient.kind === 'group') !== (chat.kind === 'group')) return undefined
        const isNews = order.indexOf(status) > order.indexOf(message.status ?? 'sent')
        if (isNews) message.status = status
        return {
          recipient,
          pool: undefined,
          isNews,
          at: isNews ? Math.max(at, notBefore) : notBefore,
        }
      },
      sent: async (_, whatsappId) => {
        const message = this.ours.get(whatsappId)
        return message && { recipient: message.recipient, at: message.notBefore ?? 0 }
      },
    }
  }
}

/** With the instances `instanceId` and `otherId`. */
export async function openInboxWorld(database: Database): Promise<InboxWorld> {
  await insertInstances(database, [instanceId, otherId])
  return new InboxWorld(database)
}
