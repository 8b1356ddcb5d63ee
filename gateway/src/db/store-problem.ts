/** What is wrong with the files of the data directory, as one line with the cure. */

import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StoreFileError } from '../domain/errors.js'

/** What SQLite's and the system's codes mean; the first that fits counts. */
const problems: readonly (readonly [RegExp, (path: string, code: string) => StoreFileError])[] = [
  [
    /^SQLITE_(?:CORRUPT|NOTADB)/u,
    (path, code) =>
      new StoreFileError(
        `${path} is damaged (${code})`,
        'restore a backup with "recado restore", and look at the disk',
      ),
  ],
  [
    /^(?:ENOSPC|EDQUOT|SQLITE_FULL)/u,
    (path) => new StoreFileError(`there is no room for ${path}`, 'make room on its disk'),
  ],
  [
    /^(?:EROFS|SQLITE_READONLY)/u,
    (path, code) =>
      new StoreFileError(
        `${path} cannot be written (${code})`,
        `mount its disk for writing, and give the files to the user of the gateway: chown -R USER ${dirname(path)}`,
      ),
  ],
  [
    /^(?:EISDIR|SQLITE_CANTOPEN_ISDIR)/u,
    (path) =>
      new StoreFileError(`${path} is a directory, not a file`, 'take it away, or restore a backup'),
  ],
  [
    /^(?:ENOTDIR|EEXIST)/u,
    (path) =>
      new StoreFileError(
        `${dirname(path)} is not a directory`,
        'let RECADO_DATA_DIR name a directory of its own',
      ),
  ],
  [
    /^(?:EACCES|EPERM|SQLITE_(?:CANTOPEN|PERM|AUTH))/u,
    (path, code) =>
      new StoreFileError(
        `this user may not read and write ${path} (${code})`,
        `run as the user that owns it, or give it to this one: chown -R USER ${dirname(path)}`,
      ),
  ],
  [
    /^(?:EIO|SQLITE_IOERR)/u,
    (path, code) =>
      new StoreFileError(
        `the disk does not read or write ${path} (${code})`,
        'look at the disk, then restore a backup',
      ),
  ],
  [
    /^ERR_DLOPEN_FAILED/u,
    () =>
      new StoreFileError(
        'better-sqlite3 was built for another version of Node',
        'run npm ci again with this one',
      ),
  ],
]

/** The same error where it is no matter of files. `path` is the file that was opened. */
export function explainStoreError(cause: unknown, path: string): unknown {
  if (!(cause instanceof Error && 'code' in cause && typeof cause.code === 'string')) return cause
  const { code } = cause
  const found = problems.find(([pattern]) => pattern.test(code))
  if (found === undefined) return cause
  const problem = found[1](resolve(path), code)
  problem.cause = cause
  return problem
}

/** Its bytes, or `undefined` where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw explainStoreError(cause, path)
  }
}
