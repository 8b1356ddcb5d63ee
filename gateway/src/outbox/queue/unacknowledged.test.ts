/** A queue without gaps: its messages leave one after the other, and their acks come when they come. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import {
  anOutboxWorld,
  type OutboxWorld,
  type SeenSend,
} from '../../../test/support/outbox-world.js'
import { chatOf } from '../../domain/chat.js'
import type { Acknowledgement } from '../../domain/sending.js'
import type { InstanceId } from '../../domain/instance.js'

const [ana, bia, caio] = ['5511999990001', '5511999990002', '5511999990003']
const [davi, eva] = ['5511999990004', '5511999990005']

const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 60_000, interval: 2 })

eachDatabase('a queue without gaps', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { policy: { minGapMs: 0, maxGapMs: 0 } })
    instanceId = await world.anInstance()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (phone: string, code: string) =>
    world.outbox.accept(instanceId, {
      recipient: { kind: 'person', phone },
      content: anOtp(code),
    })

  const statusOf = async (id: string) => {
    const { status } = await world.database.query
      .selectFrom('message')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return status
  }

  /** The next sends leave, and end when they are told how. */
  function acksLater(count: number): ((word?: Acknowledgement) => void)[] {
    const acks: ((word?: Acknowledgement) => void)[] = []
    for (let index = 0; index < count; index += 1)
      world.session.answerNext(({ message }: SeenSend) => {
        const sent = { kind: 'sent', at: 0, chat: chatOf(message.recipient) } as const
        const acknowledged = new Promise<Acknowledgement>((resolve) => {
          acks[index] = (word = sent) => resolve(word)
        })
        return { kind: 'written', acknowledged }
      })
    return acks
  }

  it('sends to others while an ack is missing, but not to the same person', async () => {
    const acks = acksLater(3)
    const first = await accept(ana, '1')
    const second = await accept(bia, '2')
    const again = await accept(ana, '3')
    const last = await accept(caio, '4')
    await world.sender.start()
    await eventually(() => expect(acks).toHaveLength(3))
    acks[1]?.()
    acks[2]?.()
    for (const { id } of [second, last])
      await eventually(async () => expect(await statusOf(id)).toBe('sent'))
    expect(world.session.texts).toEqual(['1', '2', '4'])
    expect(await statusOf(first.id)).toBe('sending')

    acks[0]?.()
    await eventually(() => expect(world.session.texts).toEqual(['1', '2', '4', '3']))
    for (const { id } of [first, again])
      await eventually(async () => expect(await statusOf(id)).toBe('sent'))
  })

  it('prepares whom it is about to write to, all at once', async () => {
    for (const [index, phone] of [ana, bia, ana, caio].entries()) await accept(phone, `${index}`)
    await world.sender.start()
    await eventually(() => expect(world.session.texts).toEqual(['0', '1', '2', '3']))
    expect(world.session.lookedAhead).toEqual([
      [ana, bia, caio].map((phone) => ({ kind: 'person', phone })),
    ])
  })

  it('goes on with whom it has prepared while it prepares those behind them', async () => {
    let leave: (() => void) | undefined
    world.session.answerNext(async ({ message }) => {
      await new Promise<void>((resolve) => {
        leave = resolve
      })
      return { kind: 'sent', at: 0, chat: chatOf(message.recipient) }
    })
    for (const [index, phone] of [ana, bia, caio].entries()) await accept(phone, `${index}`)
    await world.sender.start()
    await eventually(() => expect(leave).toBeDefined())

    let prepared: (() => void) | undefined
    world.session.lookingAhead = new Promise((resolve) => {
      prepared = resolve
    })
    for (const [index, phone] of [davi, eva].entries()) await accept(phone, `${index + 3}`)
    leave?.()
    try {
      await eventually(() => expect(world.session.texts).toEqual(['0', '1', '2']))
      expect(world.session.lookedAhead[1]).toEqual(
        [davi, eva].map((phone) => ({ kind: 'person', phone })),
      )
    } finally {
      // A queue that waits for it would not end either.
      prepared?.()
    }
    await eventually(() => expect(world.session.texts).toEqual(['0', '1', '2', '3', '4']))
  })

  it('sends the text in place of a refused button before what waits for the same person', async () => {
    const acks = acksLater(2)
    await accept(ana, '1')
    await accept(bia, '2')
    await accept(ana, '3')
    await world.sender.start()
    await eventually(() => expect(acks).toHaveLength(2))
    acks[0]?.({ kind: 'refused', code: 473 })
    acks[1]?.()
    await eventually(() => expect(world.session.sends).toHaveLength(4))
    const toAna = world.session.sends.filter(
      ({ message: { recipient } }) => recipient.kind === 'person' && recipient.phone === ana,
    )
    expect(toAna.map(({ message }) => message.content.kind)).toEqual([
      'otp-button',
      'text',
      'otp-button',
    ])
  })

  it('repeats each under its own id when the process died with several in the air', async () => {
    const acks = acksLater(2)
    const both = [await accept(ana, '1'), await accept(bia, '2')]
    await world.sender.start()
    await eventually(() => expect(acks).toHaveLength(2))
    world.crash()
    await world.restarted().start()
    world.connect(instanceId)
    await eventually(async () => {
      await world.clock.advance(3_000)
      expect(world.session.sends).toHaveLength(4)
    })
    const seen = world.session.sends.map(({ message }) => message)
    expect(seen.slice(2).map(({ whatsappId }) => whatsappId)).toEqual(
      both.map(({ whatsappId }) => whatsappId),
    )
    expect(seen.map(({ renewEncryption }) => renewEncryption)).toEqual([false, false, true, true])
    for (const { id } of both) await eventually(async () => expect(await statusOf(id)).toBe('sent'))
  })

  it('stops only when everything in the air has its end on record', async () => {
    const acks = acksLater(2)
    const both = [await accept(ana, '1'), await accept(bia, '2')]
    await world.sender.start()
    await eventually(() => expect(acks).toHaveLength(2))
    const stopped = world.sender[Symbol.asyncDispose]()
    acks[1]?.()
    acks[0]?.()
    await stopped
    expect(await Promise.all(both.map(({ id }) => statusOf(id)))).toEqual(['sent', 'sent'])
  })
})
