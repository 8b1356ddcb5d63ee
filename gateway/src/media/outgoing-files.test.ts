import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message-id.js'
import { findStoredFile, type StoredFile } from '../domain/stored-file.js'
import { OutgoingFiles } from './outgoing-files.js'

const masterKey = randomBytes(32)
const waiting = 'a'.repeat(32) as MessageId

eachDatabase('files of calls', (open) => {
  let database: Database
  let clock: ManualClock
  let folder: string
  let instanceId: InstanceId
  let files: OutgoingFiles
  const folders: string[] = []
  afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))))

  beforeEach(async () => {
    database = await open()
    clock = new ManualClock()
    folder = await mkdtemp(join(tmpdir(), 'recado-files-'))
    folders.push(folder)
    instanceId = await addInstance(database)
    files = new OutgoingFiles({ database, vault: createVault(masterKey), clock, folder })
  })

  async function store(base64: string, chunkBytes = 60_000): Promise<StoredFile> {
    const writer = files.open(instanceId)
    const bytes = Buffer.from(base64)
    for (let at = 0; at < bytes.length; at += chunkBytes)
      writer.push(bytes.subarray(at, at + chunkBytes))
    const found = findStoredFile(await writer.end())
    if (found === undefined) throw new TypeError('the name is not one of a stored file')
    return found.file
  }

  async function textOf(id: string): Promise<string> {
    const parts: Uint8Array[] = []
    for await (const part of files.read(id)) parts.push(part)
    return Buffer.concat(parts).toString()
  }

  const base64 = randomBytes(700_000).toString('base64')

  test.each([1_000, 60_000, 262_144, 1_000_000])(
    'come back, in parts of %d bytes',
    async (size) => {
      const { id, length, padding, sha256 } = await store(base64, size)
      expect(await textOf(id)).toBe(base64)
      expect([length, padding]).toEqual([base64.length, 2])
      expect(sha256).toBe(createHash('sha256').update(base64).digest('hex'))
      expect(await textOf(id)).toBe(base64)
    },
  )

  test('are sealed wherever they are', async () => {
    await store(`${'segredo'.repeat(60_000)}==`)
    const rows = await database.query.selectFrom('outgoing_file_piece').selectAll().execute()
    const stored = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name))),
    )
    const all = [...rows.map((row) => Buffer.from(row.piece_sealed)), ...stored]
    expect(all.length).toBeGreaterThan(0)
    expect(all.some((bytes) => bytes.includes('segredo'))).toBe(false)
  })

  test.each(['ab=c', 'abc===', 'a=bc=='])('are refused when they are like %j', async (text) => {
    const writer = files.open(instanceId)
    expect(() => {
      for (const letter of text) writer.push(Buffer.from(letter))
    }).toThrow('not valid base64')
    // Its row must not come into the next test.
    await writer.discard()
  })

  test('are kept while their message waits, and removed when it is done', async () => {
    const { id } = await store(base64)
    await addMessage(database, instanceId, waiting)
    await database.transaction((transaction) =>
      files.attach([id], instanceId, waiting, transaction),
    )
    await clock.advance(86_400_000)
    expect(await files.purge()).toBe(0)
    expect(await textOf(id)).toBe(base64)
    await database.query.updateTable('message').set({ content_sealed: null }).execute()
    expect(await files.purge()).toBe(1)
    await expect(textOf(id)).rejects.toMatchObject({ code: 'media-failed', retryable: false })
    expect(await readdir(folder)).toEqual([])
  })

  test('of a call that was refused are removed after ten minutes', async () => {
    const { id } = await store(base64)
    expect(await files.purge()).toBe(0)
    expect(await textOf(id)).toBe(base64)
    await clock.advance(600_001)
    expect(await files.purge()).toBe(1)
    await expect(textOf(id)).rejects.toThrow('not stored any more')
  })

  test('without a row are removed as well', async () => {
    await store(base64)
    await database.query.deleteFrom('outgoing_file').execute()
    const names = await readdir(folder)
    for (const name of names) await utimes(join(folder, name), 0, 0)
    await clock.advance(600_001)
    await files.purge()
    expect(await readdir(folder)).toEqual([])
  })

  test('of a pool go to the member that sends them, and outlive the pool', async () => {
    const { id } = await store(base64)
    const member = await addInstance(database)
    await addMessage(database, member, waiting)
    await database.transaction((transaction) =>
      files.attach([id], instanceId, waiting, transaction),
    )
    await database.transaction(async (transaction) => {
      await files.leavePool(instanceId, transaction)
      await transaction.query.deleteFrom('instance').where('id', '=', instanceId).execute()
    })
    await clock.advance(86_400_000)
    expect(await files.purge()).toBe(0)
    expect(await textOf(id)).toBe(base64)
  })

  test('of another instance cannot be taken over', async () => {
    const { id } = await store(base64)
    const other = await addInstance(database)
    const attached = database.transaction((transaction) =>
      files.attach([id], other, waiting, transaction),
    )
    await expect(attached).rejects.toThrow('not stored any more')
    const row = await database.query
      .selectFrom('outgoing_file')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(row.message_id).toBeNull()
  })
})

/** A row of the outbox that waits. */
async function addMessage(
  database: Database,
  instanceId: InstanceId,
  id: MessageId,
): Promise<void> {
  await database.query
    .insertInto('message')
    .values({
      id,
      instance_id: instanceId,
      whatsapp_id: '3EB0',
      recipient: '{}',
      content_sealed: Buffer.from([1]),
      status: 'queued',
      accepted_at: 0,
      typing_ms: 0,
      attempts: 0,
    })
    .execute()
}
