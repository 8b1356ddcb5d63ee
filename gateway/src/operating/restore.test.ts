import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import { checkMasterKey } from '../db/master-key.js'
import { type DatabaseLocation, openDatabase } from '../db/open-database.js'
import { readTables, tableNames } from '../db/tables.js'
import { summarize, writeBackup } from './backup-file.js'
import { dumpLines } from './dump.js'
import { type RestoreOptions, restoreBackup } from './restore.js'

const passphrase = 'correct horse battery staple'
const masterKey = randomBytes(32)
const now = Date.UTC(2026, 5, 1)
const secretText = 'a text that only the vault may show'
let directory: string
let path: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recado-test-backup-'))
  path = join(directory, 'recado.backup')
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
})

async function using<T>(location: DatabaseLocation, work: (database: Database) => Promise<T>) {
  await using database = await openDatabase(location)
  return await work(database)
}

/** More rows than are read at once, each kind of value, and messages in every status. */
async function fill(database: Database): Promise<void> {
  const vault = createVault(masterKey)
  await checkMasterKey(database, vault)
  const instance_id = '3A'
  await database.query
    .insertInto('instance')
    .values({
      id: instance_id,
      name: 'Padaria "São João" \u{1F35E}\n',
      token_hash: 'h',
      token_sealed: vault.seal(Buffer.from('token'), 'x'),
      settings: '{}',
      created_at: 1_700_000_000_123,
    })
    .execute()
  const keys = Array.from({ length: 1_203 }, (_, n) => ({
    instance_id,
    type: n % 3 === 0 ? 'session' : 'pre-key',
    id: `${n}`,
    value_sealed: randomBytes(40),
  }))
  await database.query.insertInto('signal_key').values(keys).execute()
  const statuses = ['read', 'failed', 'queued', 'sending', 'unknown']
  for (const [n, status] of statuses.entries())
    await database.query
      .insertInto('message')
      .values({
        id: `M${n}`,
        instance_id,
        whatsapp_id: `3EB0${n}`,
        recipient: '{"kind":"person","phone":"5511999990001"}',
        content_sealed: n < 2 ? null : vault.seal(Buffer.from(secretText), 'x'),
        status,
        accepted_at: now - 60_000,
        typing_ms: 0,
        attempts: 0,
        retry_at: 1,
      })
      .execute()
}

const write = (dump: AsyncIterable<Uint8Array>) =>
  writeBackup(path, passphrase, { version: '1.2.3', masterKey }, dump, 1)

const writeFrom = (database: Database) => write(bytesOf(dumpLines(database, now)))

const backup = (location: DatabaseLocation) => using(location, writeFrom)

async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line)
}

const restore = (change: Partial<RestoreOptions> = {}) =>
  restoreBackup({
    path,
    passphrase,
    dataDir: join(directory, 'new'),
    force: false,
    unchangedSince: false,
    now,
    ...change,
  })

/** Every row as text, in the order of the keys. */
const contentOf = (location: DatabaseLocation) =>
  using(location, async (database) => {
    const lines: string[] = []
    for await (const { table, columns, rows } of readTables(database.query))
      for (const row of rows) {
        // A column that was added later stands at another place.
        const values = columns.map((name, n) => JSON.stringify([name, row[n]])).toSorted()
        lines.push(JSON.stringify([table, ...values]))
      }
    return lines
  })

test('every table is part of a backup', async () => {
  const found = await using({ dataDir: directory }, ({ query }) => query.introspection.getTables())
  expect(found.map(({ name }) => name).toSorted()).toEqual(
    [...tableNames, 'recado_migration', 'recado_migration_lock'].toSorted(),
  )
})

const isRestore = (line: string) => line.includes('data-restored')

test('everything comes back, from SQLite to PostgreSQL and back again', async () => {
  const first = { dataDir: directory }
  const second = { url: await temporaryPostgres() }
  const third = { dataDir: join(directory, 'third') }
  await using(first, fill)
  const before = await contentOf(first)
  expect(before.length).toBeGreaterThan(1_200)

  await backup(first)
  const moved = await restore({ databaseUrl: second.url, unchangedSince: true })
  expect(moved).toMatchObject({ rows: before.length, endedMessages: 0 })
  const moreThanBefore = async (location: DatabaseLocation) => {
    const lines = await contentOf(location)
    expect(lines.filter((line) => !isRestore(line))).toEqual(before)
    return lines.filter(isRestore)
  }
  expect(await moreThanBefore(second)).toHaveLength(1)

  await rm(path)
  await backup(second)
  await restore({ dataDir: third.dataDir, unchangedSince: true })
  const [, latest] = await moreThanBefore(third)
  expect(latest).toContain('backup of 2026-')
})

test.each(['sqlite', 'postgres'] as const)(
  '%s goes on counting where the rows end',
  async (dialect) => {
    await using({ dataDir: directory }, fill)
    await backup({ dataDir: directory })
    const url = dialect === 'postgres' ? await temporaryPostgres() : undefined
    const dataDir = join(directory, 'new')
    await restore({ dataDir, databaseUrl: url })
    await using(url === undefined ? { dataDir } : { url }, async ({ query }) => {
      const last = await sql<{ sequence: number }>`
      insert into message (id, instance_id, whatsapp_id, recipient, status, accepted_at, typing_ms, attempts)
      values ('new', '3A', '3EB0', '{}', 'queued', 0, 0, 0) returning sequence`.execute(query)
      expect(last.rows[0]?.sequence).toBe(6)
    })
  },
)

