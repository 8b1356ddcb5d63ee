import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { StoreFileError } from '../domain/errors.js'
import { explainStoreError, sizeOf } from './store-problem.js'

const failed = (code: string): Error => Object.assign(new Error('what the system says'), { code })

test.each([
  ['EACCES', 'this user may not read and write /data/recado.sqlite (EACCES): run as the user'],
  ['EPERM', 'this user may not read and write /data/recado.sqlite (EPERM): run as the user'],
  ['SQLITE_CANTOPEN', 'this user may not read and write /data/recado.sqlite (SQLITE_CANTOPEN)'],
  ['SQLITE_READONLY_DIRECTORY', '/data/recado.sqlite cannot be written'],
  ['EROFS', '/data/recado.sqlite cannot be written (EROFS): mount its disk for writing'],
  ['SQLITE_CORRUPT_INDEX', '/data/recado.sqlite is damaged (SQLITE_CORRUPT_INDEX): restore a'],
  ['SQLITE_NOTADB', '/data/recado.sqlite is damaged'],
  ['SQLITE_IOERR_READ', 'the disk does not read or write /data/recado.sqlite'],
  ['ENOSPC', 'there is no room for /data/recado.sqlite: make room'],
  ['EISDIR', '/data/recado.sqlite is a directory'],
  ['ENOTDIR', '/data is not a directory: let RECADO_DATA_DIR'],
  ['ERR_DLOPEN_FAILED', 'better-sqlite3 was built for another version of Node: run npm ci'],
])('%s is one line with the cure', (code, text) => {
  const told = explainStoreError(failed(code), '/data/recado.sqlite')
  expect(told).toBeInstanceOf(StoreFileError)
  expect((told as Error).message).toContain(text)
  expect((told as Error).message).not.toContain('\n')
})

test('what is no matter of files stays what it is', () => {
  // One of Node's own ends like the system's.
  const coded = [
    failed('SQLITE_CONSTRAINT'),
    failed('ERR_FS_EISDIR'),
    Object.assign(new Error('x'), { code: 5 }),
  ]
  for (const cause of [new Error('x'), ...coded, 'x', undefined])
    expect(explainStoreError(cause, '/data/recado.sqlite')).toBe(cause)
})

test.each([
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'ENOSPC',
  'EDQUOT',
  'SQLITE_FULL',
  'EROFS',
  'SQLITE_READONLY',
  'EISDIR',
  'ENOTDIR',
  'EEXIST',
  'EACCES',
  'SQLITE_PERM',
  'EIO',
  'SQLITE_IOERR',
  'ERR_DLOPEN_FAILED',
])('%s is known by how a code begins', (code) => {
  expect(explainStoreError(failed(code), '/data/x')).toBeInstanceOf(StoreFileError)
  const other = failed(`X${code}`)
  expect(explainStoreError(other, '/data/x')).toBe(other)
})

test('the size of a file is its bytes, and a path through a file is a matter of files', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recado-size-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const file = join(directory, 'file')
  await writeFile(file, 'seven b')
  expect(await sizeOf(file)).toBe(7)
  await expect(sizeOf(join(file, 'below'))).rejects.toThrow(`${file} is not a directory`)
})

test('the size of a file that is not there is none', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recado-size-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  expect(await sizeOf(join(directory, 'nothing'))).toBeUndefined()
})
