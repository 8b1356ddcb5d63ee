import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { createVault } from '../db/encryption.js'
import { BroadcastLists } from './broadcast-lists.js'

const ana = { kind: 'person', phone: '5511999990001' } as const
const bia = { kind: 'lid', lid: '164354629388413' } as const

eachDatabase('broadcast lists', (open) => {
  async function setUp() {
    const database = await open()
    const parts = { database, vault: createVault(randomBytes(32)), clock: new ManualClock() }
    const [id, other] = [await addInstance(database), await addInstance(database)]
    return { ...parts, lists: new BroadcastLists(parts), id, other }
  }

  test('are found by the number that they got, and listed in the order of their making', async () => {
    const { lists, id, clock } = await setUp()
    const made = []
    for (const name of ['Clientes', 'Amigos', 'Família']) {
      made.push(await lists.create(id, { name, people: [ana, bia] }))
      await clock.advance(1_000)
    }
    expect(made[0]?.id).toMatch(/^\d{10}$/u)
    expect(await lists.find(id, made[1]?.id ?? '')).toEqual(made[1])
    expect(await lists.list(id, { offset: 0, limit: 2 })).toEqual(made.slice(0, 2))
    expect(await lists.list(id, { offset: 2, limit: 2 })).toEqual(made.slice(2))
  })

  test('keep their name where people alone change', async () => {
    const { lists, id } = await setUp()
    const list = await lists.create(id, { name: 'Clientes', people: [ana] })
    const listId = list?.id ?? ''
    const changed = { id: listId, name: 'Clientes', people: [bia] }
    expect(await lists.change(id, listId, { people: [bia] })).toEqual(changed)
    expect(await lists.change(id, listId, { name: 'Todos', people: [ana, bia] })).toMatchObject({
      name: 'Todos',
    })
    expect(await lists.find(id, listId)).toMatchObject({ name: 'Todos', people: [ana, bia] })
  })

  test('are gone once deleted', async () => {
    const { lists, id } = await setUp()
    const { id: listId = '' } = { ...(await lists.create(id, { name: 'Clientes', people: [ana] })) }
    expect(await lists.delete(id, listId)).toBe(true)
    expect(await lists.delete(id, listId)).toBe(false)
    expect(await lists.find(id, listId)).toBeUndefined()
    expect(await lists.change(id, listId, { people: [bia] })).toBeUndefined()
  })

  test('belong to one instance', async () => {
    const { lists, id, other } = await setUp()
    const { id: listId = '' } = { ...(await lists.create(id, { name: 'Clientes', people: [ana] })) }
    expect(await lists.find(other, listId)).toBeUndefined()
    expect(await lists.list(other, { offset: 0, limit: 10 })).toEqual([])
    expect(await lists.change(other, listId, { people: [] })).toBeUndefined()
    expect(await lists.delete(other, listId)).toBe(false)
    expect(await lists.find(id, listId)).toMatchObject({ people: [ana] })
  })

  test('hold names and numbers of people sealed', async () => {
    const { lists, id, database } = await setUp()
    await lists.create(id, { name: 'Clientes', people: [ana] })
    const row = await database.query.selectFrom('broadcast_list').selectAll().executeTakeFirst()
    const text = Object.values(row ?? {})
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
      .join(' ')
    expect(text).not.toContain('Clientes')
    expect(text).not.toContain(ana.phone)
  })
})
