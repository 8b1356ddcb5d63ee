import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { type DirectoryStage, directoryOn, saidIn } from '../../test/support/directory-stage.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { PersonId } from '../domain/chat.js'
import type { ContactFacts, FactSource } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'

const bia = { phone: '5511777777777', lid: '164354629388413' }
const all = { offset: 0, limit: 100 }

eachDatabase('contacts', (open) => {
  let database: Database
  let instanceId: InstanceId
  let stage: DirectoryStage

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    stage = directoryOn(database)
  })

  const take = (person: PersonId, facts: ContactFacts, source: FactSource = 'told') =>
    stage.directory.take(instanceId, [{ kind: 'contact', person, facts }], source)
  const find = (person: PersonId) => stage.directory.contacts.find(instanceId, person)
  const hear = (senderName: string) =>
    database.transaction((transaction) =>
      stage.directory.heard(instanceId, saidIn({ sender: bia, senderName }), transaction),
    )

  test('keep the name of the address book beside the one that the person chose, after a restart', async () => {
    await take(bia, { name: 'Bia Souza', shortName: 'Bia', isSaved: true })
    await hear('bia 🌻')
    stage = directoryOn(await open.again())
    expect(await find({ lid: bia.lid })).toMatchObject({
      person: bia,
      name: 'Bia Souza',
      shortName: 'Bia',
      pushName: 'bia 🌻',
      isSaved: true,
    })
  })

  test('take what is told over the history, and lose a name that was taken away', async () => {
    await take(bia, { pushName: 'agora', name: 'Bia' })
    await take(bia, { pushName: 'antes', about: 'Oi' }, 'history')
    expect(await find(bia)).toMatchObject({ pushName: 'agora', name: 'Bia', about: 'Oi' })
    await take(bia, { name: '', shortName: '', isSaved: false })
    const known = await find(bia)
    expect(known).toMatchObject({ pushName: 'agora', isSaved: false })
    expect(known?.name).toBeUndefined()
  })

  test('are one person under number and LID once that is known', async () => {
    await take({ lid: bia.lid }, { pushName: 'bia' })
    await take({ phone: bia.phone }, { name: 'Bia Souza' })
    await stage.people.learn(instanceId, [bia])
    expect(await stage.directory.contacts.list(instanceId, all)).toMatchObject([
      { person: bia, name: 'Bia Souza', pushName: 'bia' },
    ])
  })

  test('follow a person who changes the name, back and forth', async () => {
    for (const name of ['um', 'um', 'dois', 'um']) {
      await hear(name)
      expect(await find(bia)).toMatchObject({ pushName: name })
    }
  })

  test('are listed as saved while the address book has them, each by all names that are known', async () => {
    const carla = { lid: '55500000000001' }
    await take(bia, { name: 'Bia', isSaved: true })
    await take(carla, { name: 'Carla', isSaved: true })
    await take({ phone: '5511666666666' }, { pushName: 'Davi' })
    const other = await addInstance(database)
    await stage.directory.take(other, [
      { kind: 'contact', person: { phone: '5511555555555' }, facts: { isSaved: true } },
    ])
    const saved = async () => new Set(await stage.directory.contacts.saved(instanceId))
    expect(await saved()).toEqual(new Set([bia, carla]))
    await take(bia, { name: '', isSaved: false })
    expect(await saved()).toEqual(new Set([carla]))
    await take(carla, { pushName: 'carlinha', isSaved: undefined })
    expect(await saved()).toEqual(new Set([carla]))
  })

  test('are sealed, and another instance sees none', async () => {
    await take(bia, { name: 'Segredo', pushName: 'Segredo', about: 'Segredo' })
    const rows = await database.query.selectFrom('directory_contact').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('Segredo')
    const bytes = rows.flatMap((row) => [row.name_sealed, row.push_name_sealed, row.about_sealed])
    for (const sealed of bytes)
      expect(Buffer.from(sealed ?? []).toString('latin1')).not.toContain('Segredo')
    const other = await addInstance(database)
    expect(await stage.directory.contacts.list(other, all)).toEqual([])
  })
})
