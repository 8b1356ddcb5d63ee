import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { MessageContent } from '../../domain/content/index.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageSearch, SearchWish } from './message-search.js'

const text: MessageContent = { kind: 'text', text: 'Oi' }

eachDatabase('MessageSearch', (openDatabase) => {
  let world: OutboxWorld
  let search: MessageSearch
  let one: InstanceId
  let other: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    search = world.search
    one = await world.anInstance('closed')
    other = await world.anInstance('closed')
  })

  const accept = async (of: InstanceId, phone: string, content: MessageContent = text) =>
    (await world.outbox.accept(of, { recipient: { kind: 'person', phone }, content })).id
  const set = (id: string, change: object) =>
    world.database.query.updateTable('message').set(change).where('id', '=', id).execute()
  const found = async (wish: SearchWish) => {
    const page = await search.page(wish, { limit: 9 })
    expect(await search.count(wish)).toBe(page.length)
    return page.map(({ id }) => id)
  }

  it('lists the messages of all instances, the newest first, page by page', async () => {
    const ids = [await accept(one, '5511900000001'), await accept(other, '5511900000002')]
    ids.push(await accept(one, '5511900000003'))
    const first = await search.page({}, { limit: 2 })
    expect(first.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    const rest = await search.page({}, { limit: 2, before: first.at(-1)?.sequence })
    expect(rest).toMatchObject([{ id: ids[0], instanceId: one, kind: 'text', priority: 'normal' }])
    expect(await search.count({})).toBe(3)
    const all: string[] = []
    for await (const { id } of search.all({})) all.push(id)
    expect(all).toEqual(ids.toReversed())
  })

  it('shows one instance nothing of another', async () => {
    const mine = await accept(one, '5511900000001')
    const theirs = await accept(other, '5511900000001')
    expect(await found({ instanceId: one, text: '5511900000001' })).toEqual([mine])
    expect(await found({ instanceId: one, text: theirs })).toEqual([])
    const { whatsappId } = (await search.page({ instanceId: other }, { limit: 1 }))[0] ?? {}
    expect(await found({ instanceId: one, text: whatsappId })).toEqual([])
  })

  it('finds a number by all of it, in any form, and by a part of it', async () => {
    const mine = await accept(one, '5511999990001')
    await accept(one, '5521988887777')
    for (const written of ['5511999990001', '+55 11 99999-0001', '551199990001', '99990001'])
      expect({ written, found: await found({ text: written }) }).toEqual({ written, found: [mine] })
    expect(await found({ text: '99990002' })).toEqual([])
  })

  it('finds a message by its id and by that of WhatsApp, in any case', async () => {
    const id = await accept(one, '5511900000001')
    await accept(one, '5511900000001')
    const [, message] = await search.page({}, { limit: 2 })
    expect(await found({ text: id.toLowerCase() })).toEqual([id])
    expect(await found({ text: message?.whatsappId })).toEqual([id])
  })

  it('finds failures by a part of what their callers were told, and by their reason', async () => {
    const failed = await accept(one, '5511900000001')
    await accept(one, '5511900000002')
    const explanation = 'The image could not be fetched: 100% of it is missing.'
    await set(failed, { status: 'failed', failure: 'image-failed', explanation, ended_at: 5 })
    for (const part of ['IMAGE could', '100% of', 'fetched:'])
      expect({ part, found: await found({ text: part }) }).toEqual({ part, found: [failed] })
    for (const part of ['image_could', '1%0', 'nothing like it'])
      expect({ part, found: await found({ text: part }) }).toEqual({ part, found: [] })
    expect(await found({ reasons: ['image-failed'] })).toEqual([failed])
    expect(await found({ statuses: ['failed'] })).toEqual([failed])
    expect(await search.page({ statuses: ['failed'] }, { limit: 1 })).toMatchObject([
      { explanation, failure: 'image-failed' },
    ])
  })

  it('keeps to the kinds, priorities, statuses and moments that are wished', async () => {
    const code = await accept(one, '5511900000001', anOtp('845201'))
    const low = await accept(one, '5511900000002')
    await set(low, { priority: 2, accepted_at: 10 })
    const read = await accept(one, '5511900000003')
    await set(read, { status: 'read', kind: null, accepted_at: 20 })
    expect(await found({ kinds: ['otp-button'] })).toEqual([code])
    expect(await found({ priorities: ['low'] })).toEqual([low])
    expect(await found({ statuses: ['read', 'played'] })).toEqual([read])
    expect(await found({ since: 10, until: 20 })).toEqual([low])
    expect(await found({ since: 11, until: 21 })).toEqual([read])
    expect(await found({ until: 10 })).toEqual([])
    expect(await search.page({ statuses: ['read'] }, { limit: 1 })).toMatchObject([
      { kind: undefined },
    ])
  })
})
