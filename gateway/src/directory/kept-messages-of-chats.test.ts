import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { type DirectoryStage, directoryOn } from '../../test/support/directory-stage.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { ChatId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'

const bia = { phone: '5511777777777', lid: '164354629388413' }
const byPhone: ChatId = { kind: 'person', phone: bia.phone }
const byLid: ChatId = { kind: 'person', lid: bia.lid }
const ana: ChatId = { kind: 'person', phone: '5511999999999' }

const message = (id: string, at: number, chat: ChatId = byPhone) => ({
  whatsappId: whatsappIdOf(id),
  chat,
  author: bia,
  fromMe: false,
  at,
  original: { bytes: Buffer.from(id) },
})

eachDatabase('the kept messages of a chat', (open) => {
  let instanceId: InstanceId
  let stage: DirectoryStage

  beforeEach(async () => {
    const database = await open()
    instanceId = await addInstance(database)
    stage = directoryOn(database)
  })

  const keep = (id: string, at: number, chat: ChatId = byPhone) =>
    stage.kept.keep(instanceId, message(id, at, chat))
  const said = async (chat: ChatId, page: Parameters<DirectoryStage['kept']['inChat']>[2]) =>
    (await stage.kept.inChat(instanceId, chat, page)).map(({ whatsappId }) => whatsappId)

  test('come newest first, page by page, whatever the order in which they came', async () => {
    for (const [id, at] of [
      ['B', 2_000],
      ['D', 3_000],
      ['A', 1_000],
      ['C', 3_000],
    ] as const)
      await keep(id, at)
    await keep('X', 2_500, ana)
    expect(await said(byPhone, { limit: 3 })).toEqual(['C', 'D', 'B'])
    const before = { at: 3_000, whatsappId: whatsappIdOf('C') }
    expect(await said(byPhone, { limit: 2, before })).toEqual(['D', 'B'])
    expect(await said(byPhone, { limit: 9, since: 2_000 })).toEqual(['C', 'D'])
  })

  test('of one second are in the order in which they came, and behind them what a history has of it', async () => {
    // Ours have parts of a second, and those of others have none.
    for (const [id, at] of [
      ['Z', 5_400],
      ['Y', 5_000],
      ['A', 5_000],
    ] as const)
      await keep(id, at)
    for (const id of ['H2', 'H1'])
      await stage.kept.keep(instanceId, message(id, 5_000), undefined, 'newest-first')
    const newest = ['A', 'Y', 'Z', 'H2', 'H1']
    expect(await said(byPhone, { limit: 9 })).toEqual(newest)
    for (const [index, id] of newest.entries()) {
      const before = { at: 5_000, whatsappId: whatsappIdOf(id) }
      expect(await said(byPhone, { limit: 9, before })).toEqual(newest.slice(index + 1))
    }
  })

  test('are those under either name of the person', async () => {
    await keep('A', 1_000, byLid)
    await keep('B', 2_000)
    expect(await said(byPhone, { limit: 9 })).toEqual(['B'])
    await stage.people.learn(instanceId, [bia])
    for (const chat of [byLid, byPhone]) expect(await said(chat, { limit: 9 })).toEqual(['B', 'A'])
  })

  test('are erased up to a moment, under either name, in that chat alone', async () => {
    await keep('A', 1_000, byLid)
    await keep('B', 2_000)
    await keep('C', 3_000)
    await keep('X', 1_500, ana)
    await stage.people.learn(instanceId, [bia])
    for (let times = 0; times < 2; times += 1)
      await stage.kept.eraseChat(instanceId, byPhone, 2_000)
    expect(await said(byPhone, { limit: 9 })).toEqual(['C'])
    expect(await said(ana, { limit: 9 })).toEqual(['X'])
    const reference = { whatsappId: whatsappIdOf('B'), chat: byPhone }
    expect(await stage.kept.find(instanceId, reference)).toBeUndefined()
  })

  test('end when their time is over', async () => {
    await keep('A', 1_000)
    await stage.clock.advance(31 * 86_400_000)
    expect(await said(byPhone, { limit: 9 })).toEqual([])
  })
})
