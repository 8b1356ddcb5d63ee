/** Looks at the data directory: is there room, and is it closed to others? */

import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Finding } from './finding.js'

const mebibyte = 1_048_576
/** Below this the next days may end it; below the other one, the next hours. */
const littleBytes = 1_024 * mebibyte
const nothingBytes = 100 * mebibyte

export async function checkPlace(dataDir: string): Promise<Finding[]> {
  const place = resolve(dataDir)
  const isThere = await exists(place)
  return [
    judgeSpace(await spaceAt(isThere ? place : await nearestParent(place)), place),
    isThere ? await checkAccess(place) : missing(place),
  ]
}

/** @param freeBytes what this user may still write */
export function judgeSpace(freeBytes: number, place: string): Finding {
  const text = `${Math.floor(freeBytes / mebibyte).toLocaleString('en')} MiB are free at ${place}`
  const cure = 'Make room, or move the data to a larger disk: a full one stops every message.'
  if (freeBytes < nothingBytes) return { name: 'disk', verdict: 'fail', text, cure }
  if (freeBytes < littleBytes) return { name: 'disk', verdict: 'warn', text, cure }
  return { name: 'disk', verdict: 'ok', text }
}

/** @param mode as `stat` gives it */
export function judgeMode(mode: number, place: string): Finding {
  const name = 'data directory'
  // Group and others: a user who may list it finds the database, which holds phone numbers in clear.
  if ((mode & 0o077) === 0) return { name, verdict: 'ok', text: `${place} is closed to others` }
  return {
    name,
    verdict: 'warn',
    text: `other users of this machine may look into ${place}`,
    cure: `chmod 700 ${place}`,
  }
}

async function checkAccess(place: string): Promise<Finding> {
  try {
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return {
      name: 'data directory',
      verdict: 'fail',
      text: `this user may not read and write ${place}`,
      cure: 'Run as the user that owns it, or give it to this one with chown -R.',
    }
  }
  return judgeMode((await stat(place)).mode, place)
}

function missing(place: string): Finding {
  const text = `${place} is not there yet; the first start makes it`
  return { name: 'data directory', verdict: 'ok', text }
}

async function spaceAt(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}

async function nearestParent(path: string): Promise<string> {
  const parent = dirname(path)
  return (await exists(parent)) || parent === path ? parent : nearestParent(parent)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
