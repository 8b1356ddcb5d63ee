/** The SQL of the tables `administrator`, `recovery_code` and `setup_code`. */

import type { Insertable, Selectable } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { AdministratorTable } from '../db/access-tables.js'
import type { Role } from '../domain/role.js'

export type AdministratorRow = Selectable<AdministratorTable>

type Query = Transaction['query'] | Database['query']

/** As it is kept: people do not remember how they wrote their name. */
export function nameOf(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase()
}

/** Rows from before there were roles have none. */
export function roleOf({ role }: Pick<AdministratorRow, 'role'>): Role {
  return role ?? 'administrator'
}

export async function anyAdministrator(query: Query): Promise<boolean> {
  return (
    (await query.selectFrom('administrator').select('id').limit(1).executeTakeFirst()) !== undefined
  )
}

export function findById(query: Query, id: string): Promise<AdministratorRow | undefined> {
  return query.selectFrom('administrator').selectAll().where('id', '=', id).executeTakeFirst()
}

export function findByName(query: Query, name: string): Promise<AdministratorRow | undefined> {
  return query.selectFrom('administrator').selectAll().where('name', '=', name).executeTakeFirst()
}

/** The addresses of an administrator's logins that have not ended. */
export async function loginAddresses(query: Query, id: string): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('login_session')
    .select('address')
    .distinct()
    .where('administrator_id', '=', id)
    .execute()
  return rows.map(({ address }) => address)
}

export async function add(query: Query, row: Insertable<AdministratorTable>): Promise<void> {
  await query.insertInto('administrator').values(row).execute()
}

/** Keeps the code that makes the first administrator, and gives the one that counts. `isFirstKept`: an earlier one stays. */
export async function keepSetupCode(
  query: Query,
  code_sealed: Uint8Array,
  isFirstKept: boolean,
): Promise<Uint8Array> {
  const { code_sealed: kept } = await query
    .insertInto('setup_code')
    .values({ id: 1, code_sealed })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        code_sealed: (row) =>
          row.ref(isFirstKept ? 'setup_code.code_sealed' : 'excluded.code_sealed'),
      }),
    )
    .returning('code_sealed')
    .executeTakeFirstOrThrow()
  return kept
}

export async function setupCode(query: Query): Promise<Uint8Array | undefined> {
  return (await query.selectFrom('setup_code').select('code_sealed').executeTakeFirst())
    ?.code_sealed
}

/** Says whether this code still counted. From then on none does. */
export async function useSetupCode(query: Query, code_sealed: Uint8Array): Promise<boolean> {
  const { numDeletedRows } = await query
    .deleteFrom('setup_code')
    .where('code_sealed', '=', code_sealed)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function setPassword(query: Query, id: string, passwordHash: string): Promise<void> {
  await query
    .updateTable('administrator')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .execute()
}

/** `null` switches the second factor off. The recovery codes of an earlier one are gone then too. */
export async function setTotp(
  query: Query,
  id: string,
  sealed: Uint8Array | null,
  recoveryHashes: readonly string[],
): Promise<void> {
  await query
    .updateTable('administrator')
    .set({ totp_sealed: sealed, totp_last_step: null })
    .where('id', '=', id)
    .execute()
  await query.deleteFrom('recovery_code').where('administrator_id', '=', id).execute()
  if (recoveryHashes.length === 0) return
  await query
    .insertInto('recovery_code')
    .values(recoveryHashes.map((hash) => ({ administrator_id: id, code_hash: hash })))
    .execute()
}

/** One statement, so of two logins with the same code one alone is `true`. */
export async function useStep(query: Query, id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('administrator')
    .set({ totp_last_step: step })
    .where('id', '=', id)
    .where((row) => row.or([row('totp_last_step', 'is', null), row('totp_last_step', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** One statement, for the same reason. */
export async function useRecoveryCode(query: Query, id: string, hash: string): Promise<boolean> {
  const { numDeletedRows } = await query
    .deleteFrom('recovery_code')
    .where('administrator_id', '=', id)
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function countRecoveryCodes(query: Query, id: string): Promise<number> {
  const { count } = await query
    .selectFrom('recovery_code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('administrator_id', '=', id)
    .executeTakeFirstOrThrow()
  return count
}
