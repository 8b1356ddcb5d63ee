import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { patience } from '../../../test/support/patience.js'
import { MediaError } from '../../domain/errors.js'
import {
  image,
  never,
  openSenderStage,
  type SenderStage,
} from '../../../test/support/sender-stage.js'

eachDatabase('the sender and files', (openDatabase) => {
  let stage: SenderStage

  beforeEach(async () => {
    stage = await openSenderStage(await openDatabase())
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  it('never sends a message without its image', async () => {
    stage.media.answers.push(new MediaError('The host answered 404. Check the URL.'))
    const { id } = await stage.accept({ ...anOtp(), image })
    const [event] = await stage.events(1)
    expect(event).toMatchObject({
      kind: 'message.failed',
      messageId: id,
      reason: 'image-failed',
      explanation:
        'The file could not be used, so the message was not sent. The host answered 404. Check the URL.',
    })
    expect(stage.world.session.sends).toHaveLength(0)
    expect(await stage.row(id)).toMatchObject({ status: 'failed', attempts: 0 })
  })

  it('tries an image three times when its host may come back', async () => {
    const away = new MediaError('The host is away.', { retryable: true })
    stage.media.answers.push(away, away)
    await stage.accept({ ...anOtp('1'), image })
    await stage.accept(anOtp('2'))
    await stage.advanceTo(750)
    await stage.advanceTo(1_500)
    await stage.sends(1)
    expect(stage.world.session.texts).toEqual(['1'])
    stage.media.answers.push(away, away, away)
    const { id } = await stage.accept({ ...anOtp('3'), image })
    await stage.advanceTo(2_000)
    await stage.sends(2)
    // Another loop sleeps for 750 ms at this moment too.
    await vi.waitUntil(() => stage.media.asked === 4, patience)
    await stage.advanceTo(750)
    await vi.waitUntil(() => stage.media.asked === 5, patience)
    await stage.advanceTo(1_500)
    await vi.waitFor(
      async () => expect(await stage.row(id)).toMatchObject({ failure: 'image-failed' }),
      patience,
    )
  })

  it('ends a download when it is disposed of, and spends nothing on it', async () => {
    stage.media.answers.push(never)
    const { id } = await stage.accept({ ...anOtp(), image })
    await vi.waitFor(() => expect(stage.media.asked).toBe(1), patience)
    await stage.world.sender[Symbol.asyncDispose]()
    expect(await stage.row(id)).toMatchObject({ status: 'queued', attempts: 0 })
    await stage.world.restarted().start()
    await stage.sends(1)
  })
})
