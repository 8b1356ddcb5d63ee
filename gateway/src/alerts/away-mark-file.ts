/** Remembers in a file that the operator was told of a database that is away. */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AwayMark } from './alert-watch.js'

/** What cannot be written is not remembered: the recovery is then told by the same process alone. */
export function awayMarkFile(path: string): AwayMark {
  let held: number | undefined
  return {
    async read() {
      if (held !== undefined) return held
      const text = await readFile(path, 'utf8').catch(() => '')
      return /^\d{1,15}$/u.test(text) ? Number(text) : undefined
    },
    async write(since) {
      held = since
      await mkdir(dirname(path), { recursive: true })
        .then(() => writeFile(path, String(since), { mode: 0o600 }))
        .catch(() => undefined)
    },
    async remove() {
      held = undefined
      await rm(path, { force: true }).catch(() => undefined)
    },
  }
}
