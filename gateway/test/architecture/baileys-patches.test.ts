/** The index of our interventions in Baileys names each of them, for the versions that are installed. */

import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'gateway/src/whatsapp/baileys-patches')
const index = await readFile(join(folder, 'README.md'), 'utf8')
const rows = [...index.matchAll(/^\| `([\w.-]+\.ts)` +\|.*\| `([\w./-]+\.test\.ts)` +\|$/gmu)]

test('has one row for each file', async () => {
  const names = await readdir(folder)
  const files = names.filter((name) => /^(?!.*\.test\.ts$).*\.ts$/u.test(name))
  expect(new Set(rows.map(([, file]) => file))).toEqual(new Set(files))
})

test('names tests that exist', async () => {
  const missing = await Promise.all(
    rows.map(([, , path = '']) =>
      access(join(root, path)).then(
        () => [],
        () => [path],
      ),
    ),
  )
  expect(missing.flat()).toEqual([])
})

test('speaks of the versions that are installed', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'gateway/package.json'), 'utf8'))
  expect(index).toContain(`Baileys ${dependencies.baileys} and libsignal ${dependencies.libsignal}`)
})
