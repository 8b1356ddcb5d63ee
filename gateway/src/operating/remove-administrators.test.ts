import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import type { Database } from '../db/database.js'
import { openDatabase } from '../db/open-database.js'
import { removeAdministrators, removeStoppedAdministrators } from './remove-administrators.js'

const now = Date.UTC(2026, 5, 1)
const by = { role: 'operator', address: '127.0.0.1' } as const

/** An administrator with a recovery code and an open invitation, who is logged in twice. */
async function fill({ query }: Database): Promise<void> {
  const row = { id: 'a', name: 'ana', password_hash: 'h', created_at: now }
  await query
    .insertInto('administrator')
    .values({ ...row, totp_sealed: null, totp_last_step: null })
    .execute()
  await query
    .insertInto('recovery_code')
    .values({ administrator_id: 'a', code_hash: 'r' })
    .execute()
  const from = { administrator_id: 'a', address: '203.0.113.7', browser: 'Firefox' }
  const sessions = ['s1', 's2'].map((id) => ({ ...from, id, token_hash: id }))
  await query
    .insertInto('login_session')
    .values(sessions.map((each) => ({ ...each, created_at: now, last_seen_at: now })))
    .execute()
  const invitation = {
    id: 'i',
    token_hash: 'i',
    role: 'viewer',
    note: 'Bia',
    invited_by: 'a',
  } as const
  await query
    .insertInto('invitation')
    .values({ ...invitation, created_at: now, expires_at: now + 1 })
    .execute()
}

async function rowsLeft({ query }: Database): Promise<number> {
  const tables = ['administrator', 'recovery_code', 'login_session', 'invitation'] as const
  const rows = await Promise.all(tables.map((name) => query.selectFrom(name).selectAll().execute()))
  return rows.flat().length
}

async function trail(database: Database): Promise<object[]> {
  return database.query.selectFrom('audit').select(['role', 'address', 'act', 'detail']).execute()
}

eachDatabase('removing administrators', (openOne) => {
  it('removes all administrators and logins, and says so in the audit log', async () => {
    const database = await openOne()
    await fill(database)
    expect(await removeAdministrators(database, by, now)).toEqual({
      administrators: 1,
      sessionIds: new Set(['s1', 's2']),
    })
    expect(await rowsLeft(database)).toBe(0)
    const act = 'administrators-reset'
    expect(await trail(database)).toEqual([{ ...by, act, detail: '1 administrators, 2 logins' }])
  })
})

it('leaves a gateway that runs alone, and does it where none does', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-reset-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const none = { administrators: 0, sessionIds: new Set() }
  expect(await removeStoppedAdministrators({ dataDir }, now)).toEqual(none)
  expect(await readdir(dataDir)).toEqual([])
  {
    await using database = await openDatabase({ dataDir })
    await fill(database)
    expect(await removeStoppedAdministrators({ dataDir }, now)).toBe('in-use')
    expect(await rowsLeft(database)).toBe(5)
  }
  expect(await removeStoppedAdministrators({ dataDir }, now)).toMatchObject({
    administrators: 1,
  })
  await using database = await openDatabase({ dataDir })
  expect(await rowsLeft(database)).toBe(0)
  expect(await trail(database)).toMatchObject([{ role: 'operator', address: 'local' }])
})

it('changes nothing in a store from before there were administrators', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-reset-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  await (await openDatabase({ dataDir }, undefined, '0012-pending-codes'))[Symbol.asyncDispose]()
  expect(await removeStoppedAdministrators({ dataDir }, now)).toMatchObject({
    administrators: 0,
  })
})
