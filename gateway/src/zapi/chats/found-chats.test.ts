import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { type DirectoryStage, directoryOn } from '../../../test/support/directory-stage.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import { phoneOf } from '../to-zapi.js'
import { foundChats } from './found-chats.js'

eachDatabase('a search for chats', (open) => {
  let database: Database
  let instanceId: InstanceId
  let stage: DirectoryStage

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    stage = directoryOn(database)
  })

  const know = (phone: string, pushName: string, lastMessageAt: number) =>
    stage.directory.take(
      instanceId,
      [
        { kind: 'chat', chat: { kind: 'person', phone }, facts: { lastMessageAt } },
        { kind: 'contact', person: { phone }, facts: { pushName } },
      ],
      'history',
    )
  const found = async (sought: string, page = { offset: 0, limit: 10 }, of = instanceId) =>
    (await foundChats(stage.directory, of, sought, page)).map(({ chat }) => phoneOf(chat))

  test('finds people by a part of their name, whatever its case and accents', async () => {
    await know('5511900000001', 'João Ção', 1)
    await know('5511900000002', 'Maria', 2)
    for (const sought of ['João', 'joao', 'CAO', 'o ç'])
      expect({ sought, found: await found(sought) }).toEqual({ sought, found: ['5511900000001'] })
    expect(await found('Pedro')).toEqual([])
    expect(await found('a', undefined, await addInstance(database))).toEqual([])
  })

  test('finds numbers by a part, as people write them, and groups by name and id', async () => {
    await know('5511999990001', 'Ana', 1)
    await know('5521988887777', 'Loja 11', 2)
    const group = { kind: 'group', group: '120363019502650977' } as const
    const facts = { name: 'Clientes VIP', lastMessageAt: 3 }
    await stage.directory.take(instanceId, [{ kind: 'chat', chat: group, facts }], 'history')
    for (const sought of ['+55 11 99999-0001', '99990001', '(11) 99999'])
      expect({ sought, found: await found(sought) }).toEqual({ sought, found: ['5511999990001'] })
    for (const sought of ['vip', '1203630195'])
      expect({ sought, found: await found(sought) }).toEqual({ sought, found: [phoneOf(group)] })
    expect(await found('11')).toEqual(['5521988887777', '5511999990001'])
    for (const sought of ['%', '_', '(']) expect(await found(sought)).toEqual([])
  })

  test('pages among more chats than it reads at once, the one last talked in first', async () => {
    const all = Array.from({ length: 250 }, (_, at) => ({
      phone: String(5_511_900_000_000 + at),
      name: at % 50 === 0 ? 'Sought' : 'Other',
      at,
    }))
    for (const { phone, name, at } of all) await know(phone, name, at + 1)
    const sought = all.filter(({ name }) => name === 'Sought').map(({ phone }) => phone)
    sought.reverse()
    expect(await found('sought')).toEqual(sought)
    expect(await found('sought', { offset: 2, limit: 2 })).toEqual(sought.slice(2, 4))
    expect(await found('sought', { offset: 4, limit: 2 })).toEqual(sought.slice(4))
  })
})
