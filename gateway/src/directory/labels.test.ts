import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { directoryOn } from '../../test/support/directory-stage.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { LabelFact } from '../domain/label.js'
import type { Directory } from './directory.js'

const ana = { kind: 'person', phone: '5511999990001', lid: '164354629388413' } as const
const byLid = { kind: 'person', lid: ana.lid } as const
const byPhone = { kind: 'person', phone: ana.phone } as const

const label = (id: string, name: string, color = 1): LabelFact => ({
  kind: 'label',
  label: { id, name, color },
})

const note = (content: string, id = 'nota') => ({ id, content, createdAt: 1_000, changedAt: 2_000 })

eachDatabase('labels', (open) => {
  let database: Database
  let instanceId: InstanceId
  let directory: Directory

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    directory = directoryOn(database).directory
  })

  const take = (...facts: readonly LabelFact[]) => directory.take(instanceId, facts)
  const assign = (chat: typeof byLid | typeof byPhone, id: string, isAssigned = true) =>
    take({ kind: 'chat-label', chat, label: id, isAssigned })

  test('are listed by number with their last name and colour, after a restart', async () => {
    await take(label('10', 'Pago', 3), label('2', 'Novo'), label('10', 'Pago!', 4))
    const again = directoryOn(await open.again()).directory
    expect(await again.labels.list(instanceId)).toEqual([
      { id: '2', name: 'Novo', color: 1 },
      { id: '10', name: 'Pago!', color: 4 },
    ])
    expect(await again.labels.find(instanceId, '2')).toMatchObject({ name: 'Novo' })
  })

  test('that are deleted leave their chats, and their number is given to no other', async () => {
    await take(label('1', 'Novo'), label('2', 'Pago'))
    await assign(byPhone, '2')
    await take({ kind: 'label-deleted', id: '2' })
    expect(await directory.labels.list(instanceId)).toMatchObject([{ id: '1' }])
    expect(await directory.labels.find(instanceId, '2')).toBeUndefined()
    expect(await directory.labels.ofChat(instanceId, byPhone)).toEqual([])
    expect(await directory.labels.nextId(instanceId)).toBe('3')
  })

  test('of a chat are those that were put on it, in any order and twice', async () => {
    await assign(byPhone, '7')
    await assign(byPhone, '7')
    await take(label('7', 'Novo'))
    await assign(byPhone, '8')
    await assign(byPhone, '8', false)
    await assign(byPhone, '8', false)
    expect(await directory.labels.ofChat(instanceId, byPhone)).toEqual(['7'])
  })

  test('of a person by LID are those of the number, once both are known as one', async () => {
    await assign(byLid, '1')
    await assign(byPhone, '1')
    await assign(byLid, '2')
    await database.transaction((transaction) => directory.join(instanceId, [ana], transaction))
    expect(await directory.labels.ofChat(instanceId, byPhone)).toEqual(['1', '2'])
  })

  test('belong to the number: another one does not see them', async () => {
    await directory.linked(instanceId, '5511999990001')
    await take(label('1', 'Novo'))
    await assign(byPhone, '1')
    await directory.notes.put(instanceId, byPhone, note('Paga em dia'))
    await directory.linked(instanceId, '5511999990002')
    expect(await directory.labels.list(instanceId)).toEqual([])
    expect(await directory.labels.ofChat(instanceId, byPhone)).toEqual([])
    expect(await directory.notes.find(instanceId, byPhone)).toBeUndefined()
  })

  test('and notes of one instance are not those of another', async () => {
    const other = await addInstance(database)
    await take(label('1', 'Novo'))
    await assign(byPhone, '1')
    await directory.notes.put(instanceId, byPhone, note('Paga em dia'))
    expect(await directory.labels.list(other)).toEqual([])
    expect(await directory.labels.find(other, '1')).toBeUndefined()
    expect(await directory.labels.ofChat(other, byPhone)).toEqual([])
    expect(await directory.notes.find(other, byPhone)).toBeUndefined()
  })

  test('stand beside one note a chat, the last, and an empty one removes it', async () => {
    const { notes } = directory
    await notes.put(instanceId, byPhone, note('Paga em dia'))
    await notes.put(instanceId, byPhone, note('Paga tarde', 'outra'))
    expect(await notes.find(instanceId, byPhone)).toEqual(note('Paga tarde', 'outra'))
    expect(await notes.findAll(instanceId, [byLid, byPhone])).toEqual([
      undefined,
      note('Paga tarde', 'outra'),
    ])
    await notes.put(instanceId, byPhone, note(''))
    expect(await notes.find(instanceId, byPhone)).toBeUndefined()
  })

  test('and a note by LID becomes that of the number, unless the number has one', async () => {
    const { notes } = directory
    const join = () =>
      database.transaction((transaction) => directory.join(instanceId, [ana], transaction))
    await notes.put(instanceId, byLid, note('primeira'))
    await join()
    expect(await notes.find(instanceId, byPhone)).toEqual(note('primeira'))
    await notes.put(instanceId, byLid, note('segunda', 'outra'))
    await join()
    expect(await notes.find(instanceId, byPhone)).toEqual(note('primeira'))
    expect(await notes.find(instanceId, byLid)).toBeUndefined()
  })
})
