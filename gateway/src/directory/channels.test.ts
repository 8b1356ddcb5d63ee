import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { type DirectoryStage, directoryOn } from '../../test/support/directory-stage.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { NewsletterInfo } from '../domain/newsletter.js'

const channel: NewsletterInfo = {
  newsletter: '120363019502650977',
  name: 'Avisos do prédio',
  description: '',
  isActive: true,
  isVerified: false,
  isMuted: false,
  role: 'owner',
}

eachDatabase('the channels of a number', (open) => {
  let database: Database
  let instanceId: InstanceId
  let stage: DirectoryStage

  beforeEach(async () => {
    database = await open()
    instanceId = await addInstance(database)
    stage = directoryOn(database)
  })

  test('are those that were told last, sealed, and of this instance alone', async () => {
    const { channels } = stage.directory
    expect(await channels.list(instanceId)).toBeUndefined()
    await channels.take(instanceId, [channel, { ...channel, newsletter: '2' }])
    await channels.take(instanceId, [channel])
    expect(await directoryOn(database).directory.channels.list(instanceId)).toEqual([channel])
    const [row] = await database.query.selectFrom('directory_channels').selectAll().execute()
    expect(Buffer.from(row?.list_sealed ?? []).toString('latin1')).not.toContain('Avisos')
    expect(await channels.list(await addInstance(database))).toBeUndefined()
    await channels.take(instanceId, [])
    expect(await channels.list(instanceId)).toEqual([])
  })

  test('are erased with what another number knew, and when they have not changed for too long', async () => {
    await stage.directory.linked(instanceId, '5511999999999')
    await stage.directory.channels.take(instanceId, [channel])
    await stage.directory.linked(instanceId, '5511888888888')
    expect(await stage.directory.channels.list(instanceId)).toBeUndefined()
    const { directory, clock } = directoryOn(database, { keepMs: 1_000 })
    await directory.channels.take(instanceId, [channel])
    await clock.advance(1_000)
    expect(await directory.purge()).toBe(1)
    expect(await directory.channels.list(instanceId)).toBeUndefined()
    const none = directoryOn(database, { keepMs: 0 }).directory
    await none.channels.take(instanceId, [channel])
    expect(await none.channels.list(instanceId)).toBeUndefined()
  })
})
