import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { instanceIdOf, mediaIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { Database } from '../db/database.js'
import type { Recipient } from '../domain/chat.js'
import type { Receipt } from '../domain/engine.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { MediaReference } from '../domain/incoming-content.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { ReceiptStatus } from '../domain/message-status.js'
import { silentLog } from '../runtime/telemetry.js'
import { Inbox } from './inbox.js'

const instanceId = instanceIdOf('3A')
const otherId = instanceIdOf('3B')
const ownPhone = '5511888888888'
const dayMs = 24 * 3_600_000
const [a, b, c] = [whatsappIdOf('3EB0A'), whatsappIdOf('3EB0B'), whatsappIdOf('3EB0C')]

const ana: Recipient = { kind: 'person', phone: '5511999999999' }
const group: Recipient = { kind: 'group', group: '120363019502650977' }
/** How WhatsApp names Ana: without the ninth digit and by LID. */
const anaOnWhatsApp = { kind: 'person', phone: '551199999999', lid: '818966' } as const

const order: readonly ReceiptStatus[] = ['sent', 'delivered', 'read', 'played']

function textFrom(fields: Partial<IncomingMessage> = {}): IncomingMessage {
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

eachDatabase('the inbox', (open) => {
  let database: Database
  let clock: ManualClock
  let inbox: Inbox
  let events: GatewayEvent[]
  let mustFail: boolean
  let kept: MediaReference[]
  let notifySentByMe: boolean
  let ours: Map<string, { recipient: Recipient; status?: ReceiptStatus; notBefore?: number }>

  const known = () => database.query.selectFrom('incoming_message').selectAll().execute()
  const receipt = (change: Partial<Receipt>): Promise<void> =>
    inbox.receipt(instanceId, {
      whatsappIds: [a],
      status: 'delivered',
      chat: { kind: 'person', lid: '818966' },
      at: 700,
      ...change,
    })

  beforeEach(async () => {
    database = await open()
    for (const id of [instanceId, otherId]) {
      const token = { token_hash: '', token_sealed: new Uint8Array() }
      await database.query
        .insertInto('instance')
        .values({ id, name: 'test', ...token, settings: '{}', created_at: 0 })
        .execute()
    }
    clock = new ManualClock(1_000)
    events = []
    mustFail = false
    kept = []
    notifySentByMe = false
    ours = new Map([
      [a, { recipient: ana }],
      [b, { recipient: ana }],
      [c, { recipient: group }],
    ])
    inbox = new Inbox({
      database,
      clock,
      log: silentLog,
      kept: { async keep() {}, async change() {}, async forget() {} },
      directory: { async heard() {} },
      media: {
        async keep(_, references, { afterCommit }) {
          afterCommit(() => kept.push(...references))
        },
      },
      settings: { settingsOf: async () => ({ notifySentByMe }) },
      sent: {
        async advance(_, whatsappId, { status, at, chat }) {
          const message = ours.get(whatsappId)
          if (message === undefined) return undefined
          const { recipient, notBefore = 0 } = message
          if ((recipient.kind === 'group') !== (chat.kind === 'group')) return undefined
          const isNews = order.indexOf(status) > order.indexOf(message.status ?? 'sent')
          if (isNews) message.status = status
          return { recipient, isNews, at: isNews ? Math.max(at, notBefore) : notBefore }
        },
        async sent(_, whatsappId) {
          const message = ours.get(whatsappId)
          return message && { recipient: message.recipient, at: message.notBefore ?? 0 }
        },
      },
      events: {
        async publish(event, { afterCommit }) {
          if (mustFail) throw new Error('no space left')
          afterCommit(() => events.push(event))
        },
      },
    })
  })

  test('tells once how far a message came, for the chat that its caller wrote to', async () => {
    await receipt({ status: 'delivered' })
    await receipt({ status: 'delivered' })
    expect(events).toEqual([
      {
        kind: 'message.status-changed',
        instanceId,
        occurredAt: 700,
        whatsappIds: [a],
        status: 'delivered',
        chat: ana,
        participant: undefined,
      },
    ])
  })

  test('tells of several messages at once, and leaves out what moved before and what is not ours', async () => {
    await receipt({ whatsappIds: [b], status: 'read' })
    await receipt({ whatsappIds: [a, b, whatsappIdOf('FOREIGN')], status: 'read' })
    expect(events).toMatchObject([{ whatsappIds: [b] }, { whatsappIds: [a], status: 'read' }])
  })

  test('keeps messages of one chat in one event', async () => {
    await receipt({ whatsappIds: [a, b], status: 'read' })
    expect(events).toMatchObject([{ whatsappIds: [a, b] }])
  })

  test('dates what it tells of several messages by the latest of them', async () => {
    ours.set(b, { recipient: ana, notBefore: 900 })
    await receipt({ whatsappIds: [a, b, whatsappIdOf('FOREIGN')], at: 700 })
    expect(events).toMatchObject([{ whatsappIds: [a, b], occurredAt: 900 }])
  })

  test('says nothing of receipts for messages that others sent', async () => {
    await receipt({ whatsappIds: [whatsappIdOf('FOREIGN')] })
    expect(events).toEqual([])
    await receipt({})
    expect(events).toHaveLength(1)
  })

  test('tells how far every member of a group came, each step once', async () => {
    const from = (phone: string, status: ReceiptStatus) =>
      receipt({
        whatsappIds: [c],
        chat: { kind: 'group', group: '1' },
        participant: { phone },
        device: 2,
        status,
      })
    await from('1', 'read')
    await from('2', 'delivered')
    await from('1', 'read')
    await from('1', 'delivered')
    await from('2', 'read')
    await from('2', 'delivered')
    expect(
      events.map((event) => 'participant' in event && [event.participant?.phone, event.status]),
    ).toEqual([
      ['1', 'read'],
      ['2', 'delivered'],
      ['2', 'read'],
    ])
    expect(events[0]).toMatchObject({ device: 2, whatsappIds: [c], chat: group })
  })

  test('tells nothing of a group message that is not ours', async () => {
    await receipt({
      whatsappIds: [whatsappIdOf('3EB0F')],
      chat: { kind: 'group', group: '1' },
      participant: { phone: '1' },
    })
    expect(events).toEqual([])
  })

  test('believes a chat only about what was sent there', async () => {
    const participant = { phone: '1' }
    await receipt({ whatsappIds: [a], chat: { kind: 'group', group: '1' }, participant })
    await receipt({ whatsappIds: [c], chat: { kind: 'person', lid: '818966' } })
    expect(events).toEqual([])
    await receipt({ whatsappIds: [a] })
    expect(events).toHaveLength(1)
  })

  test('names the participant in a group', async () => {
    const participant = { phone: '5511777777777' }
    await receipt({ whatsappIds: [c], chat: { kind: 'group', group: '1' }, participant })
    expect(events).toMatchObject([{ chat: group, participant }])
  })

  test('tells of an incoming message once', async () => {
    await inbox.received(instanceId, ownPhone, textFrom())
    await inbox.received(instanceId, ownPhone, textFrom())
    expect(events).toEqual([
      {
        kind: 'message.received',
        instanceId,
        occurredAt: 500,
        ownPhone,
        message: textFrom(),
      },
    ])
  })

  test('tells of an incoming message once when it comes twice at the same moment', async () => {
    const twice = [1, 2].map(() => inbox.received(instanceId, ownPhone, textFrom()))
    await Promise.all(twice)
    expect(events).toHaveLength(1)
  })

  test('tells apart the same id in another chat and in another instance', async () => {
    await inbox.received(instanceId, ownPhone, textFrom())
    await inbox.received(instanceId, ownPhone, textFrom({ chat: { kind: 'group', group: '1' } }))
    await inbox.received(otherId, ownPhone, textFrom())
    expect(events).toHaveLength(3)
  })

  test('tells later what could not be stored the first time', async () => {
    mustFail = true
    await expect(inbox.received(instanceId, ownPhone, textFrom())).rejects.toThrow('no space left')
    mustFail = false
    await inbox.received(instanceId, ownPhone, textFrom())
    expect(events).toHaveLength(1)
  })

  test('tells of a message that could not be read, and once more when it can be', async () => {
    const waiting = textFrom({ content: { kind: 'waiting', viewOnce: false } })
    await inbox.received(instanceId, ownPhone, waiting)
    await inbox.received(instanceId, ownPhone, waiting)
    await inbox.received(instanceId, ownPhone, textFrom())
    await inbox.received(instanceId, ownPhone, waiting)
    const contents = events.map((event) => 'message' in event && event.message.content.kind)
    expect(contents).toEqual(['waiting', 'text'])
  })

  test('does not tell that somebody changed or took back what another wrote', async () => {
    const chat = { kind: 'group', group: '12' } as const
    const theirs = whatsappIdOf('3EB0D')
    const [bia, caio] = [{ lid: '300' }, { lid: '400', phone: '5533' }]
    const say = (id: string, fields: Partial<IncomingMessage>) =>
      inbox.received(
        instanceId,
        ownPhone,
        textFrom({ whatsappId: whatsappIdOf(id), chat, sender: caio, ...fields }),
      )
    const deletedBy = (sender: IncomingMessage['sender'], author = sender) =>
      ({
        sender,
        content: {
          kind: 'deleted',
          target: { whatsappId: theirs, fromMe: false, chat, author },
        },
      }) as const
    await say(theirs, { sender: bia })
    events = []

    await say('E1', { editOf: theirs })
    await say('E2', deletedBy(caio))
    // Known by her number only: she may be the one.
    await say('E3', { editOf: theirs, sender: { phone: '5544' } })
    await say('E4', { editOf: theirs, sender: bia })
    // An admin, who names her. Whether he is one is asked before it comes here.
    await say('E5', deletedBy(caio, bia))
    await say('E6', deletedBy(bia))
    // Of a message from before our time nobody knows the author.
    await say('E7', { editOf: whatsappIdOf('3EB0E') })
    expect(
      events.map((event) => event.kind === 'message.received' && event.message.whatsappId),
    ).toEqual(['E3', 'E4', 'E5', 'E6', 'E7'])
  })

  test('tells of the number itself without being asked to tell what it says', async () => {
    const content = { kind: 'own-name', name: 'Loja' } as const
    const notice = { fromMe: true, content, sender: { phone: ownPhone } }
    await inbox.received(instanceId, ownPhone, textFrom({ ...notice }))
    await inbox.received(instanceId, ownPhone, textFrom({ fromMe: true }))
    expect(events).toMatchObject([{ message: { content } }])
  })

  test('does not tell that others edited what we wrote', async () => {
    await inbox.received(
      instanceId,
      ownPhone,
      textFrom({ whatsappId: whatsappIdOf('E1'), editOf: a }),
    )
    expect(events).toEqual([])
    const theirs = whatsappIdOf('FOREIGN')
    await inbox.received(
      instanceId,
      ownPhone,
      textFrom({ whatsappId: whatsappIdOf('E2'), editOf: theirs }),
    )
    expect(events).toMatchObject([{ message: { editOf: theirs } }])
  })

  test('keeps the way to the files of what it tells, and of nothing else', async () => {
    const file = { kind: 'image', mimeType: 'image/png', path: '/1' } as const
    const withFile = (id: string) => textFrom({ media: [{ ...file, id: mediaIdOf(id) }] })
    await inbox.received(instanceId, ownPhone, withFile('one'))
    await inbox.received(instanceId, ownPhone, withFile('again'))
    mustFail = true
    const failing = inbox.received(otherId, ownPhone, withFile('two'))
    await expect(failing).rejects.toThrow('no space left')
    expect(kept.map(({ id }) => id)).toEqual(['one'])
  })

  test('tells of own messages only if the instance wants it', async () => {
    await inbox.received(instanceId, ownPhone, textFrom({ fromMe: true }))
    expect(events).toEqual([])
    notifySentByMe = true
    await inbox.received(instanceId, ownPhone, textFrom({ fromMe: true }))
    expect(events).toMatchObject([{ message: { fromMe: true } }])
  })

  test('forgets after two weeks what it told', async () => {
    await inbox.received(instanceId, ownPhone, textFrom())
    await clock.advance(13 * dayMs)
    await inbox.received(instanceId, ownPhone, textFrom({ whatsappId: b }))
    expect(await known()).toHaveLength(2)
    await clock.advance(2 * dayMs)
    await inbox.received(instanceId, ownPhone, textFrom({ whatsappId: c }))
    expect((await known()).map((row) => row.whatsapp_id).toSorted()).toEqual([b, c])
  })
})
