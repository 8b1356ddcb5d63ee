import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { directoryOn } from '../../test/support/directory-stage.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { PrivacyFact } from '../domain/privacy.js'
import type { Directory } from './directory.js'

const ana = { phone: '5511999990001', lid: '164354629388413' } as const
const bia = { phone: '5511999990002' } as const

const blocked = (isListed: boolean, person: { phone?: string; lid?: string }): PrivacyFact => ({
  kind: 'privacy-list-changed',
  list: 'blocked',
  person,
  isListed,
})

eachDatabase('privacy settings and lists of people', (open) => {
  let database: Database
  let instanceId: InstanceId
  let directory: Directory

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    directory = directoryOn(database).directory
  })

  const take = (...facts: readonly PrivacyFact[]) => directory.take(instanceId, facts)

  test('are known after a restart; what was not told is missing, and what was told later counts', async () => {
    expect(await directory.privacy.settings(instanceId)).toEqual({})
    await take({ kind: 'privacy', facts: { 'last-seen': 'all', readReceipts: false } })
    await take({ kind: 'privacy', facts: { 'last-seen': 'none', defaultTimer: 0 } })
    const again = directoryOn(await open.again()).directory
    const known = { 'last-seen': 'none', readReceipts: false, defaultTimer: 0 }
    expect(await again.privacy.settings(instanceId)).toEqual(known)
    expect(await again.privacy.list(instanceId, 'blocked')).toBeUndefined()
  })

  test('hold each person once, under any of their names', async () => {
    await take({ kind: 'privacy-list', list: 'blocked', people: [bia] })
    await take(blocked(true, { lid: ana.lid }), blocked(true, ana), blocked(true, ana))
    expect(await directory.privacy.list(instanceId, 'blocked')).toEqual([bia, ana])
    await take(blocked(false, { lid: ana.lid }), blocked(false, { lid: ana.lid }))
    expect(await directory.privacy.list(instanceId, 'blocked')).toEqual([bia])
    await take({ kind: 'privacy-list', list: 'blocked', people: [] })
    expect(await directory.privacy.list(instanceId, 'blocked')).toEqual([])
  })

  test('name the number of a person whose LID alone was told', async () => {
    await take({ kind: 'privacy-list', list: 'about', people: [{ lid: ana.lid }] })
    await directory.take(instanceId, [{ kind: 'contact', person: ana, facts: {} }])
    // People are joined by the form of a number that has no ninth digit.
    const joined = { lid: ana.lid, phone: '551199990001' }
    expect(await directory.privacy.list(instanceId, 'about')).toEqual([joined])
  })

  test('stay unknown when only a change of the list was told', async () => {
    await take(blocked(true, ana))
    expect(await directory.privacy.list(instanceId, 'blocked')).toBeUndefined()
  })

  test('are of one instance, of one number, sealed, and go with the instance', async () => {
    const other = await addInstance(database)
    await directory.linked(instanceId, '5511900000001')
    await take({ kind: 'privacy-list', list: 'blocked', people: [ana] })
    expect(await directory.privacy.list(other, 'blocked')).toBeUndefined()
    const rows = () => database.query.selectFrom('directory_privacy').selectAll().execute()
    const [row] = await rows()
    expect(Buffer.from(row?.value_sealed ?? []).toString('latin1')).not.toContain('99990001')
    await directory.linked(instanceId, '5511900000002')
    expect(await rows()).toEqual([])
    await take({ kind: 'privacy', facts: { online: 'all' } })
    await database.query.deleteFrom('instance').where('id', '=', instanceId).execute()
    expect(await rows()).toEqual([])
  })
})
