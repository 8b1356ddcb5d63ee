import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { inodeOf, watchDisk } from '../../test/support/watched-disk.js'
import { ConfigError, MasterKeyError } from '../domain/errors.js'
import { createVault } from './encryption.js'
import { checkMasterKey, makeMasterKey, openMasterKey } from './master-key.js'

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'recado-test-key-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

test('makes a key at the first start, for its owner only, and keeps it', async () => {
  const dataDir = join(await temporaryDirectory(), 'data')
  const first = await openMasterKey({ dataDir })
  expect(first).toMatchObject({ madeNow: true, path: join(dataDir, 'master.key') })
  expect(first.key).toHaveLength(32)
  expect((await stat(join(dataDir, 'master.key'))).mode & 0o777).toBe(0o600)

  const second = await openMasterKey({ dataDir })
  expect(second).toEqual({ ...first, madeNow: false })
})

test('of many that start at once, one makes the key and all get it', async () => {
  const dataDir = await temporaryDirectory()
  const opened = await Promise.all(Array.from({ length: 8 }, () => openMasterKey({ dataDir })))
  expect(opened.filter(({ madeNow }) => madeNow)).toHaveLength(1)
  expect(new Set(opened.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1)
  expect(await readdir(dataDir)).toEqual(['master.key'])
})

test('the new key and its name survive a power cut before anything is sealed with it', async () => {
  const dataDir = await temporaryDirectory()
  using disk = await watchDisk()
  await openMasterKey({ dataDir })
  const key = await inodeOf(join(dataDir, 'master.key'))
  expect(disk.synced).toEqual([key, await inodeOf(dataDir)])
})

test('takes a configured key in base64 and in hex, and then makes no file', async () => {
  const dataDir = await temporaryDirectory()
  const key = randomBytes(32)
  for (const encoding of ['base64', 'base64url', 'hex'] as const) {
    const configured = ` ${key.toString(encoding)}\n`
    expect(await openMasterKey({ configured, dataDir })).toEqual({ key, madeNow: false })
  }
  await expect(stat(join(dataDir, 'master.key'))).rejects.toThrow('ENOENT')
})

test.each([
  ['nothing', ''],
  ['a word', 'a-word'],
  ['half a key', randomBytes(16).toString('base64')],
  ['a key without its last byte', randomBytes(31).toString('hex')],
  ['a key and more', `${randomBytes(32).toString('hex')}!`],
])('refuses %s as the configured key, and does not quote it', async (_, configured) => {
  const refused = openMasterKey({ configured, dataDir: await temporaryDirectory() })
  await expect(refused).rejects.toThrow(ConfigError)
  await expect(refused).rejects.toThrow(
    'the configured master key is not 32 bytes as base64 or hex; `openssl rand -base64 32` makes one',
  )
})

test('refuses a key file that all users may read', async () => {
  const dataDir = await temporaryDirectory()
  await openMasterKey({ dataDir })
  await chmod(join(dataDir, 'master.key'), 0o644)
  await expect(openMasterKey({ dataDir })).rejects.toThrow(MasterKeyError)
  await expect(openMasterKey({ dataDir })).rejects.toThrow(/chmod 600/)
})

test('does not replace a key file that is damaged', async () => {
  const dataDir = await temporaryDirectory()
  const path = join(dataDir, 'master.key')
  await writeFile(path, 'half a ke', { mode: 0o600 })
  await expect(openMasterKey({ dataDir })).rejects.toThrow(/backup/)
  expect(await readFile(path, 'utf8')).toBe('half a ke')
})

eachDatabase('the check of the master key', (open) => {
  test('lets the key pass that made the data', async () => {
    const vault = createVault(randomBytes(32))
    await checkMasterKey(await open(), vault)
    const later = await open.again()
    await checkMasterKey(later, vault)
    expect(await later.query.selectFrom('master_key_check').select('id').execute()).toHaveLength(1)
  })

  test('lets several nodes start at the same moment on a new database', async () => {
    const [database, vault] = [await open(), createVault(randomBytes(32))]
    await Promise.all([1, 2, 3].map(() => checkMasterKey(database, vault)))
    await expect(checkMasterKey(database, createVault(randomBytes(32)))).rejects.toThrow(
      MasterKeyError,
    )
  })

  test('stops any other key and says the cure', async () => {
    const database = await open()
    await checkMasterKey(database, createVault(randomBytes(32)))
    const wrong = checkMasterKey(database, createVault(randomBytes(32)))
    await expect(wrong).rejects.toThrow(MasterKeyError)
    await expect(wrong).rejects.toThrow(/put back the one it was made with/)
  })

  test('makes no new key for data that has one, and says where the old key belongs', async () => {
    const database = await open()
    await checkMasterKey(database, createVault(randomBytes(32)))
    const dataDir = await temporaryDirectory()
    const refused = makeMasterKey(database, { dataDir })
    await expect(refused).rejects.toThrow(MasterKeyError)
    await expect(refused).rejects.toThrow(/master\.key into the data directory/)
    expect(await readdir(dataDir)).toEqual([])
  })

  test('of nodes that start at once on a new database one makes the key, the others leave no file', async () => {
    const database = await open()
    const dirs = await Promise.all([1, 2, 3].map(temporaryDirectory))
    // Each has its connection, so that all find the database without a key.
    await Promise.all(dirs.map(() => database.query.selectFrom('instance').select('id').execute()))
    const starts = await Promise.allSettled(
      dirs.map((dataDir) => makeMasterKey(database, { dataDir })),
    )
    const kept = dirs.filter((_, each) => starts[each]?.status === 'fulfilled')
    expect(kept).toHaveLength(1)
    const files = await Promise.all(dirs.map((dataDir) => readdir(dataDir)))
    expect(files.flat()).toEqual(['master.key'])
    for (const { reason } of starts.filter((start) => start.status === 'rejected'))
      expect(reason).toMatchObject({ message: expect.stringContaining('is missing: put it back') })
    const { key } = await openMasterKey({ dataDir: kept[0] ?? '' })
    await checkMasterKey(database, createVault(key))
  })
})
