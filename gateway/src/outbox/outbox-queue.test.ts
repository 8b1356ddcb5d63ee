/** The outbox and the queue that sends what it accepts. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { anOtp, whatsappIdOf } from '../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import type { Database } from '../db/database.js'
import { StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { WhatsappId } from '../domain/message.js'

const patience = { timeout: 60_000, interval: 5 }
const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('an outbox', (open) => {
  let database: Database
  let world: OutboxWorld
  let instanceId: InstanceId
  /** The next commits are made, and their answers are lost. */
  let losesAnswers = false

  beforeEach(async () => {
    losesAnswers = false
    const opened = await open()
    database = new Proxy(opened, {
      get(target, name): unknown {
        if (name === 'transaction') return losingTransaction
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const losingTransaction: Database['transaction'] = async (work) => {
      if (!losesAnswers) return opened.transaction(work)
      losesAnswers = false
      await opened.transaction((transaction) =>
        work({ ...transaction, afterCommit() {}, onceReadable() {} }),
      )
      throw new StoreUnavailableError()
    }
    world = anOutboxWorld(database, {
      clock: new ManualClock(undefined, () => opened.transaction(async () => {})),
      policy: { minGapMs: 0, maxGapMs: 0 },
    })
    instanceId = await world.anInstance('closed')
    await world.sender.start()
    world.connect(instanceId)
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (code: string) =>
    world.outbox.accept(instanceId, { recipient, content: anOtp(code) })

  const sends = (count: number) =>
    vi.waitFor(() => expect(world.session.sends).toHaveLength(count), patience)

  const sentOf = (whatsappId: WhatsappId, instance = instanceId) =>
    database.transaction((transaction) => world.outbox.sent(instance, whatsappId, transaction))

  it('has its queue send a message that was stored although the answer of the database was lost', async () => {
    losesAnswers = true
    await expect(accept('111111')).rejects.toThrow(StoreUnavailableError)
    await sends(1)
    expect(world.session.texts).toEqual(['111111'])
  })

  it('lets the next message of a chat go when a receipt confirms the one before it', async () => {
    world.session.answerNext({ kind: 'unknown', cause: 'no ack' })
    const { whatsappId } = await accept('111111')
    await accept('222222')
    await sends(1)
    await vi.waitFor(async () => {
      const word = { status: 'delivered', at: world.clock.now(), chat: recipient } as const
      const moved = await database.transaction((transaction) =>
        world.outbox.advance(instanceId, whatsappId, word, transaction),
      )
      expect(moved?.isNews ?? false).toBe(true)
    }, patience)
    await sends(2)
    expect(world.session.texts).toEqual(['111111', '222222'])
  })

  it('says of a message that left to whom and when, and nothing of another', async () => {
    world.session.close(instanceId)
    const { whatsappId } = await accept('111111')
    expect(await sentOf(whatsappId)).toBeUndefined()
    world.connect(instanceId)
    await vi.waitFor(async () => expect(await sentOf(whatsappId)).toBeDefined(), patience)
    expect(await sentOf(whatsappId)).toEqual({ recipient, at: world.clock.now() })
    expect(await sentOf(whatsappIdOf('3EB0ELSEWHERE'))).toBeUndefined()
    expect(await sentOf(whatsappId, await world.anInstance())).toBeUndefined()
  })

  it('sends an image of 100 kB as it was given', async () => {
    const image = { kind: 'base64', base64: Buffer.alloc(100_000, 'x').toString('base64') } as const
    const content = { kind: 'image', image, caption: 'Oferta' } as const
    await world.outbox.accept(instanceId, { recipient, content })
    await sends(1)
    expect(world.session.sends[0]?.message.content).toEqual(content)
  })

  it('knows a person after the message was delivered, not because it left', async () => {
    world.session.close(instanceId)
    const { whatsappId } = await accept('111111')
    await database.query.updateTable('message').set({ status: 'unknown' }).execute()
    const isStranger = async (status: 'sent' | 'delivered') => {
      const word = { status, at: world.clock.now(), chat: recipient } as const
      await database.transaction((transaction) =>
        world.outbox.advance(instanceId, whatsappId, word, transaction),
      )
      return world.restrictions.isStranger({ instanceId, recipient })
    }
    expect(await isStranger('sent')).toBe(true)
    expect(await isStranger('delivered')).toBe(false)
  })

  it('says how long a new message would wait as its queue does', async () => {
    world.session.close(instanceId)
    await accept('111111')
    expect(await world.outbox.forecast(instanceId)).toEqual({
      waiting: { high: 1, normal: 0, low: 0 },
    })
  })

  it('makes no copies for no one', async () => {
    const content = anOtp()
    await expect(world.outbox.acceptCopies(instanceId, [], { content })).rejects.toThrow(
      'a message without recipients',
    )
  })
})
