import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createVault } from '../db/encryption.js'
import { checkMasterKey, openMasterKey } from '../db/master-key.js'
import { openDatabase } from '../db/open-database.js'
import { restoreBackup } from './restore.js'
import { takeBackup } from './take-backup.js'

const passphrase = 'correct horse battery staple'
const gatewayUrl = () => 'http://127.0.0.1:9'

async function recordsIn(dataDir: string) {
  await using database = await openDatabase({ dataDir })
  return await database.query.selectFrom('audit').selectAll().execute()
}

test('a backup of a gateway that is stopped, and its restore, are recorded in the audit log', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recado-test-take-backup-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const [dataDir, restored] = [directory, join(directory, 'restored')]
  {
    await using database = await openDatabase({ dataDir })
    await checkMasterKey(database, createVault((await openMasterKey({ dataDir })).key))
  }
  const path = join(directory, 'recado.backup')
  await takeBackup({ path, passphrase, dataDir, gatewayUrl, version: '1.2.3', now: 1_000 })
  const wish = { path, passphrase, dataDir: restored, force: false, unchangedSince: true }
  await restoreBackup({ ...wish, now: 2_000 })

  const by = { role: 'operator', address: 'local', name: null }
  const taken = { ...by, act: 'backup-taken', at: 1_000 }
  expect(await recordsIn(dataDir)).toMatchObject([taken])
  expect(await recordsIn(restored)).toMatchObject([
    taken,
    { ...by, act: 'data-restored', at: 2_000, detail: 'backup of 1970-01-01T00:00:01.000Z' },
  ])
})
