import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { ReceiptStatus } from '../domain/message-status.js'
import {
  a,
  ana,
  b,
  c,
  group,
  InboxWorld,
  instanceId,
  openInboxWorld,
} from '../../test/support/inbox-world.js'

eachDatabase('receipts in the inbox', (open) => {
  let world: InboxWorld

  beforeEach(async () => {
    world = await openInboxWorld(await open())
  })

  test('tells once how far a message came, for the chat that its caller wrote to', async () => {
    await world.receipt({ status: 'delivered' })
    await world.receipt({ status: 'delivered' })
    expect(world.events).toEqual([
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
    await world.receipt({ whatsappIds: [b], status: 'read' })
    await world.receipt({ whatsappIds: [a, b, whatsappIdOf('FOREIGN')], status: 'read' })
    expect(world.events).toMatchObject([{ whatsappIds: [b] }, { whatsappIds: [a], status: 'read' }])
  })

  test('keeps messages of one chat in one event', async () => {
    await world.receipt({ whatsappIds: [a, b], status: 'read' })
    expect(world.events).toMatchObject([{ whatsappIds: [a, b] }])
  })

  test('dates what it tells of several messages by the latest of them', async () => {
    world.ours.set(b, { recipient: ana, notBefore: 900 })
    await world.receipt({ whatsappIds: [a, b, whatsappIdOf('FOREIGN')], at: 700 })
    expect(world.events).toMatchObject([{ whatsappIds: [a, b], occurredAt: 900 }])
  })

  test('says nothing of receipts for messages that others sent', async () => {
    await world.receipt({ whatsappIds: [whatsappIdOf('FOREIGN')] })
    expect(world.events).toEqual([])
    await world.receipt({})
    expect(world.events).toHaveLength(1)
  })

  test('tells how far every member of a group came, each step once', async () => {
    const from = (phone: string, status: ReceiptStatus) =>
      world.receipt({
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
      world.events.map(
        (event) => 'participant' in event && [event.participant?.phone, event.status],
      ),
    ).toEqual([
      ['1', 'read'],
      ['2', 'delivered'],
      ['2', 'read'],
    ])
    expect(world.events[0]).toMatchObject({ device: 2, whatsappIds: [c], chat: group })
  })

  test('tells nothing of a group message that is not ours', async () => {
    await world.receipt({
      whatsappIds: [whatsappIdOf('3EB0F')],
      chat: { kind: 'group', group: '1' },
      participant: { phone: '1' },
    })
    expect(world.events).toEqual([])
  })

  test('believes a chat only about what was sent there', async () => {
    const participant = { phone: '1' }
    await world.receipt({ whatsappIds: [a], chat: { kind: 'group', group: '1' }, participant })
    await world.receipt({ whatsappIds: [c], chat: { kind: 'person', lid: '818966' } })
    expect(world.events).toEqual([])
    await world.receipt({ whatsappIds: [a] })
    expect(world.events).toHaveLength(1)
  })

  test('names the participant in a group', async () => {
    const participant = { phone: '5511777777777' }
    await world.receipt({ whatsappIds: [c], chat: { kind: 'group', group: '1' }, participant })
    expect(world.events).toMatchObject([{ chat: group, participant }])
  })
})