describe('after an old backup', () => {
  test('nothing that waited is sent, and no ratchet comes back', async () => {
    await using({ dataDir: directory }, fill)
    await backup({ dataDir: directory })
    expect(await restore()).toMatchObject({ endedMessages: 3 })
    await using({ dataDir: join(directory, 'new') }, async ({ query }) => {
      const rows = await query.selectFrom('message').selectAll().orderBy('sequence').execute()
      expect(rows.map(({ status }) => status)).toEqual([
        'read',
        'failed',
        'unknown',
        'unknown',
        'unknown',
      ])
      expect(rows.slice(2).map(({ expires_at }) => expires_at)).toEqual([now, now, now])
      expect(rows[0]?.expires_at).toBeNull()
      const keys = await query.selectFrom('signal_key').select('type').distinct().execute()
      expect(keys).toEqual([{ type: 'pre-key' }])
    })
  })

  test('its schema is brought up to date', async () => {
    const dataDir = join(directory, 'old')
    const old = await openDatabase({ dataDir }, undefined, '0001-first')
    await old.query
      .insertInto('instance')
      .values({
        id: '3A',
        name: '',
        token_hash: '',
        token_sealed: Buffer.alloc(0),
        settings: '{}',
        created_at: 0,
      })
      .execute()
    await writeFrom(old)
    await old[Symbol.asyncDispose]()
    await restore()
    await using({ dataDir: join(directory, 'new') }, async ({ query }) => {
      expect(await query.selectFrom('message').select('delivered_at').execute()).toEqual([])
      expect(await query.selectFrom('instance').select('id').execute()).toEqual([{ id: '3A' }])
    })
  })
})

async function* onlyTheHead(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify({ head: { format: 1, migration: 'x', madeAt: 0 } })}\n`)
}

describe('the file', () => {
  test('shows nothing, is for its owner only, and stands alone', async () => {
    await using({ dataDir: directory }, fill)
    await backup({ dataDir: directory })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const bytes = await readFile(path)
    for (const text of ['Padaria', '5511999990001', secretText, masterKey.toString('base64')])
      expect([text, bytes.includes(text)]).toEqual([text, false])
    expect((await readdir(directory)).toSorted()).toEqual(['recado.backup', 'recado.sqlite'])
  })

  test('brings the master key, which opens what is sealed', async () => {
    await using({ dataDir: directory }, fill)
    await backup({ dataDir: directory })
    await restore()
    const file = await readFile(join(directory, 'new', 'master.key'), 'utf8')
    expect(Buffer.from(file.trim(), 'base64').equals(masterKey)).toBe(true)
    await using({ dataDir: join(directory, 'new') }, (database) =>
      checkMasterKey(database, createVault(masterKey)),
    )
  })

  test('does not replace another one', async () => {
    await using({ dataDir: directory }, fill)
    await writeFile(path, 'the only copy')
    await expect(backup({ dataDir: directory })).rejects.toThrow(/exists already/)
    expect(await readFile(path, 'utf8')).toBe('the only copy')
  })

  test('is not there when the dump broke off', async () => {
    await expect(write(onlyTheHead())).rejects.toThrow(/not complete/)
    const failing = async function* () {
      yield* onlyTheHead()
      throw new Error('the gateway died')
    }
    await expect(write(failing())).rejects.toThrow('the gateway died')
    expect(await readdir(directory)).toEqual([])
  })
})

const dataDir = () => join(directory, 'new')

describe('a restore is refused, and nothing changes,', () => {
  beforeEach(async () => {
    await using({ dataDir: directory }, fill)
    await backup({ dataDir: directory })
  })

  test('with another passphrase, and when the file was changed', async () => {
    await expect(restore({ passphrase: 'another' })).rejects.toThrow(/passphrase/)
    const bytes = await readFile(path)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await writeFile(path, bytes)
    await expect(restore()).rejects.toThrow(/damaged/)
    await expect(summarize(path, passphrase)).rejects.toThrow(/damaged/)
    await expect(stat(dataDir())).rejects.toThrow('ENOENT')
  })

  test('when a newer version made it', async () => {
    await rm(path)
    await using({ dataDir: directory }, async (database) => {
      await sql`insert into recado_migration values ('9999-later', '')`.execute(database.query)
      await writeFrom(database)
    })
    await expect(restore()).rejects.toThrow(/newer version/)
    await expect(stat(dataDir())).rejects.toThrow('ENOENT')
  })

  test('when there are instances already, unless it is forced; the old files stay', async () => {
    await restore()
    await expect(restore()).rejects.toThrow(/holds 1 instances already/)
    const { movedAside } = await restore({ force: true })
    expect(movedAside).toEqual([join(dataDir(), 'recado.sqlite.before-restore-20260601T000000Z')])
    expect((await readdir(dataDir())).toSorted()).toEqual([
      'master.key',
      'recado.sqlite',
      'recado.sqlite.before-restore-20260601T000000Z',
    ])
  })

  test('while a gateway runs on the database', async () => {
    await using({ dataDir: dataDir() }, async () => {
      await expect(restore({ force: true })).rejects.toThrow(/A gateway runs/)
    })
    const url = await temporaryPostgres()
    await using({ url }, async () => {
      await expect(restore({ databaseUrl: url, force: true })).rejects.toThrow(/A gateway runs/)
    })
  })

  test('with another master key configured', async () => {
    const configuredMasterKey = randomBytes(32).toString('hex')
    await expect(restore({ configuredMasterKey })).rejects.toThrow(/RECADO_MASTER_KEY/)
    await restore({ configuredMasterKey: masterKey.toString('hex') })
    expect(await readdir(dataDir())).toEqual(['recado.sqlite'])
  })
})
