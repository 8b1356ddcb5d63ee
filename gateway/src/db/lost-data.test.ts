import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { StoreFileError } from '../domain/errors.js'
import { refusalOfNewData } from './lost-data.js'

const configured = { key: new Uint8Array(32), madeNow: false }
const kept = { ...configured, path: '/there/master.key' }
const url = 'postgres://localhost/recado'

async function folder(database?: string): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'recado-test-lost-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  if (database !== undefined) await writeFile(join(made, 'recado.sqlite'), database)
  return made
}

async function refused(promise: Promise<unknown>): Promise<StoreFileError> {
  const error: unknown = await promise.then(
    () => 'let through',
    (cause: unknown) => cause,
  )
  if (error instanceof StoreFileError) return error
  throw new Error(`not refused, but ${String(error)}`)
}

test('nothing is lost before the first start', async () => {
  const dataDir = await folder('')
  expect(await refusalOfNewData(undefined, { dataDir }, dataDir)).toBeUndefined()
  expect(await refusalOfNewData(undefined, { url }, dataDir)).toBeUndefined()
})

test('a configured key may begin with a new database', async () => {
  const dataDir = await folder()
  expect(await refusalOfNewData(configured, { dataDir }, dataDir)).toBeUndefined()
  expect(await refusalOfNewData(configured, { url }, dataDir)).toBeUndefined()
  const full = await folder('rows')
  expect(await refusalOfNewData(configured, { dataDir: full }, full)).toBeUndefined()
})

test('a key file beside no database is refused at once, with both ways out', async () => {
  const dataDir = await folder()
  const { problem, cure } = await refused(refusalOfNewData(kept, { dataDir }, dataDir))
  expect(problem).toBe(
    `there is no data in ${dataDir}/recado.sqlite, but ${dataDir}/master.key belongs to data that was there before`,
  )
  expect(cure).toBe(
    `put recado.sqlite back together with its recado.sqlite-wal, or restore a backup with "recado restore"; to start empty on purpose, move ${dataDir}/master.key away`,
  )
})

test.each([kept, configured])('a file that lost its content is refused at once', async (key) => {
  const dataDir = await folder('')
  const { problem, cure } = await refused(refusalOfNewData(key, { dataDir }, dataDir))
  expect(problem).toContain(`${dataDir}/recado.sqlite`)
  expect(cure).toContain('recado restore')
  if (key === kept) return
  expect(problem).toBe(`${dataDir}/recado.sqlite is empty`)
  expect(cure).toMatch(/to start empty on purpose, delete the file$/)
})

test('a key file beside a file with content waits for what its tables say', async () => {
  const dataDir = await folder('rows')
  const refusal = await refusalOfNewData(kept, { dataDir }, dataDir)
  expect(refusal).toBeInstanceOf(StoreFileError)
  expect(refusal?.problem).toMatch(/^there is no data in /)
})

test('a key file beside PostgreSQL waits for what its tables say, and names the setting', async () => {
  const dataDir = await folder()
  const refusal = await refusalOfNewData(kept, { url }, dataDir)
  expect(refusal?.problem).toBe(
    `the PostgreSQL database is empty, but ${dataDir}/master.key belongs to data that was there before`,
  )
  expect(refusal?.cure).toBe(
    `check RECADO_DATABASE_URL, or bring the data with "recado restore"; to start empty on purpose, move ${dataDir}/master.key away`,
  )
})
