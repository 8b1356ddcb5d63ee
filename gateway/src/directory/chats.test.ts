import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { type DirectoryStage, directoryOn, saidIn } from '../../test/support/directory-stage.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { ChatId } from '../domain/chat.js'
import type { ChatFacts, FactSource } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'

const ana: ChatId = { kind: 'person', phone: '5511999999999' }
const bia = { phone: '5511777777777', lid: '164354629388413' }
const group: ChatId = { kind: 'group', group: '120363019502650977' }
const all = { offset: 0, limit: 100 }

eachDatabase('chats', (open) => {
  let database: Database
  let instanceId: InstanceId
  let stage: DirectoryStage

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    stage = directoryOn(database)
  })

  const take = (chat: ChatId, facts: ChatFacts, source: FactSource = 'told') =>
    stage.directory.take(instanceId, [{ kind: 'chat', chat, facts }], source)
  const found = (chat: ChatId) => stage.directory.chats.find(instanceId, chat)
  const listed = async () =>
    (await stage.directory.chats.list(instanceId, all)).map(({ chat }) => chat)
  const talk = (chat: ChatId, at: number, fromMe = false) =>
    database.transaction((transaction) =>
      stage.directory.heard(instanceId, saidIn({ chat, fromMe, at }), transaction),
    )

  test('keep what was told before when one thing changes, after a restart too', async () => {
    const facts = { name: 'Ana', isArchived: true, pinnedAt: 5, mutedUntil: 'always', unread: 2 }
    await take(ana, facts as ChatFacts)
    await take(ana, { pinnedAt: null })
    stage = directoryOn(await open.again())
    expect(await found(ana)).toMatchObject({ ...facts, pinnedAt: null, chat: ana })
  })

  test('take what is told over the history, in either order and repeated', async () => {
    const history = { isArchived: true, name: 'Antes', timerSeconds: 86_400, lastMessageAt: 700 }
    await take(ana, history, 'history')
    await take(ana, { isArchived: false, mutedUntil: 9_000 })
    await take(group, { isArchived: false, mutedUntil: 9_000 })
    for (const chat of [ana, group, ana]) await take(chat, history, 'history')
    const one = { ...history, isArchived: false, mutedUntil: 9_000 }
    expect(await found(ana)).toMatchObject(one)
    expect(await found(group)).toMatchObject(one)
  })

  test('know nothing that was not reported', async () => {
    await take(ana, {})
    expect(await found(ana)).toMatchObject({ isArchived: undefined, unread: undefined })
    expect(await found(group)).toBeUndefined()
  })

  test('come in the order in which they were last talked in, page by page', async () => {
    await take(ana, { lastMessageAt: 100 }, 'history')
    await take(group, { lastMessageAt: 200 }, 'history')
    await take({ kind: 'person', ...bia }, {})
    await talk(ana, 300)
    const chats = [ana, group, { kind: 'person', ...bia }]
    expect(await listed()).toEqual(chats)
    for (const [offset, chat] of chats.entries())
      expect(await stage.directory.chats.list(instanceId, { offset, limit: 1 })).toMatchObject([
        { chat },
      ])
    expect(await stage.directory.chats.list(instanceId, { offset: 3, limit: 1 })).toEqual([])
  })

  test('count what is unread, and not what was sent', async () => {
    await take(ana, { unread: 3 }, 'history')
    await talk(ana, 400)
    await talk(ana, 300)
    await talk(ana, 500, true)
    expect(await found(ana)).toMatchObject({ unread: 5, lastMessageAt: 500 })
    await take(ana, { unread: 0 })
    expect(await found(ana)).toMatchObject({ unread: 0 })
  })

  test('that are known by LID and by number become one when both turn out to be one person', async () => {
    const byLid: ChatId = { kind: 'person', lid: bia.lid }
    const byPhone: ChatId = { kind: 'person', phone: bia.phone }
    await take(byLid, { name: 'Bia', isArchived: true, lastMessageAt: 900 })
    await take(byPhone, { isArchived: false, lastMessageAt: 400 })
    await stage.people.learn(instanceId, [bia])
    expect(await listed()).toEqual([{ kind: 'person', ...bia }])
    for (const chat of [byLid, byPhone])
      expect(await found(chat)).toMatchObject({
        name: 'Bia',
        isArchived: false,
        lastMessageAt: 900,
      })
    await take(byLid, { unread: 4 })
    expect(await listed()).toHaveLength(1)
  })

  test('know their timer under number and LID, after a restart too, and 0 where none was told', async () => {
    const other = await addInstance(database)
    const timerOf = (chat: ChatId) => stage.directory.chats.timerOf(instanceId, chat)
    expect(await timerOf(ana)).toBe(0)
    await take({ kind: 'person', ...bia }, { timerSeconds: 86_400 })
    await take(group, { timerSeconds: 604_800, name: 'Turma' })
    await take(group, { name: 'Turma 2' })
    stage = directoryOn(await open.again())
    expect(await timerOf({ kind: 'person', lid: bia.lid })).toBe(86_400)
    expect(await timerOf({ kind: 'person', phone: bia.phone })).toBe(86_400)
    expect(await timerOf(group)).toBe(604_800)
    await take(group, { timerSeconds: 0 })
    expect(await timerOf(group)).toBe(0)
    expect(await stage.directory.chats.timerOf(other, { kind: 'person', ...bia })).toBe(0)
  })

  test('are gone when they are deleted, until the next message', async () => {
    await take(ana, { name: 'Ana', lastMessageAt: 100, pinnedAt: 50 })
    await stage.directory.take(instanceId, [{ kind: 'chat-deleted', chat: ana, at: 800 }])
    await take(ana, { lastMessageAt: 100 }, 'history')
    expect(await listed()).toEqual([])
    expect(await found(ana)).toBeUndefined()
    await talk(ana, 900)
    expect(await found(ana)).toMatchObject({ name: 'Ana', unread: 1, pinnedAt: null })
  })

  test('are sealed where a person gave the name, and another instance sees none', async () => {
    await take(ana, { name: 'Segredo' })
    const [row] = await database.query.selectFrom('directory_chat').selectAll().execute()
    expect(Buffer.from(row?.name_sealed ?? []).toString('latin1')).not.toContain('Segredo')
    const other = await addInstance(database)
    expect(await stage.directory.chats.list(other, all)).toEqual([])
    expect(await stage.directory.chats.find(other, ana)).toBeUndefined()
  })
})
