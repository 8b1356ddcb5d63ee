import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anImage } from '../../../test/support/outbox-world.js'
import { patience } from '../../../test/support/patience.js'
import type { SendResult } from '../../domain/sending.js'
import { NotConnectedError } from '../../domain/errors.js'
import {
  image,
  openSenderStage,
  recipient,
  type SenderStage,
} from '../../../test/support/sender-stage.js'

eachDatabase('the sender and refusals', (openDatabase) => {
  let stage: SenderStage

  beforeEach(async () => {
    stage = await openSenderStage(await openDatabase())
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  it.each([405, 473, 479])(
    'sends plain text under a new id at once when the button is refused with %i',
    async (code) => {
      stage.world.session.answerNext({ kind: 'refused', code })
      const { id, whatsappId } = await stage.accept(
        { ...anOtp('845201'), image },
        { typingMs: 3_000 },
      )
      const next = await stage.accept(anOtp('2'))
      await stage.sends(2)
      const [, fallback] = stage.world.session.sends
      expect(fallback?.message.whatsappId).not.toBe(whatsappId)
      expect(fallback?.message).toMatchObject({
        content: { kind: 'image', caption: 'Seu código de acesso\n\n845201', image },
        files: new Map([['image', anImage]]),
        typingMs: 0,
      })
      expect(stage.media.asked).toBe(1)
      expect(await stage.events(2)).toMatchObject([
        {
          kind: 'message.sent',
          messageId: id,
          whatsappId: fallback?.message.whatsappId,
          fallback: { refusalCode: code, refusedWhatsappId: whatsappId },
        },
        { whatsappIds: [fallback?.message.whatsappId] },
      ])
      await stage.advanceTo(2_000)
      await stage.sends(3)
      expect(stage.world.session.sends[2]?.message.whatsappId).toBe(next.whatsappId)
    },
  )

  it.each<[string, SendResult, object]>([
    ['restricted', { kind: 'refused', code: 463 }, { reason: 'restricted', refusalCode: 463 }],
    ['refused', { kind: 'refused', code: 400 }, { reason: 'refused', refusalCode: 400 }],
    ['no-such-recipient', { kind: 'no-such-recipient' }, { reason: 'no-such-recipient' }],
  ])('ends as %s and goes on with the next', async (failure, result, told) => {
    stage.world.session.answerNext(result)
    const { id, whatsappId } = await stage.accept(anOtp('1'))
    expect(await stage.events(1)).toMatchObject([
      { kind: 'message.failed', messageId: id, whatsappId, recipient, ...told },
    ])
    expect(await stage.row(id)).toMatchObject({ status: 'failed', failure, content_sealed: null })
    await stage.accept(anOtp('2'))
    await stage.world.clock.advance(3_000)
    await stage.sends(2)
    expect(stage.world.session.texts).toEqual(['1', '2'])
  })

  it('puts back what was not sent without counting an attempt, and lets nothing overtake it', async () => {
    const cause = new NotConnectedError('closed')
    stage.world.session.answerNext(
      { kind: 'not-sent', cause: 'no route' },
      { kind: 'not-sent', cause },
    )
    const { id } = await stage.accept(anOtp('1'))
    await stage.accept(anOtp('2'))
    await stage.sends(1)
    await vi.waitFor(
      async () => expect(await stage.row(id)).toMatchObject({ status: 'queued', attempts: 0 }),
      patience,
    )
    await stage.advanceTo(750)
    await stage.sends(2)
    await stage.advanceTo(1_500)
    await stage.sends(3)
    await stage.events(2)
    await stage.advanceTo(2_000)
    await stage.sends(4)
    expect(stage.world.session.texts).toEqual(['1', '1', '1', '2'])
  })

  it('goes on at once after a reconnect with what the closing session did not take', async () => {
    stage.world.session.answerNext(() => {
      stage.world.session.close(stage.instanceId)
      return { kind: 'not-sent', cause: 'closed' }
    })
    const { id } = await stage.accept()
    await stage.sends(1)
    await vi.waitFor(
      async () => expect(await stage.row(id)).toMatchObject({ status: 'queued', retry_at: null }),
      patience,
    )
    stage.world.connect(stage.instanceId)
    await stage.sends(2)
  })
})
