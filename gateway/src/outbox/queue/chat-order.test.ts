/** Whatever holds up one chat holds up no other, and every chat keeps its order. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anImage, anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { Recipient } from '../../domain/chat.js'
import type { FileSource, PreparedFile } from '../../domain/content/files.js'
import { image } from '../../domain/content/image.js'
import type { MessageContent } from '../../domain/content/index.js'
import { text } from '../../domain/content/text.js'
import type { SendResult } from '../../domain/sending.js'
import { MediaError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'

const ana: Recipient = { kind: 'person', phone: '5511999990001' }
const bia: Recipient = { kind: 'person', phone: '5511999990002' }
const group: Recipient = { kind: 'group', group: '120363000000000001' }
const source: FileSource = { kind: 'url', url: 'https://example.com/a.png' }

const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 60_000, interval: 2 })

eachDatabase('a chat that is held up', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  /** How the images of the next messages end, one after the other; after that they are there. */
  let images: (Promise<PreparedFile> | Error)[]

  beforeEach(async () => {
    images = []
    const database = await openDatabase()
    // Time moves on when the database has answered.
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, {
      clock,
      media: {
        prepare: async () => {
          const next = await images.shift()
          if (next instanceof Error) throw next
          return next ?? anImage
        },
      },
    })
    instanceId = await world.anInstance()
    await world.sender.start()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = async (recipient: Recipient, said: string | MessageContent) => {
    const content = typeof said === 'string' ? text(said) : said
    return (await world.outbox.accept(instanceId, { recipient, content })).id
  }
  const shown = (...texts: string[]) => eventually(() => expect(world.session.texts).toEqual(texts))
  const failures = () =>
    world.events.flatMap((event) =>
      event.kind === 'message.failed' ? [[event.messageId, event.reason]] : [],
    )
  /** Time passes until that is so, or for some minutes. */
  const passes = async (isSo: () => boolean) => {
    for (let second = 0; second < 300 && !isSo(); second += 1) await world.clock.advance(1_000)
    expect(isSo()).toBe(true)
  }

  describe.each<[string, SendResult]>([
    ['its retry', { kind: 'refused', code: 503 }],
    ['its next try', { kind: 'not-sent', cause: 'the media server is away' }],
    ['a late ack', { kind: 'unknown', cause: 'no ack' }],
  ])('by %s', (_, result) => {
    it('lets the others go on with their gaps, and keeps its own order', async () => {
      // The session has been open for a while.
      await world.clock.advance(60_000)
      world.session.answerNext(result)
      await accept(ana, 'ana 1')
      await shown('ana 1')
      await accept(bia, 'bia 1')
      await accept(ana, 'ana 2')
      await passes(() => world.session.sends.length >= 4)
      const { texts, sends } = world.session
      expect(texts.filter((each) => each.startsWith('ana'))).toEqual(['ana 1', 'ana 1', 'ana 2'])
      const toBia = sends[texts.indexOf('bia 1')]?.at ?? Infinity
      expect(toBia - (sends[0]?.at ?? 0)).toBeLessThanOrEqual(4_000)
    })
  })

  it('by an image that hangs lets the others go on at once', async () => {
    let arrive: ((image: PreparedFile) => void) | undefined
    images.push(new Promise((resolve) => (arrive = resolve)))
    await accept(ana, image(source, 'ana 1'))
    await accept(ana, 'ana 2')
    await accept(bia, 'bia 1')
    await shown('bia 1')
    arrive?.(anImage)
    await passes(() => world.session.sends.length === 3)
    expect(world.session.texts).toEqual(['bia 1', 'ana 1', 'ana 2'])
  })

  it('by an image whose host is away lets the others go on, and goes on itself when that is given up', async () => {
    images = [1, 2, 3].map(() => new MediaError('The host is away.', { retryable: true }))
    const lost = await accept(ana, image(source, 'ana 1'))
    await accept(ana, 'ana 2')
    await accept(bia, 'bia 1')
    await shown('bia 1')
    await passes(() => world.session.sends.length === 2)
    expect(world.session.texts).toEqual(['bia 1', 'ana 2'])
    expect(failures()).toEqual([[lost, 'image-failed']])
  })

  it('by an image goes on when another process has ended that message', async () => {
    images = [new MediaError('The host is away.', { retryable: true })]
    const { id } = await world.outbox.accept(instanceId, {
      recipient: ana,
      content: image(source, 'ana 1'),
    })
    await accept(ana, 'ana 2')
    await eventually(() => expect(images).toEqual([]))
    const { query } = world.database
    await query.updateTable('message').set({ status: 'failed' }).where('id', '=', id).execute()
    await passes(() => world.session.sends.length === 1)
    expect(world.session.texts).toEqual(['ana 2'])
  })

  it('by more images than are got at once still lets a text go', async () => {
    const hanging = new Promise<PreparedFile>(() => {})
    images = Array.from({ length: 20 }, () => hanging)
    for (let index = 0; index < 20; index += 1)
      await accept({ kind: 'person', phone: `55119888800${10 + index}` }, image(source, 'image'))
    await accept(bia, 'bia 1')
    await shown('bia 1')
    expect(images).toHaveLength(16)
  })

  it('by a look-up that hangs is overtaken after half a second', async () => {
    let answer: ((result: undefined) => void) | undefined
    world.session.lookUps.set('5511999990001', new Promise((resolve) => (answer = resolve)))
    await accept(ana, 'ana 1')
    await accept(ana, 'ana 2')
    await accept(bia, 'bia 1')
    await eventually(() => expect(world.clock.sleepingMs).toContain(500))
    expect(world.session.texts).toEqual([])
    await world.clock.advance(500)
    await shown('bia 1')
    answer?.(undefined)
    await passes(() => world.session.sends.length === 3)
    expect(world.session.texts).toEqual(['bia 1', 'ana 1', 'ana 2'])
    const moments = world.session.sends.map(({ at }) => at)
    expect((moments[1] ?? 0) - (moments[0] ?? 0)).toBe(2_000)
  })

  it('by what can never succeed ends at once, without a gap and without its turn', async () => {
    const why = 'no-such-group'
    world.session.lookUps.set(
      '120363000000000001',
      Promise.resolve({ kind: 'recipient-unreachable', why }),
    )
    const id = await accept(group, 'group 1')
    await accept(bia, 'bia 1')
    await shown('bia 1')
    expect(failures()).toEqual([[id, 'recipient-unreachable']])
    const { status, attempts } = await world.database.query
      .selectFrom('message')
      .select(['status', 'attempts'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect({ status, attempts }).toEqual({ status: 'failed', attempts: 0 })
  })

  it('is one chat by every form of a number', async () => {
    world.session.answerNext({ kind: 'refused', code: 503 })
    await accept({ kind: 'person', phone: '5511999990003' }, '1')
    await accept({ kind: 'person', phone: '551199990003' }, '2')
    await passes(() => world.session.sends.length === 3)
    expect(world.session.texts).toEqual(['1', '1', '2'])
  })

  it('can be taken back while its recipient is looked up, and is not sent then', async () => {
    let answer: ((result: undefined) => void) | undefined
    world.session.lookUps.set('5511999990001', new Promise((resolve) => (answer = resolve)))
    const id = await accept(ana, 'ana 1')
    await eventually(() => expect(world.clock.sleepingMs).toContain(30_000))
    expect(await world.waiting.cancel(instanceId, id)).toBe('cancelled')
    answer?.(undefined)
    world.session.lookUps.clear()
    await accept(ana, 'ana 2')
    await shown('ana 2')
    expect(failures()).toEqual([[id, 'cancelled']])
  })

  it('goes on at once when the message that is tried again is taken back', async () => {
    world.session.answerNext({ kind: 'not-sent', cause: 'away' })
    const id = await accept(ana, 'ana 1')
    await accept(ana, 'ana 2')
    await shown('ana 1')
    await eventually(async () =>
      expect(await world.waiting.cancel(instanceId, id)).toBe('cancelled'),
    )
    await shown('ana 1', 'ana 2')
  })
})
