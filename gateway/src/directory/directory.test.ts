import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { type DirectoryStage, directoryOn } from '../../test/support/directory-stage.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { DirectoryFact } from '../domain/directory.js'
import type { GroupInfo } from '../domain/group.js'
import type { InstanceId } from '../domain/instance.js'

const bia = { phone: '5511777777777', lid: '164354629388413' }
const chat = { kind: 'person', ...bia } as const
const group: GroupInfo = {
  group: '120363019502650977',
  subject: 'Condomínio',
  isAnnouncement: false,
  isCommunity: false,
  adminsWrite: false,
  adminsEdit: true,
  adminsApprove: false,
  adminsAdd: true,
  size: 1,
  members: [{ person: bia, isAdmin: true, isCreator: true }],
}
const facts: readonly DirectoryFact[] = [
  { kind: 'chat', chat, facts: { name: 'Bia', lastMessageAt: 500 } },
  { kind: 'contact', person: bia, facts: { name: 'Bia Souza' } },
  { kind: 'group', group },
]
const all = { offset: 0, limit: 10 }

eachDatabase('the directory', (open) => {
  let database: Database
  let instanceId: InstanceId
  let stage: DirectoryStage

  async function sizes(): Promise<readonly number[]> {
    const { chats, contacts, groups } = stage.directory
    const lists = [chats, contacts, groups].map((each) => each.list(instanceId, all))
    return (await Promise.all(lists)).map(({ length }) => length)
  }

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    stage = directoryOn(database)
  })

  test('keeps a group with its members under the name that its chat has too', async () => {
    await stage.directory.take(instanceId, facts)
    expect(await stage.directory.groups.find(instanceId, group.group)).toEqual(group)
    expect(
      await stage.directory.chats.find(instanceId, { kind: 'group', group: group.group }),
    ).toMatchObject({ name: 'Condomínio' })
    await stage.directory.take(instanceId, [{ kind: 'group-left', group: group.group }])
    expect(await stage.directory.groups.find(instanceId, group.group)).toBeUndefined()
  })

  test('forgets the groups that a whole list no longer has', async () => {
    const other = { ...group, group: '120363000000000001', subject: 'Outra' }
    await stage.directory.takeGroups(instanceId, [group, other])
    await stage.directory.takeGroups(instanceId, [other])
    expect(await stage.directory.groups.list(instanceId, all)).toEqual([other])
  })

  test('stores all facts of a call or none', async () => {
    const broken = { kind: 'chat', chat, facts: { unread: {} } } as unknown as DirectoryFact
    await expect(stage.directory.take(instanceId, [...facts, broken])).rejects.toThrow(/./u)
    expect(await sizes()).toEqual([0, 0, 0])
  })

  test('is erased with everything that was said when another number is linked, and only then', async () => {
    await stage.directory.linked(instanceId, '5511888888888')
    await stage.directory.take(instanceId, facts)
    const kept = { whatsappId: whatsappIdOf('3EB0A'), chat, author: bia, fromMe: false, at: 9 }
    await stage.kept.keep(instanceId, { ...kept, original: { bytes: Buffer.from('oi') } })
    await stage.directory.linked(instanceId, '5511888888888')
    expect(await sizes()).toEqual([2, 1, 1])
    await stage.directory.linked(instanceId, '5511888888889')
    expect(await sizes()).toEqual([0, 0, 0])
    expect(await stage.kept.inChat(instanceId, chat, { limit: 9 })).toEqual([])
  })

  test('goes with its instance', async () => {
    await stage.directory.linked(instanceId, '5511888888888')
    await stage.directory.take(instanceId, facts)
    await database.query.deleteFrom('instance').where('id', '=', instanceId).execute()
    for (const table of ['directory_owner', 'directory_chat', 'directory_contact'] as const)
      expect(await database.query.selectFrom(table).selectAll().execute()).toEqual([])
    expect(await database.query.selectFrom('directory_group').selectAll().execute()).toEqual([])
  })

  test('erases what has not changed for as long as it is kept, in portions', async () => {
    const clock = new ManualClock(1_000)
    stage = directoryOn(database, { keepMs: 5_000, clock })
    const many = Array.from(
      { length: 2_100 },
      (_, n): DirectoryFact => ({
        kind: 'contact',
        person: { phone: `55119${String(n).padStart(8, '0')}` },
        facts: { pushName: 'x' },
      }),
    )
    await stage.directory.take(instanceId, [...many, ...facts])
    await clock.advance(4_999)
    expect(await stage.directory.purge()).toBe(0)
    await stage.directory.take(instanceId, [facts[0] ?? { kind: 'group', group }])
    await clock.advance(1)
    expect(await stage.directory.purge()).toBe(2_103)
    expect(await sizes()).toEqual([1, 0, 0])
  })

  test('knows when something was sent last, however many leave at once', async () => {
    for (let n = 0; n < 50; n += 1)
      stage.directory.sent(instanceId, n % 2 === 0 ? chat : { kind: 'group', group: '1' }, 600 + n)
    await stage.directory[Symbol.asyncDispose]()
    const known = await stage.directory.chats.list(instanceId, all)
    expect(known.map(({ lastMessageAt }) => lastMessageAt)).toEqual([649, 648])
  })

  test('keeps nothing where nothing is to be kept', async () => {
    stage = directoryOn(database, { keepMs: 0 })
    await stage.directory.take(instanceId, facts)
    await stage.directory.takeGroups(instanceId, [group])
    expect(await sizes()).toEqual([0, 0, 0])
  })
})
