import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { openSenderStage, recipient, type SenderStage } from '../../../test/support/sender-stage.js'

eachDatabase('the sender and receipts', (openDatabase) => {
  let stage: SenderStage

  beforeEach(async () => {
    stage = await openSenderStage(await openDatabase())
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  it('takes the word of a receipt that was faster than the ack', async () => {
    stage.world.session.answerNext(async ({ message }) => {
      await stage.world.database.transaction((transaction) =>
        stage.world.outbox.advance(
          stage.instanceId,
          message.whatsappId,
          { status: 'delivered', at: 9, chat: recipient },
          transaction,
        ),
      )
      return { kind: 'sent', at: 10, chat: recipient }
    })
    const { id } = await stage.accept(anOtp('1'))
    await stage.events(2)
    await stage.accept(anOtp('2'))
    await stage.world.clock.advance(3_000)
    await stage.sends(2)
    await stage.events(4)
    expect(stage.world.events.filter(({ kind }) => kind === 'message.sent')).toHaveLength(2)
    expect(await stage.row(id)).toMatchObject({ status: 'delivered' })
  })

  it('still learns from the ack which LID may speak of it', async () => {
    const lid = '818966'
    stage.world.session.answerNext(async ({ message }) => {
      await stage.world.database.transaction((transaction) =>
        stage.world.outbox.advance(
          stage.instanceId,
          message.whatsappId,
          { status: 'delivered', at: 9, chat: recipient },
          transaction,
        ),
      )
      return { kind: 'sent', at: 10, chat: { ...recipient, lid } }
    })
    const { id, whatsappId } = await stage.accept(anOtp('1'))
    await expect.poll(async () => (await stage.row(id))?.chat).toContain(lid)
    const isTaken = (from: string) =>
      stage.world.database.transaction(async (transaction) => {
        const chat = { kind: 'person', lid: from } as const
        const receipt = { status: 'delivered', at: 11, chat } as const
        const message = await stage.world.outbox.advance(
          stage.instanceId,
          whatsappId,
          receipt,
          transaction,
        )
        return message !== undefined
      })
    expect([await isTaken(lid), await isTaken('1')]).toEqual([true, false])
  })
})
