/** The SQL of the tables `alert` and `alert_settings`. */

import type { Kysely, Selectable } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { AlertTable } from '../db/alert-tables.js'
import type { Schema } from '../db/schema.js'
import type { AlertSubject } from '../domain/alert.js'
import { type AlertSettings, defaultAlertSettings } from './alert-settings.js'
import type { Alert } from './rules.js'

type Query = Kysely<Schema>

const settingsContext = 'alert_settings/1'

export async function readAlerts(query: Query): Promise<readonly Alert[]> {
  const rows = await query.selectFrom('alert').selectAll().orderBy('since').execute()
  return rows.map(alertFrom)
}

export async function writeAlerts(
  query: Query,
  { write, remove }: { readonly write: readonly Alert[]; readonly remove: readonly string[] },
): Promise<void> {
  for (const { key, subject, state, since, toldAt = null, closedAt = null } of write) {
    const row = {
      subject: JSON.stringify(subject),
      state,
      since,
      told_at: toldAt,
      closed_at: closedAt,
    }
    await query
      .insertInto('alert')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute()
  }
  for (const key of remove) await query.deleteFrom('alert').where('key', '=', key).execute()
}

/**
 * Until the end of the transaction no other node decides what is told, so that each change is told once.
 */
export async function holdAlerts({ dialect, query }: Transaction): Promise<void> {
  await query
    .insertInto('alert_settings')
    .values({ id: 1, settings_sealed: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // SQLite has one transaction at a time.
  if (dialect === 'postgres')
    await query.selectFrom('alert_settings').select('id').where('id', '=', 1).forUpdate().execute()
}

/** The defaults until they are set. */
export async function readAlertSettings(
  query: Query,
  vault: Pick<Vault, 'open'>,
): Promise<AlertSettings> {
  const row = await query
    .selectFrom('alert_settings')
    .select('settings_sealed')
    .where('id', '=', 1)
    .executeTakeFirst()
  const sealed = row?.settings_sealed
  if (sealed === undefined || sealed === null) return defaultAlertSettings
  const settings: AlertSettings = JSON.parse(
    Buffer.from(vault.open(sealed, settingsContext)).toString(),
  )
  return { ...defaultAlertSettings, ...settings }
}

export async function writeAlertSettings(
  database: Database,
  vault: Pick<Vault, 'seal'>,
  settings: AlertSettings,
): Promise<void> {
  const settings_sealed = vault.seal(Buffer.from(JSON.stringify(settings)), settingsContext)
  await database.transaction(async ({ query }) => {
    await query
      .insertInto('alert_settings')
      .values({ id: 1, settings_sealed })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ settings_sealed }))
      .execute()
  })
}

function alertFrom(row: Selectable<AlertTable>): Alert {
  // Only this file writes it.
  const subject: AlertSubject = JSON.parse(row.subject)
  const { key, state, since, told_at, closed_at } = row
  return {
    key,
    subject,
    since,
    state,
    ...(told_at !== null && { toldAt: told_at }),
    ...(closed_at !== null && { closedAt: closed_at }),
  }
}
