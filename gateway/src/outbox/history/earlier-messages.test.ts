import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { whatsappIdOf } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { chatOf, type Recipient } from '../../domain/chat.js'
import type { MessageContent } from '../../domain/content/index.js'
import type { MessageSent } from '../../domain/gateway-event.js'
import type { InstanceId } from '../../domain/instance.js'
import { type EarlierPort, placeOf } from './earlier-messages.js'

const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 60_000, interval: 2 })

const target = whatsappIdOf('3EB0A')
const phone = '5511999999999'
const minuteMs = 60_000
const edit = { kind: 'edit', target, text: 'novo', part: 'text' } as const

eachDatabase('a message about an earlier one', (open) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  let sentAt: number
  let told: unknown[]

  beforeEach(async () => {
    told = []
    const chat = { kind: 'person', phone } as const
    const found = { whatsappId: target, fromMe: true, chat }
    world = anOutboxWorld(await open(), {
      policy: { minGapMs: 0, maxGapMs: 0 },
      earlier: {
        find: async (_, { whatsappId }) =>
          whatsappId === target ? { target: found, at: sentAt } : undefined,
        sent: async ({ whatsappId }, { serverId }) => {
          told.push([whatsappId, serverId])
        },
      },
    })
    sentAt = world.clock.now()
    instanceId = await world.anInstance()
    await world.sender.start()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  async function sent(
    content: MessageContent,
    recipient: Recipient = { kind: 'person', phone },
  ): Promise<MessageSent> {
    const { id } = await world.outbox.accept(instanceId, { recipient, content })
    const find = () =>
      world.events.find(
        (event): event is MessageSent => event.kind === 'message.sent' && event.messageId === id,
      )
    await eventually(() => expect(find()).toBeDefined())
    return find() as MessageSent
  }

  test('names it as it is kept', async () => {
    const { content: said } = await sent({ kind: 'reaction', target, emoji: '👍' })
    expect(said?.full).toMatchObject({
      kind: 'reaction',
      emoji: '👍',
      target: { whatsappId: '3EB0A', fromMe: true },
    })
  })

  test('has the chat that the caller wrote to, and what is kept of the earlier one', async () => {
    const news = { chat: { kind: 'person', lid: '1' }, at: 7 } as const
    const recipient = { kind: 'person', phone } as const
    const known = { target: { whatsappId: target, fromMe: true, chat: recipient }, at: 5 }
    const asked: unknown[] = []
    const kept: Pick<EarlierPort, 'find'> = {
      find: async (_, reference) => {
        asked.push(reference)
        return reference.whatsappId === target ? known : undefined
      },
    }
    const placeIn = (content: MessageContent, port?: typeof kept) =>
      world.database.transaction(({ query }) =>
        placeOf({ instanceId, recipient, content }, news, port, query),
      )
    const place = { chat: recipient, at: 7 }
    const reaction = { kind: 'reaction', target, emoji: '👍' } as const
    expect(await placeIn({ kind: 'text', text: 'oi' }, kept)).toEqual(place)
    expect(await placeIn(reaction)).toEqual(place)
    expect(await placeIn({ ...reaction, target: whatsappIdOf('3EB0B') }, kept)).toEqual(place)
    expect(asked).toEqual([{ whatsappId: '3EB0B', chat: news.chat }])
    expect(await placeIn(reaction, kept)).toEqual({
      ...place,
      target: known.target,
      said: undefined,
      earlierAt: 5,
    })
  })

  test('is not told as said where nothing is known of it', async () => {
    const unknown = whatsappIdOf('3EB0B')
    expect((await sent({ kind: 'reaction', target: unknown, emoji: '👍' })).content).toBeUndefined()
  })

  test.each([
    [20, undefined],
    [21, true],
  ])('as its edit after %d minutes says whether phones still show it', async (minutes, isLate) => {
    sentAt = world.clock.now() - minutes * minuteMs
    expect((await sent(edit)).isLateEdit).toBe(isLate)
  })

  test('as its edit in a channel is never too late for the app', async () => {
    sentAt = world.clock.now() - 60 * minuteMs
    const channel = { kind: 'newsletter', newsletter: '120363019502650977' } as const
    expect((await sent(edit, channel)).isLateEdit).toBeUndefined()
  })

  test('is told to what keeps messages, as are those that a channel gave a number', async () => {
    await sent({ kind: 'text', text: 'oi' })
    expect(told).toEqual([])
    const { whatsappId } = await sent(edit)
    world.session.answerNext(({ message }) => {
      const chat = chatOf(message.recipient)
      return { kind: 'sent', at: world.clock.now(), chat, serverId: '7' }
    })
    const numbered = await sent({ kind: 'text', text: 'oi' })
    expect(told).toEqual([
      [whatsappId, undefined],
      [numbered.whatsappId, '7'],
    ])
  })

  test('that cannot be sent ends with the cause, and is not tried again', async () => {
    world.session.answerNext({ kind: 'not-possible', why: 'edit-too-late' })
    const recipient = { kind: 'person', phone } as const
    await world.outbox.accept(instanceId, { recipient, content: edit })
    await eventually(() =>
      expect(world.events).toContainEqual(
        expect.objectContaining({
          kind: 'message.failed',
          reason: 'not-possible',
          explanation: 'Message has not been edited because it has been more than 7 days',
        }),
      ),
    )
    expect(world.session.sends).toHaveLength(1)
  })
})
