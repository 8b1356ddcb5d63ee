/** What leaves first: codes before texts, with the order within each chat. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { text } from '../../domain/content/text.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Submission } from '../submission.js'

const [ana, bia, caio] = ['5511999990001', '5511999990002', '5511999990003']

const expectCodeIn = (shown: string | undefined, code: string) => expect(shown).toContain(code)

eachDatabase('the order of a queue', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, policy: { minGapMs: 1_000, maxGapMs: 1_000 } })
    instanceId = await world.anInstance('closed')
    await world.sender.start()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (
    phone: string,
    content: Submission['content'],
    more: Pick<Submission, 'expiresInSeconds' | 'priority'> = {},
  ) => world.outbox.accept(instanceId, { recipient: { kind: 'person', phone }, content, ...more })

  /** Lets time pass until so many have left. */
  const afterLeaving = async (howMany: number): Promise<readonly string[]> => {
    await vi.waitFor(
      async () => {
        await world.clock.advance(1_000)
        expect(world.session.texts).toHaveLength(howMany)
      },
      { timeout: 60_000, interval: 2 },
    )
    return world.session.texts
  }

  it('begins with a code and with what expires, then texts, then what is low', async () => {
    await accept(ana, text('news'), { priority: 'low' })
    await accept(bia, text('text'))
    await accept(caio, text('soon'), { expiresInSeconds: 60 })
    await accept('5511999990004', text('wanted'), { priority: 'high' })
    await accept('5511999990005', text('never mind'), { priority: 'low', expiresInSeconds: 3_600 })
    world.connect(instanceId)
    expect(await afterLeaving(5)).toEqual(['soon', 'wanted', 'text', 'news', 'never mind'])
  })

  it('lets a code overtake a campaign to others', async () => {
    for (let index = 0; index < 5; index += 1)
      await accept(String(5_511_888_880_000 + index), text(`offer ${index}`))
    world.connect(instanceId)
    await vi.waitFor(() => expect(world.session.texts).toEqual(['offer 0']), { timeout: 60_000 })
    await accept(ana, anOtp('123456'))
    await afterLeaving(6)
    expectCodeIn(world.session.texts[1], '123456')
  })

  it('takes the texts before a code in its chat along, in their order', async () => {
    await accept(bia, text('to Bia'))
    await accept(ana, text('first'), { priority: 'low' })
    await accept(ana, text('second'))
    await accept(ana, anOtp('123456'))
    await accept(ana, text('last'), { priority: 'low' })
    world.connect(instanceId)
    await afterLeaving(5)
    const [first, second, code, ...rest] = world.session.texts
    expect([first, second]).toEqual(['first', 'second'])
    expectCodeIn(code, '123456')
    expect(rest).toEqual(['to Bia', 'last'])
  })

  it('gives every tenth turn to a text, however many codes wait', async () => {
    await accept(ana, text('text'))
    for (let index = 0; index < 12; index += 1)
      await accept(String(5_511_888_880_000 + index), anOtp(String(100_000 + index)))
    world.connect(instanceId)
    await afterLeaving(13)
    expect(world.session.texts.indexOf('text')).toBe(9)
  })

  it('is the one that the listing shows, page by page', async () => {
    await accept(ana, text('low'), { priority: 'low' })
    await accept(bia, text('normal'))
    await accept(caio, text('high'), { priority: 'high' })
    const shown: (readonly [string, string])[] = []
    let after: number | undefined
    do {
      const page = await world.waiting.page(instanceId, { after, limit: 1 })
      for (const message of page.messages) shown.push([message.text, message.priority])
      after = page.next
    } while (after !== undefined)
    expect(shown).toEqual([
      ['high', 'high'],
      ['normal', 'normal'],
      ['low', 'low'],
    ])
  })
})
