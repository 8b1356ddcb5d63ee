import { EventEmitter, once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import {
  image,
  never,
  openSenderStage,
  recipient,
  type SenderStage,
} from '../../../test/support/sender-stage.js'

eachDatabase('Sender', (openDatabase) => {
  let stage: SenderStage

  beforeEach(async () => {
    stage = await openSenderStage(await openDatabase())
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  it('sends the first message at once and tells it, then its status', async () => {
    const { id, whatsappId } = await stage.accept()
    const now = stage.world.clock.now()
    expect(await stage.events(2)).toEqual([
      {
        kind: 'message.sent',
        instanceId: stage.instanceId,
        occurredAt: now,
        messageId: id,
        whatsappId,
        recipient,
        chat: recipient,
        content: { masked: expect.anything(), full: expect.anything() },
        fallback: undefined,
      },
      {
        kind: 'message.status-changed',
        instanceId: stage.instanceId,
        occurredAt: now,
        whatsappIds: [whatsappId],
        status: 'sent',
        chat: recipient,
      },
    ])
    expect(stage.world.session.sends).toMatchObject([
      { message: { whatsappId, recipient, content: anOtp(), renewEncryption: false } },
    ])
    expect(await stage.row(id)).toMatchObject({
      status: 'sent',
      content_sealed: null,
      attempts: 1,
      sent_at: now,
    })
  })

  it('keeps the gap of the policy, or the one that the message before asked for', async () => {
    await stage.accept(anOtp('1'))
    await stage.accept(anOtp('2'), { gapAfterMs: 15_000 })
    await stage.accept(anOtp('3'))
    await stage.sends(1)
    await stage.advanceTo(2_000)
    await stage.sends(2)
    await stage.advanceTo(15_000)
    await stage.sends(3)
    expect(stage.world.session.texts).toEqual(['1', '2', '3'])
  })

  it('keeps the gap across a restart', async () => {
    await stage.accept(anOtp('1'), { gapAfterMs: 10_000 })
    await stage.events(2)
    await stage.world.sender[Symbol.asyncDispose]()
    await stage.world.clock.advance(4_000)
    await stage.accept(anOtp('2'))
    stage.world.crash()
    await stage.world.restarted().start()
    await stage.advanceTo(6_000)
    await stage.sends(2)
    expect(stage.world.session.texts).toEqual(['1', '2'])
  })

  it('waits for the session and goes on when it opens', async () => {
    stage.world.session.close(stage.instanceId)
    await stage.accept(anOtp('1'))
    await stage.accept(anOtp('2'))
    await stage.world.clock.advance(20_000)
    expect(stage.world.session.sends).toHaveLength(0)
    stage.world.connect(stage.instanceId)
    await stage.sends(1)
    await stage.advanceTo(2_000)
    await stage.sends(2)
    expect(stage.world.session.texts).toEqual(['1', '2'])
  })

  it('tells at its time that a message expired, although the link is down', async () => {
    stage.world.session.close(stage.instanceId)
    const { id } = await stage.accept(anOtp(), { expiresInSeconds: 45 })
    const expiresAt = stage.world.clock.now() + 45_000
    await stage.advanceTo(30_000)
    // Each event has a watch of its own: the second one may not overtake the first.
    await stage.events(1)
    await stage.advanceTo(15_000)
    const [earlier, event] = await stage.events(2)
    expect(earlier).toMatchObject({ kind: 'message.undeliverable', messageId: id })
    expect(event).toMatchObject({
      kind: 'message.failed',
      messageId: id,
      reason: 'expired',
      occurredAt: expiresAt,
    })
    expect(await stage.row(id)).toMatchObject({
      status: 'expired',
      failure: 'expired',
      content_sealed: null,
    })
    stage.world.connect(stage.instanceId)
    const later = await stage.accept(anOtp('2'))
    await stage.sends(1)
    expect(stage.world.session.sends[0]?.message.whatsappId).toBe(later.whatsappId)
  })

  it('ends as expired what the engine did not write because its time was over', async () => {
    stage.world.session.answerNext(async () => {
      await stage.world.clock.sleep(20_000)
      return { kind: 'too-late' }
    })
    const { id } = await stage.accept(anOtp(), { expiresInSeconds: 20 })
    await stage.sends(1)
    await stage.advanceTo(20_000)
    await stage.events(1)
    expect(await stage.row(id)).toMatchObject({ status: 'expired', attempts: 1 })
  })

  it('lets a slow instance delay no other', async () => {
    stage.world.session.answerNext(() => never)
    stage.media.answers.push(never)
    const other = await stage.world.anInstance()
    const third = await stage.world.anInstance()
    await stage.accept(anOtp('1'))
    await stage.sends(1)
    await stage.accept({ ...anOtp('2'), image }, {}, other)
    await stage.accept(anOtp('3'), {}, third)
    await stage.sends(2)
    expect(stage.world.session.texts).toEqual(['1', '3'])
    stage.world.crash()
    stage.world.restarted()
  })

  it('ends the send in the air when it is disposed of, and begins no other', async () => {
    const acks = new EventEmitter()
    stage.world.session.answerNext(async () => {
      await once(acks, 'ack')
      return { kind: 'sent', at: 5, chat: recipient }
    })
    const first = await stage.accept(anOtp('1'))
    const second = await stage.accept(anOtp('2'))
    await stage.sends(1)
    const disposed = stage.world.sender[Symbol.asyncDispose]()
    await stage.world.clock.advance(10_000)
    expect(await stage.row(first.id)).toMatchObject({ status: 'sending' })
    acks.emit('ack')
    await disposed
    expect(await stage.row(first.id)).toMatchObject({ status: 'sent' })
    expect(await stage.row(second.id)).toMatchObject({ status: 'queued', attempts: 0 })
    expect(stage.world.session.sends).toHaveLength(1)
  })
})
