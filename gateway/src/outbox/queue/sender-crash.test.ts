import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { patience } from '../../../test/support/patience.js'
import type { SendResult } from '../../domain/sending.js'
import {
  never,
  openSenderStage,
  recipient,
  type SenderStage,
} from '../../../test/support/sender-stage.js'

eachDatabase('the sender after a crash', (openDatabase) => {
  let stage: SenderStage

  beforeEach(async () => {
    stage = await openSenderStage(await openDatabase())
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  it('sends nothing that it could not claim, and sends it once when it can', async () => {
    const { dialect, query } = stage.world.database
    const [forbid, allow] =
      dialect === 'sqlite'
        ? [
            `create trigger no_claims before update on message when new.status = 'sending'
             begin select raise(abort, 'not now'); end`,
            'drop trigger no_claims',
          ]
        : [
            `alter table message add constraint no_claims check (status <> 'sending')`,
            'alter table message drop constraint no_claims',
          ]
    await sql.raw(forbid).execute(query)
    const { id } = await stage.accept()
    await vi.waitFor(
      () => expect(stage.world.clock.sleepingMs.some((ms) => ms <= 500)).toBe(true),
      patience,
    )
    expect(stage.world.session.sends).toEqual([])
    expect(await stage.row(id)).toMatchObject({ status: 'queued', attempts: 0 })

    await sql.raw(allow).execute(query)
    await stage.world.clock.advance(500)
    await stage.events(2)
    expect(stage.world.session.sends).toHaveLength(1)
    expect(await stage.row(id)).toMatchObject({ status: 'sent', attempts: 1 })
  })

  it('claims before anything is written, so that a crash leaves a trace', async () => {
    const seen: unknown[] = []
    stage.world.session.answerNext(async ({ message }) => {
      const { status, attempts } = await stage.world.database.query
        .selectFrom('message')
        .select(['status', 'attempts'])
        .where('whatsapp_id', '=', message.whatsappId)
        .executeTakeFirstOrThrow()
      seen.push(status, attempts)
      return { kind: 'sent', at: 5, chat: recipient }
    })
    await stage.accept()
    await stage.events(2)
    expect(seen).toEqual(['sending', 1])
  })

  it('sends what a dead process was sending under the same id, with new encryption, after a look for receipts', async () => {
    stage.world.session.answerNext(() => never)
    const { id, whatsappId } = await stage.accept(anOtp('1'))
    await stage.sends(1)
    await stage.accept(anOtp('2'))
    stage.world.crash()
    await stage.world.restarted().start()
    expect(await stage.row(id)).toMatchObject({ status: 'unknown', attempts: 1 })
    await stage.advanceTo(2_000)
    await stage.sends(2)
    expect(stage.world.session.sends[1]).toMatchObject({
      message: { whatsappId, renewEncryption: true },
    })
    await stage.advanceTo(2_000)
    await stage.sends(3)
    expect(stage.world.session.sends[2]).toMatchObject({ message: { renewEncryption: false } })
    expect(stage.world.session.texts).toEqual(['1', '1', '2'])
  })

  it('sends nothing again that a receipt confirmed after the restart', async () => {
    stage.world.session.answerNext(() => never)
    const { whatsappId } = await stage.accept(anOtp('1'))
    await stage.sends(1)
    await stage.accept(anOtp('2'))
    stage.world.crash()
    await stage.world.restarted().start()
    await vi.waitFor(() => expect(stage.world.clock.sleepingMs).toContain(2_000), patience)
    await stage.world.database.transaction((transaction) =>
      stage.world.outbox.advance(
        stage.instanceId,
        whatsappId,
        { status: 'delivered', at: 5, chat: recipient },
        transaction,
      ),
    )
    // It may have left until the restart.
    await stage.advanceTo(2_000)
    await stage.sends(2)
    expect(stage.world.session.texts).toEqual(['1', '2'])
    // Whatever the dead process was sending, the recipient is the same.
    expect(stage.world.session.sends[1]).toMatchObject({ message: { renewEncryption: true } })
  })

  it('resends an unconfirmed message once the session was opened again', async () => {
    stage.world.session.answerNext({ kind: 'unknown', cause: 'no ack' })
    const { id, whatsappId } = await stage.accept()
    await vi.waitFor(
      async () => expect(await stage.row(id)).toMatchObject({ status: 'unknown' }),
      patience,
    )
    stage.world.connect(stage.instanceId)
    await stage.advanceTo(2_000)
    await stage.events(2)
    expect(stage.world.session.sends.map(({ message }) => message.whatsappId)).toEqual([
      whatsappId,
      whatsappId,
    ])
    expect(await stage.row(id)).toMatchObject({ status: 'sent', attempts: 2 })
  })

  it('gives a late ack half a minute on a link that stays up, and ends after five attempts', async () => {
    stage.world.connect(stage.instanceId)
    await stage.world.clock.advance(60_000)
    const silence: SendResult = { kind: 'unknown', cause: 'no ack' }
    stage.world.session.answerNext(silence, silence, silence, silence, silence)
    const { id } = await stage.accept({ kind: 'text', text: 'Olá' })
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await stage.sends(attempt)
      await vi.waitFor(
        () => expect(stage.world.clock.sleepingMs.filter((ms) => ms === 30_000)).toHaveLength(2),
        patience,
      )
      await stage.world.clock.advance(30_000)
    }
    expect(await stage.events(1)).toMatchObject([
      { kind: 'message.failed', messageId: id, reason: 'unconfirmed' },
    ])
    expect(stage.world.session.sends).toHaveLength(5)
    expect(await stage.row(id)).toMatchObject({
      status: 'failed',
      failure: 'unconfirmed',
      content_sealed: null,
    })
  })
})
