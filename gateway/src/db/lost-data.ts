/** Notices that the data which a master key belongs to is gone. */

import { join, resolve } from 'node:path'
import { StoreFileError } from '../domain/errors.js'
import { type MasterKey, masterKeyFileName } from './master-key.js'
import type { DatabaseLocation } from './open-database.js'
import { sqliteFileName } from './sqlite.js'
import { sizeOf } from './store-problem.js'

/**
 * What `openDatabase` has to refuse an empty database with; `undefined` where it may be a new one.
 *
 * The first start makes the tables before the key, so where the file of a key is, there were tables.
 * A key that is configured says nothing, but a file that was emptied does.
 *
 * @throws StoreFileError where it is known without opening the database
 */
export async function refusalOfNewData(
  found: MasterKey | undefined,
  location: DatabaseLocation,
  dataDir: string,
): Promise<StoreFileError | undefined> {
  if (found === undefined) return undefined
  const isKeyFile = found.path !== undefined
  if ('url' in location) return isKeyFile ? lostData(location, dataDir, found) : undefined
  const bytes = await sizeOf(join(dataDir, sqliteFileName))
  if (bytes === 0 || (bytes === undefined && isKeyFile)) throw lostData(location, dataDir, found)
  return isKeyFile ? lostData(location, dataDir, found) : undefined
}

/** Starting empty would hide the loss, and every number would have to be paired again. */
function lostData(
  location: DatabaseLocation,
  dataDir: string,
  { path }: Pick<MasterKey, 'path'>,
): StoreFileError {
  const key = join(resolve(dataDir), masterKeyFileName)
  if ('url' in location)
    return new StoreFileError(
      `the PostgreSQL database is empty, but ${key} belongs to data that was there before`,
      `check RECADO_DATABASE_URL, or bring the data with "recado restore"; to start empty on purpose, move ${key} away`,
    )
  const file = join(resolve(dataDir), sqliteFileName)
  if (path === undefined)
    return new StoreFileError(
      `${file} is empty`,
      'restore a backup with "recado restore"; to start empty on purpose, delete the file',
    )
  return new StoreFileError(
    `there is no data in ${file}, but ${key} belongs to data that was there before`,
    `put ${sqliteFileName} back together with its ${sqliteFileName}-wal, or restore a backup with "recado restore"; to start empty on purpose, move ${key} away`,
  )
}
