/** What a number keeps by its own settings, beside one that keeps what the gateway says. */

import { Readable } from 'node:stream'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { mediaIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { Directory } from '../directory/directory.js'
import { KeptMessages } from '../directory/kept-messages.js'
import { KnownPeople } from '../directory/known-people.js'
import type { InstanceId, InstanceSettings } from '../domain/instance.js'
import { Instances } from '../instances/instances.js'
import { IncomingMedia } from '../media/incoming-media.js'
import { silentLog } from '../runtime/telemetry.js'
import { retentionBy } from './retention.js'

const dayMs = 86_400_000
const minuteMs = 60_000
const chat = { kind: 'person', phone: '5511999999999' } as const

const file = (text: string) => ({
  id: mediaIdOf(text),
  kind: 'document' as const,
  mimeType: 'application/pdf',
  key: new Uint8Array(32),
  path: '/v/t62',
  host: 'mmg.whatsapp.net',
  sha256: new Uint8Array(32),
  byteLength: 3,
})

eachDatabase('what a number keeps', (open) => {
  let clock: ManualClock
  let instances: Instances
  let kept: KeptMessages
  let media: IncomingMedia
  let directory: Directory
  let database: Database
  let own: InstanceId
  let other: InstanceId

  beforeEach(async () => {
    database = await open()
    clock = new ManualClock(1_000)
    const base = { database, clock, vault: createVault(new Uint8Array(32)), log: silentLog }
    instances = new Instances({ ...base, endpoints: noEndpoints })
    const people = new KnownPeople(base)
    kept = new KeptMessages({
      ...base,
      people,
      retention: retentionBy('keepMessagesDays', 30 * dayMs, instances),
    })
    media = new IncomingMedia({
      ...base,
      retention: retentionBy('keepMediaLinksDays', 30 * dayMs, instances),
      source: { open: async () => Readable.from([Buffer.from('abc')]) },
    })
    directory = new Directory({
      ...base,
      people,
      retention: retentionBy('keepDirectoryDays', undefined, instances),
    })
    own = (await instances.create({ name: 'own' })).instance.id
    other = (await instances.create({ name: 'other' })).instance.id
  })

  const set = (change: Partial<InstanceSettings>) => instances.updateSettings(own, change)

  function keep(instanceId: InstanceId, id: string, keepForMs?: number): Promise<void> {
    const original = { bytes: Buffer.from('oi'), keepForMs }
    const whatsappId = whatsappIdOf(id)
    return kept.keep(instanceId, { whatsappId, chat, author: {}, fromMe: true, at: 1, original })
  }

  /** The rows, not what is shown of them: retention is to erase. */
  async function idsKept(instanceId: InstanceId): Promise<readonly string[]> {
    await kept.purge()
    const rows = await database.query
      .selectFrom('kept_message')
      .select('whatsapp_id')
      .where('instance_id', '=', instanceId)
      .orderBy('whatsapp_id')
      .execute()
    return rows.map(({ whatsapp_id }) => whatsapp_id)
  }

  const opens = async (id: string) =>
    (await media.open(id, new AbortController().signal)) !== undefined

  it('is messages for its own days from the next one on, and shorter for those it has', async () => {
    await keep(own, '3EB01')
    await keep(own, '3EB02', 90 * dayMs)
    await keep(other, '3EB01')
    await clock.advance(8 * dayMs)
    await keep(own, '3EB03')
    expect(await idsKept(own)).toEqual(['3EB01', '3EB02', '3EB03'])
    await set({ keepMessagesDays: 7 })
    expect(await idsKept(own)).toEqual(['3EB02', '3EB03'])
    expect(await idsKept(other)).toEqual(['3EB01'])

    await keep(own, '3EB04')
    await clock.advance(7 * dayMs)
    expect(await idsKept(own)).toEqual(['3EB02'])
    await clock.advance(75 * dayMs)
    expect(await idsKept(own)).toEqual([])
  })

  it('is shortened through many rows, also back to the days of the gateway', async () => {
    await set({ keepMessagesDays: 60 })
    for (let n = 0; n < 2_001; n += 1) await keep(own, `3EB0${String(n).padStart(4, '0')}`)
    await clock.advance(31 * dayMs)
    expect(await idsKept(own)).toHaveLength(2_001)
    await set({ keepMessagesDays: null })
    expect(await idsKept(own)).toEqual([])
  })

  it('is no message with 0 days, and none that it had', async () => {
    await keep(own, '3EB01')
    await set({ keepMessagesDays: 0 })
    await keep(own, '3EB02')
    expect(await idsKept(own)).toEqual([])
    await set({ keepMessagesDays: null })
    await keep(own, '3EB03')
    expect(await idsKept(own)).toEqual(['3EB03'])
  })

  it('is links to files for its own days, which end at once', async () => {
    await media.offer(own, [file('old')])
    await media.offer(other, [file('of-other')])
    await clock.advance(8 * dayMs)
    await media.offer(own, [file('new')])
    await set({ keepMediaLinksDays: 7 })
    expect([await opens('old'), await opens('new'), await opens('of-other')]).toEqual([
      false,
      true,
      true,
    ])
    expect([await media.purge(), await media.purge()]).toEqual([1, 0])

    await set({ keepMediaLinksDays: 60 })
    await clock.advance(31 * dayMs)
    expect([await opens('new'), await opens('of-other')]).toEqual([true, false])
    expect([await media.purge(), await media.purge()]).toEqual([1, 0])
    expect(await opens('new')).toBe(true)
  })

  it('is chats for its own days, where the gateway keeps them without an end', async () => {
    const facts = [{ kind: 'chat', chat, facts: { name: 'Bia', lastMessageAt: 500 } }] as const
    const found = async (id: InstanceId) => (await directory.chats.find(id, chat))?.name
    await directory.take(own, facts)
    await directory.take(other, facts)
    await clock.advance(8 * dayMs)
    expect(await directory.purge()).toBe(0)
    await set({ keepDirectoryDays: 7 })
    await clock.advance(10 * minuteMs)
    // The chat, and no contact: only its chat was told.
    expect(await directory.purge()).toBe(1)
    expect([await found(own), await found(other)]).toEqual([undefined, 'Bia'])

    await set({ keepDirectoryDays: 0 })
    await directory.take(own, facts)
    expect(await found(own)).toBeUndefined()
  })
})
