import { EventEmitter, once } from 'node:events'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anImage, anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { SendResult } from '../../domain/sending.js'
import { MediaError, NotConnectedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { FileRequest, FileSource, PreparedFile } from '../../domain/content/files.js'
import type { MessageContent } from '../../domain/content/index.js'
import type { MediaPort } from './file-stage.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const
const image: FileSource = { kind: 'url', url: 'https://example.com/a.png' }
const never = new Promise<never>(() => {})

class PretendMedia implements MediaPort {
  readonly answers: (PreparedFile | Error | Promise<PreparedFile>)[] = []
  asked = 0

  async prepare(_: FileRequest, signal: AbortSignal): Promise<PreparedFile> {
    this.asked += 1
    const answer = await Promise.race([
      this.answers.shift() ?? anImage,
      new Promise<Error>((done) => {
        signal.addEventListener('abort', () => done(new Error('aborted')))
      }),
    ])
    if (answer instanceof Error) throw answer
    return answer
  }
}

eachDatabase('Sender', (openDatabase) => {
  let world: OutboxWorld
  let media: PretendMedia
  let instanceId: InstanceId

  beforeEach(async () => {
    media = new PretendMedia()
    world = anOutboxWorld(await openDatabase(), { media })
    instanceId = await world.anInstance()
    await world.sender.start()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (content: MessageContent = anOtp(), more = {}, to = instanceId) =>
    world.outbox.accept(to, { recipient, content, ...more })

  const row = async (id: string) =>
    world.database.query
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

  const sends = (count: number) =>
    vi.waitFor(() => expect(world.session.sends).toHaveLength(count), {
      timeout: 30_000,
      interval: 2,
    })

  const events = async (count: number) => {
    await vi.waitFor(() => expect(world.events.length).toBeGreaterThanOrEqual(count), {
      timeout: 30_000,
      interval: 2,
    })
    return world.events
  }

  /** Moves time on as soon as somebody sleeps until exactly then. */
  const advanceTo = async (ms: number) => {
    await vi.waitFor(() => expect(world.clock.sleepingMs).toContain(ms), {
      timeout: 30_000,
      interval: 2,
    })
    await world.clock.advance(ms)
  }

  it('sends the first message at once and tells it, then its status', async () => {
    const { id, whatsappId } = await accept()
    const now = world.clock.now()
    expect(await events(2)).toEqual([
      {
        kind: 'message.sent',
        instanceId,
        occurredAt: now,
        messageId: id,
        whatsappId,
        recipient,
        chat: recipient,
        said: { masked: expect.anything(), full: expect.anything() },
        fallback: undefined,
      },
      {
        kind: 'message.status-changed',
        instanceId,
        occurredAt: now,
        whatsappIds: [whatsappId],
        status: 'sent',
        chat: recipient,
      },
    ])
    expect(world.session.sends).toMatchObject([
      { message: { whatsappId, recipient, content: anOtp(), renewEncryption: false } },
    ])
    expect(await row(id)).toMatchObject({
      status: 'sent',
      content_sealed: null,
      attempts: 1,
      sent_at: now,
    })
  })

  it('keeps the gap of the policy, or the one that the message before asked for', async () => {
    await accept(anOtp('1'))
    await accept(anOtp('2'), { gapAfterMs: 15_000 })
    await accept(anOtp('3'))
    await sends(1)
    await advanceTo(2_000)
    await sends(2)
    await advanceTo(15_000)
    await sends(3)
    expect(world.session.texts).toEqual(['1', '2', '3'])
  })

  it('keeps the gap across a restart', async () => {
    await accept(anOtp('1'), { gapAfterMs: 10_000 })
    await events(2)
    await world.sender[Symbol.asyncDispose]()
    await world.clock.advance(4_000)
    await accept(anOtp('2'))
    world.crash()
    await world.restarted().start()
    await advanceTo(6_000)
    await sends(2)
    expect(world.session.texts).toEqual(['1', '2'])
  })

  it('waits for the session and goes on when it opens', async () => {
    world.session.close(instanceId)
    await accept(anOtp('1'))
    await accept(anOtp('2'))
    await world.clock.advance(20_000)
    expect(world.session.sends).toHaveLength(0)
    world.connect(instanceId)
    await sends(1)
    await advanceTo(2_000)
    await sends(2)
    expect(world.session.texts).toEqual(['1', '2'])
  })

  it('tells at its time that a message expired, although the link is down', async () => {
    world.session.close(instanceId)
    const { id } = await accept(anOtp(), { expiresInSeconds: 45 })
    const expiresAt = world.clock.now() + 45_000
    await advanceTo(30_000)
    await advanceTo(15_000)
    const [event] = await events(1)
    expect(event).toMatchObject({
      kind: 'message.failed',
      messageId: id,
      reason: 'expired',
      occurredAt: expiresAt,
    })
    expect(await row(id)).toMatchObject({
      status: 'expired',
      failure: 'expired',
      content_sealed: null,
    })
    world.connect(instanceId)
    const later = await accept(anOtp('2'))
    await sends(1)
    expect(world.session.sends[0]?.message.whatsappId).toBe(later.whatsappId)
  })

  it('ends as expired what the engine did not write because its time was over', async () => {
    world.session.answerNext(async () => {
      await world.clock.sleep(20_000)
      return { kind: 'too-late' }
    })
    const { id } = await accept(anOtp(), { expiresInSeconds: 20 })
    await sends(1)
    await advanceTo(20_000)
    await events(1)
    expect(await row(id)).toMatchObject({ status: 'expired', attempts: 1 })
  })

  it('sends nothing that it could not claim, and sends it once when it can', async () => {
    const { dialect, query } = world.database
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
    const { id } = await accept()
    await vi.waitFor(() => expect(world.clock.sleepingMs.some((ms) => ms <= 500)).toBe(true))
    expect(world.session.sends).toEqual([])
    expect(await row(id)).toMatchObject({ status: 'queued', attempts: 0 })

    await sql.raw(allow).execute(query)
    await world.clock.advance(500)
    await events(2)
    expect(world.session.sends).toHaveLength(1)
    expect(await row(id)).toMatchObject({ status: 'sent', attempts: 1 })
  })

  it('claims before anything is written, so that a crash leaves a trace', async () => {
    const seen: unknown[] = []
    world.session.answerNext(async ({ message }) => {
      const { status, attempts } = await world.database.query
        .selectFrom('message')
        .select(['status', 'attempts'])
        .where('whatsapp_id', '=', message.whatsappId)
        .executeTakeFirstOrThrow()
      seen.push(status, attempts)
      return { kind: 'sent', at: 5, chat: recipient }
    })
    await accept()
    await events(2)
    expect(seen).toEqual(['sending', 1])
  })

  it('sends what a dead process was sending under the same id, with new encryption, after a look for receipts', async () => {
    world.session.answerNext(() => never)
    const { id, whatsappId } = await accept(anOtp('1'))
    await sends(1)
    await accept(anOtp('2'))
    world.crash()
    await world.restarted().start()
    expect(await row(id)).toMatchObject({ status: 'unknown', attempts: 1 })
    await advanceTo(2_000)
    await sends(2)
    expect(world.session.sends[1]).toMatchObject({ message: { whatsappId, renewEncryption: true } })
    await advanceTo(2_000)
    await sends(3)
    expect(world.session.sends[2]).toMatchObject({ message: { renewEncryption: false } })
    expect(world.session.texts).toEqual(['1', '1', '2'])
  })

  it('sends nothing again that a receipt confirmed after the restart', async () => {
    world.session.answerNext(() => never)
    const { whatsappId } = await accept(anOtp('1'))
    await sends(1)
    await accept(anOtp('2'))
    world.crash()
    await world.restarted().start()
    await vi.waitFor(() => expect(world.clock.sleepingMs).toContain(2_000))
    await world.database.transaction((transaction) =>
      world.outbox.advance(
        instanceId,
        whatsappId,
        { status: 'delivered', at: 5, chat: recipient },
        transaction,
      ),
    )
    // It may have left until the restart.
    await advanceTo(2_000)
    await sends(2)
    expect(world.session.texts).toEqual(['1', '2'])
    // Whatever the dead process was sending, the recipient is the same.
    expect(world.session.sends[1]).toMatchObject({ message: { renewEncryption: true } })
  })

  it('resends what nobody confirmed once the session was opened again', async () => {
    world.session.answerNext({ kind: 'unknown', cause: 'no ack' })
    const { id, whatsappId } = await accept()
    await vi.waitFor(async () => expect(await row(id)).toMatchObject({ status: 'unknown' }))
    world.connect(instanceId)
    await advanceTo(2_000)
    await events(2)
    expect(world.session.sends.map(({ message }) => message.whatsappId)).toEqual([
      whatsappId,
      whatsappId,
    ])
    expect(await row(id)).toMatchObject({ status: 'sent', attempts: 2 })
  })

  it('gives a late ack half a minute on a link that stays up, and ends after five attempts', async () => {
    world.connect(instanceId)
    await world.clock.advance(60_000)
    const silence: SendResult = { kind: 'unknown', cause: 'no ack' }
    world.session.answerNext(silence, silence, silence, silence, silence)
    const { id } = await accept({ kind: 'text', text: 'Olá' })
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await sends(attempt)
      await vi.waitFor(() =>
        expect(world.clock.sleepingMs.filter((ms) => ms === 30_000)).toHaveLength(2),
      )
      await world.clock.advance(30_000)
    }
    expect(await events(1)).toMatchObject([
      { kind: 'message.failed', messageId: id, reason: 'unconfirmed' },
    ])
    expect(world.session.sends).toHaveLength(5)
    expect(await row(id)).toMatchObject({
      status: 'failed',
      failure: 'unconfirmed',
      content_sealed: null,
    })
  })

  it.each([405, 473, 479])(
    'sends plain text under a new id at once when the button is refused with %i',
    async (code) => {
      world.session.answerNext({ kind: 'refused', code })
      const { id, whatsappId } = await accept({ ...anOtp('845201'), image }, { typingMs: 3_000 })
      const next = await accept(anOtp('2'))
      await sends(2)
      const [, fallback] = world.session.sends
      expect(fallback?.message.whatsappId).not.toBe(whatsappId)
      expect(fallback?.message).toMatchObject({
        content: { kind: 'image', caption: 'Seu código de acesso\n\n845201', image },
        files: new Map([['image', anImage]]),
        typingMs: 0,
      })
      expect(media.asked).toBe(1)
      expect(await events(2)).toMatchObject([
        {
          kind: 'message.sent',
          messageId: id,
          whatsappId: fallback?.message.whatsappId,
          fallback: { refusalCode: code, refusedWhatsappId: whatsappId },
        },
        { whatsappIds: [fallback?.message.whatsappId] },
      ])
      await advanceTo(2_000)
      await sends(3)
      expect(world.session.sends[2]?.message.whatsappId).toBe(next.whatsappId)
    },
  )

  it.each<[string, SendResult, object]>([
    ['restricted', { kind: 'refused', code: 463 }, { reason: 'restricted', refusalCode: 463 }],
    ['refused', { kind: 'refused', code: 400 }, { reason: 'refused', refusalCode: 400 }],
    ['no-such-recipient', { kind: 'no-such-recipient' }, { reason: 'no-such-recipient' }],
  ])('ends as %s and goes on with the next', async (failure, result, told) => {
    world.session.answerNext(result)
    const { id, whatsappId } = await accept(anOtp('1'))
    expect(await events(1)).toMatchObject([
      { kind: 'message.failed', messageId: id, whatsappId, recipient, ...told },
    ])
    expect(await row(id)).toMatchObject({ status: 'failed', failure, content_sealed: null })
    await accept(anOtp('2'))
    await world.clock.advance(3_000)
    await sends(2)
    expect(world.session.texts).toEqual(['1', '2'])
  })

  it('puts back what was not sent without counting an attempt, and lets nothing overtake it', async () => {
    const cause = new NotConnectedError('closed')
    world.session.answerNext({ kind: 'not-sent', cause: 'no route' }, { kind: 'not-sent', cause })
    const { id } = await accept(anOtp('1'))
    await accept(anOtp('2'))
    await sends(1)
    await vi.waitFor(async () =>
      expect(await row(id)).toMatchObject({ status: 'queued', attempts: 0 }),
    )
    await advanceTo(750)
    await sends(2)
    await advanceTo(1_500)
    await sends(3)
    await events(2)
    await advanceTo(2_000)
    await sends(4)
    expect(world.session.texts).toEqual(['1', '1', '1', '2'])
  })

  it('goes on at once after a reconnect with what the closing session did not take', async () => {
    world.session.answerNext(() => {
      world.session.close(instanceId)
      return { kind: 'not-sent', cause: 'closed' }
    })
    const { id } = await accept()
    await sends(1)
    await vi.waitFor(async () =>
      expect(await row(id)).toMatchObject({ status: 'queued', retry_at: null }),
    )
    world.connect(instanceId)
    await sends(2)
  })

  it('never sends a message without its image', async () => {
    media.answers.push(new MediaError('The host answered 404. Check the URL.'))
    const { id } = await accept({ ...anOtp(), image })
    const [event] = await events(1)
    expect(event).toMatchObject({
      kind: 'message.failed',
      messageId: id,
      reason: 'image-failed',
      explanation:
        'The file could not be used, so the message was not sent. The host answered 404. Check the URL.',
    })
    expect(world.session.sends).toHaveLength(0)
    expect(await row(id)).toMatchObject({ status: 'failed', attempts: 0 })
  })

  it('tries an image three times when its host may come back', async () => {
    const away = new MediaError('The host is away.', { retryable: true })
    media.answers.push(away, away)
    await accept({ ...anOtp('1'), image })
    await accept(anOtp('2'))
    await advanceTo(750)
    await advanceTo(1_500)
    await sends(1)
    expect(world.session.texts).toEqual(['1'])
    media.answers.push(away, away, away)
    const { id } = await accept({ ...anOtp('3'), image })
    await advanceTo(2_000)
    await sends(2)
    await advanceTo(750)
    await advanceTo(1_500)
    await vi.waitFor(async () => expect(await row(id)).toMatchObject({ failure: 'image-failed' }))
  })

  it('lets a slow instance delay no other', async () => {
    world.session.answerNext(() => never)
    media.answers.push(never)
    const other = await world.anInstance()
    const third = await world.anInstance()
    await accept(anOtp('1'))
    await sends(1)
    await accept({ ...anOtp('2'), image }, {}, other)
    await accept(anOtp('3'), {}, third)
    await sends(2)
    expect(world.session.texts).toEqual(['1', '3'])
    world.crash()
    world.restarted()
  })

  it('ends the send in the air when it is disposed of, and begins no other', async () => {
    const acks = new EventEmitter()
    world.session.answerNext(async () => {
      await once(acks, 'ack')
      return { kind: 'sent', at: 5, chat: recipient }
    })
    const first = await accept(anOtp('1'))
    const second = await accept(anOtp('2'))
    await sends(1)
    const disposed = world.sender[Symbol.asyncDispose]()
    await world.clock.advance(10_000)
    expect(await row(first.id)).toMatchObject({ status: 'sending' })
    acks.emit('ack')
    await disposed
    expect(await row(first.id)).toMatchObject({ status: 'sent' })
    expect(await row(second.id)).toMatchObject({ status: 'queued', attempts: 0 })
    expect(world.session.sends).toHaveLength(1)
  })

  it('ends a download when it is disposed of, and spends nothing on it', async () => {
    media.answers.push(never)
    const { id } = await accept({ ...anOtp(), image })
    await vi.waitFor(() => expect(media.asked).toBe(1))
    await world.sender[Symbol.asyncDispose]()
    expect(await row(id)).toMatchObject({ status: 'queued', attempts: 0 })
    await world.restarted().start()
    await sends(1)
  })

  it('takes the word of a receipt that was faster than the ack', async () => {
    world.session.answerNext(async ({ message }) => {
      await world.database.transaction((transaction) =>
        world.outbox.advance(
          instanceId,
          message.whatsappId,
          { status: 'delivered', at: 9, chat: recipient },
          transaction,
        ),
      )
      return { kind: 'sent', at: 10, chat: recipient }
    })
    const { id } = await accept(anOtp('1'))
    await events(2)
    await accept(anOtp('2'))
    await world.clock.advance(3_000)
    await sends(2)
    await events(4)
    expect(world.events.filter(({ kind }) => kind === 'message.sent')).toHaveLength(2)
    expect(await row(id)).toMatchObject({ status: 'delivered' })
  })

  it('still learns from the ack which LID may speak of it', async () => {
    const lid = '818966'
    world.session.answerNext(async ({ message }) => {
      await world.database.transaction((transaction) =>
        world.outbox.advance(
          instanceId,
          message.whatsappId,
          { status: 'delivered', at: 9, chat: recipient },
          transaction,
        ),
      )
      return { kind: 'sent', at: 10, chat: { ...recipient, lid } }
    })
    const { id, whatsappId } = await accept(anOtp('1'))
    await expect.poll(async () => (await row(id))?.chat).toContain(lid)
    const isTaken = (from: string) =>
      world.database.transaction(async (transaction) => {
        const chat = { kind: 'person', lid: from } as const
        const receipt = { status: 'delivered', at: 11, chat } as const
        const message = await world.outbox.advance(instanceId, whatsappId, receipt, transaction)
        return message !== undefined
      })
    expect([await isTaken(lid), await isTaken('1')]).toEqual([true, false])
  })
})
