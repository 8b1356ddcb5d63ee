import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { addInstance } from '../../test/support/stored-instance.js'
import { createVault } from '../db/encryption.js'
import { checkMasterKey } from '../db/master-key.js'
import { openDatabase } from '../db/open-database.js'
import { writeBackup } from './backup-file.js'
import { dumpLines } from './dump.js'
import { restoreBackup } from './restore.js'

const masterKey = randomBytes(32)
const passphrase = 'correct horse battery staple'
const now = Date.UTC(2026, 5, 1)

/** A backup with one instance, and the write-ahead log of a gateway that was killed with three. */
async function scene() {
  const directory = await mkdtemp(join(tmpdir(), 'recado-test-restore-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const path = join(directory, 'recado.backup')
  const dataDir = join(directory, 'data')
  await mkdir(dataDir)
  await using database = await openDatabase({ dataDir: directory })
  await checkMasterKey(database, createVault(masterKey))
  await addInstance(database)
  await writeBackup(path, passphrase, { version: '1', masterKey }, dump(), 1)
  await addInstance(database)
  await addInstance(database)
  // As long as it is open, the log holds all of it: a kill leaves the same.
  const log = join(dataDir, 'recado.sqlite-wal')
  await copyFile(join(directory, 'recado.sqlite-wal'), log)
  expect((await stat(log)).size).toBeGreaterThan(0)
  return { dataDir, path }

  async function* dump() {
    for await (const line of dumpLines(database, now)) yield Buffer.from(line)
  }
}

test('a restore keeps the log of a lost database away from the restored one', async () => {
  const { dataDir, path } = await scene()
  const { movedAside } = await restoreBackup({
    path,
    passphrase,
    dataDir,
    force: false,
    unchangedSince: true,
    now,
  })
  const aside = 'recado.sqlite-wal.before-restore-20260601T000000Z'
  expect(movedAside).toEqual([join(dataDir, aside)])
  expect((await readdir(dataDir)).toSorted()).toEqual(['master.key', 'recado.sqlite', aside])

  await using restored = await openDatabase({ dataDir })
  expect(await restored.query.selectFrom('instance').select('id').execute()).toHaveLength(1)
})
