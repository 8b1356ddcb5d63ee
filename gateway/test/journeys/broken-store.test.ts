/** A data directory that cannot be used: the start is refused with one line that says the cure, and changes nothing. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { Journey } from '../support/journey.js'

/** What a gateway left that had an instance. */
let template: string

beforeAll(async () => {
  const journey = await Journey.start()
  await journey.newInstance()
  template = await mkdtemp(join(tmpdir(), 'recado-broken-'))
  journey.gateway.kill('SIGTERM')
  await journey.gateway.ended
  await cp(journey.dataDir, template, { recursive: true })
  await journey.restartGateway()
  await journey[Symbol.asyncDispose]()
  return () => rm(template, { recursive: true, force: true })
})

async function copy(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-broken-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  await cp(template, dataDir, { recursive: true })
  return dataDir
}

interface End {
  readonly code: number | null
  readonly lines: readonly string[]
}

async function run(dataDir: string, { args = ['start'], settings = {} } = {}): Promise<End> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('RECADO_'))
  const child = spawn(process.execPath, [inject('gatewayProgram'), ...args], {
    env: {
      ...Object.fromEntries(inherited),
      RECADO_DATA_DIR: dataDir,
      RECADO_PORT: '0',
      RECADO_LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const stopped = setTimeout(() => child.kill('SIGTERM'), 120_000)
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  clearTimeout(stopped)
  return { code: code as number | null, lines: said.trim().split('\n') }
}

const isRefused = (pattern: RegExp) => ({ code: 1, lines: [expect.stringMatching(pattern)] })

test('an emptied database beside its key is refused, and stays as it is', async () => {
  const dataDir = await copy()
  const file = join(dataDir, 'recado.sqlite')
  await truncate(file, 0)
  const refused = isRefused(/there is no data in .*recado\.sqlite, but .*master\.key.*restore/u)
  for (const _ of [1, 2]) expect(await run(dataDir)).toEqual(refused)
  expect((await stat(file)).size).toBe(0)
})

test('an emptied database is refused with a key that is configured, too', async () => {
  const dataDir = await copy()
  const key = (await readFile(join(dataDir, 'master.key'), 'utf8')).trim()
  await rm(join(dataDir, 'master.key'))
  await truncate(join(dataDir, 'recado.sqlite'), 0)
  const settings = { RECADO_MASTER_KEY: key }
  expect(await run(dataDir, { settings })).toEqual(
    isRefused(/recado\.sqlite is empty: restore a backup.*delete the file/u),
  )
})

test('a database that was deleted beside its key is refused, and no new one is made', async () => {
  const dataDir = await copy()
  await rm(join(dataDir, 'recado.sqlite'))
  expect(await run(dataDir)).toEqual(isRefused(/there is no data in .*move .*master\.key away/u))
  await expect(stat(join(dataDir, 'recado.sqlite'))).rejects.toThrow('ENOENT')
})

test('a database whose tables stood in a write-ahead log that is gone is refused', async () => {
  const dataDir = await copy()
  const file = join(dataDir, 'recado.sqlite')
  // The first page alone, as a file is before the log was copied into it.
  const bytes = await readFile(file)
  const page = Buffer.from(bytes.subarray(0, 4_096))
  page.fill(0, 100)
  // An empty leaf of the table of tables, and one page.
  page.writeUInt8(0x0d, 100)
  page.writeUInt16BE(4_096, 105)
  page.writeUInt32BE(1, 28)
  page.writeUInt32BE(0, 32)
  page.writeUInt32BE(0, 36)
  await writeFile(file, page)
  expect(await run(dataDir)).toEqual(isRefused(/together with its recado\.sqlite-wal/u))
})

test('a damaged database is refused in one line', async () => {
  const dataDir = await copy()
  await writeFile(join(dataDir, 'recado.sqlite'), Buffer.alloc(50_000, 'no database at all '))
  expect(await run(dataDir)).toEqual(
    isRefused(/recado\.sqlite is damaged \(SQLITE_NOTADB\): restore a backup/u),
  )
})

test('a directory in place of the database is refused in one line', async () => {
  const dataDir = await copy()
  await rm(join(dataDir, 'recado.sqlite'))
  await mkdir(join(dataDir, 'recado.sqlite'))
  expect(await run(dataDir)).toEqual(isRefused(/recado\.sqlite is a directory/u))
})

test('a file in place of the data directory is refused in one line', async () => {
  const dataDir = join(await copy(), 'recado.sqlite')
  expect(await run(dataDir)).toEqual(isRefused(/is not a directory: let RECADO_DATA_DIR name/u))
})

test('the doctor says the same of an emptied database, and leaves it as it is', async () => {
  const dataDir = await copy()
  await truncate(join(dataDir, 'recado.sqlite'), 0)
  const inherited = { RECADO_WHATSAPP_URL: 'ws://127.0.0.1:9' }
  const { code } = await run(dataDir, { args: ['doctor'], settings: inherited })
  expect(code).toBe(1)
  expect((await stat(join(dataDir, 'recado.sqlite'))).size).toBe(0)
})
