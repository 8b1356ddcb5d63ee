import { Readable } from 'node:stream'
import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { mediaIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { sameForAll } from '../db/retention.js'
import { createVault } from '../db/encryption.js'
import { MediaGoneError, NotConnectedError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { MediaReference } from '../domain/incoming-content.js'
import { IncomingMedia } from './incoming-media.js'

const dayMs = 24 * 3_600_000
const reference: MediaReference = {
  id: mediaIdOf('not-to-be-guessed'),
  kind: 'document',
  mimeType: 'application/pdf',
  fileName: 'segredo.pdf',
  key: new Uint8Array(32).fill(7),
  path: '/v/t62',
  host: 'mmg.whatsapp.net',
  sha256: new Uint8Array(32).fill(8),
  byteLength: 3,
}

eachDatabase('the files of incoming messages', (open) => {
  let database: Database
  let instanceId: InstanceId
  let clock: ManualClock
  let media: IncomingMedia
  let opened: MediaReference[]
  /** Where the phone uploads the file of a message once more, or why not. */
  let phone: Map<string, string | Error>

  const keep = (...references: MediaReference[]) =>
    database.transaction((transaction) => media.keep(instanceId, references, transaction))
  const find = (id: string) => media.open(id, new AbortController().signal)
  const rows = () => database.query.selectFrom('incoming_media').selectAll().execute()

  beforeEach(async () => {
    database = await open()
    clock = new ManualClock(1_000)
    opened = []
    phone = new Map()
    instanceId = await addInstance(database)
    media = new IncomingMedia({
      database,
      clock,
      vault: createVault(new Uint8Array(32)),
      retention: sameForAll(7 * dayMs),
      source: {
        async open(id, wanted) {
          if (id !== instanceId) throw new MediaGoneError('It is not of this instance.')
          opened.push(wanted)
          if (wanted.path === '/gone') throw new MediaGoneError('It is gone.')
          return Readable.from([Buffer.from('abc')])
        },
      },
      askAgain: async (id, { origin }) => {
        const answer = origin && id === instanceId ? phone.get(origin.whatsappId) : undefined
        if (answer === undefined) throw new MediaGoneError('The phone has it no more.')
        if (answer instanceof Error) throw answer
        return answer
      },
    })
  })

  test('are asked of the phone when WhatsApp has them no more, and are where it says from then on', async () => {
    const origin = {
      whatsappId: whatsappIdOf('M1'),
      fromMe: false,
      chat: { kind: 'person', lid: '200' },
    } as const
    const gone = { ...reference, path: '/gone', origin }
    await keep(gone)
    await expect(find(gone.id)).rejects.toThrow('The phone has it no more.')
    phone.set('M1', new NotConnectedError('not open'))
    await expect(find(gone.id)).rejects.toThrow(/While the instance is connected/u)
    await expect(find(gone.id)).rejects.toBeInstanceOf(MediaGoneError)
    phone.set('M1', '/new')
    expect(await find(gone.id)).toMatchObject({ mimeType: 'application/pdf' })
    phone.clear()
    opened = []
    await find(gone.id)
    expect(opened).toMatchObject([{ path: '/new', origin }])
  })

  test('are fetched by their id, with all that it takes', async () => {
    await keep(reference, { id: mediaIdOf('plain'), kind: 'image', mimeType: 'a/b', path: '/1' })
    expect(await find(reference.id)).toMatchObject({
      mimeType: 'application/pdf',
      fileName: 'segredo.pdf',
      byteLength: 3,
    })
    await find('plain')
    expect(
      opened.map(({ key, sha256, ...rest }) => ({
        ...rest,
        key: key && new Uint8Array(key),
        sha256: sha256 && new Uint8Array(sha256),
      })),
    ).toEqual([
      reference,
      {
        id: 'plain',
        kind: 'image',
        mimeType: 'a/b',
        path: '/1',
        key: undefined,
        sha256: undefined,
      },
    ])
  })

  test('are unknown under any other id', async () => {
    await keep(reference)
    expect(await find('guessed')).toBeUndefined()
    expect(opened).toEqual([])
  })

  test('are in the database without their id, their name and their key', async () => {
    await keep(reference)
    const stored = (await rows()).map((row) =>
      Object.values(row).map((value) => Buffer.from(String(value)).toString('latin1')),
    )
    expect(stored).toHaveLength(1)
    for (const secret of [reference.id, 'segredo', '/v/t62'])
      expect(JSON.stringify(stored)).not.toContain(secret)
  })

  test('are forgotten after 30 days, purged or not', async () => {
    await keep(reference)
    await clock.advance(7 * dayMs - 1)
    expect(await find(reference.id)).toBeDefined()
    expect(await media.purge()).toBe(0)
    await clock.advance(1)
    expect(await find(reference.id)).toBeUndefined()
    expect(await media.purge()).toBe(1)
    expect(await rows()).toEqual([])
  })

  test('go with their instance', async () => {
    await keep(reference)
    await database.query.deleteFrom('instance').where('id', '=', instanceId).execute()
    expect(await rows()).toEqual([])
  })
})
