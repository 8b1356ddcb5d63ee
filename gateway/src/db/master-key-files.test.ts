import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { MasterKeyError, StoreFileError } from '../domain/errors.js'
import { createVault } from './encryption.js'
import { checkMasterKey, findMasterKey, openMasterKey } from './master-key.js'

let place: string

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'recado-test-key-'))
  onTestFinished(() => rm(place, { recursive: true, force: true }))
})

describe('a key file that cannot be read', () => {
  test('is named as what it is: a folder', async () => {
    await mkdir(join(place, 'master.key'), { mode: 0o700 })
    const found = findMasterKey({ dataDir: place })
    await expect(found).rejects.toThrow(StoreFileError)
    await expect(found).rejects.toThrow(/master\.key is a directory/)
  })

  test('is named as what it is: in a place that is no folder', async () => {
    const dataDir = join(place, 'file')
    await writeFile(dataDir, '')
    const found = findMasterKey({ dataDir })
    await expect(found).rejects.toThrow(StoreFileError)
    await expect(found).rejects.toThrow(/is not a directory/)
  })
})

test('no key where none was made', async () => {
  expect(await findMasterKey({ dataDir: join(place, 'nowhere') })).toBeUndefined()
})

test('a key file that leads nowhere is neither read nor replaced', async () => {
  await symlink(join(place, 'unmounted'), join(place, 'master.key'))
  const opened = openMasterKey({ dataDir: place })
  await expect(opened).rejects.toThrow(MasterKeyError)
  await expect(opened).rejects.toThrow(/can neither be read nor made/)
  expect(await readdir(place)).toEqual(['master.key'])
})

test('a key in base64 needs no sign at its end', async () => {
  const key = Buffer.alloc(32, 0xff)
  const configured = key.toString('base64').replace('=', '')
  expect(configured).toContain('/')
  expect(await findMasterKey({ configured, dataDir: place })).toEqual({ key, madeNow: false })
})

test.each(['', '='])('a key for URLs, with %j at its end', async (end) => {
  const key = Buffer.alloc(32, 0xff)
  const configured = `${key.toString('base64url')}${end}`
  expect(configured).toContain('_')
  expect(await findMasterKey({ configured, dataDir: place })).toEqual({ key, madeNow: false })
})

test.each([
  ['hex with a sign before it', `!${Buffer.alloc(32).toString('hex')}`],
  ['base64 with a sign before it', `!${Buffer.alloc(32).toString('base64')}`],
  ['base64 with more behind it', `${Buffer.alloc(32).toString('base64')}A`],
])('%s is no key', async (_, configured) => {
  await expect(findMasterKey({ configured, dataDir: place })).rejects.toThrow(/not 32 bytes/)
})

eachDatabase('a database of another key', (open) => {
  test('is refused with the cause', async () => {
    const database = await open()
    await checkMasterKey(database, createVault(new Uint8Array(32).fill(1)))
    await expect(
      checkMasterKey(database, createVault(new Uint8Array(32).fill(2))),
    ).rejects.toMatchObject({ cause: expect.any(Error) })
  })

  test('is known by what versions before have sealed', async () => {
    const database = await open()
    const vault = createVault(new Uint8Array(32).fill(1))
    await checkMasterKey(database, vault)
    const { check_sealed: sealed } = await database.query
      .selectFrom('master_key_check')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(Buffer.from(vault.open(sealed, 'master_key_check')).toString()).toBe('recado')
  })
})
