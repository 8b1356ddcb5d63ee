/** What a start does not load: `/health/ready` answers sooner without it. */

import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const source = resolve(import.meta.dirname, '../../src')
const late = ['baileys', 'libsignal', 'undici', 'nodemailer', '@fastify/swagger', 'sharp', 'pg']

/** Imports that are there when the program runs, without those by `import()`. */
const imports = /^(?:import|export) (?!type )(?:[^'";]*? from )?'(?<name>[^']+)'/gmu

/** Packages with the file that imports them, from this module and all that it loads. */
async function loadedBy(file: string, seen = new Set<string>()): Promise<readonly string[]> {
  if (seen.has(file)) return []
  seen.add(file)
  const text = await readFile(file, 'utf8')
  const names = [...text.matchAll(imports)].map(({ groups }) => groups?.['name'] ?? '')
  const found: string[] = []
  for (const name of names)
    if (!name.startsWith('.')) found.push(`${name} by ${relative(source, file)}`)
    else found.push(...(await loadedBy(join(dirname(file), name.replace(/\.js$/u, '.ts')), seen)))
  return found
}

const isLate = (found: string): boolean =>
  late.some((name) => found.startsWith(`${name} `) || found.startsWith(`${name}/`))

test('a start loads neither Baileys nor what serves few calls', async () => {
  const loaded = await loadedBy(join(source, 'gateway.ts'))
  expect(loaded).toContainEqual(expect.stringMatching(/^fastify by /u))
  expect(loaded.filter(isLate)).toEqual([])
})

test('the first connection loads Baileys', async () => {
  const loaded = await loadedBy(join(source, 'whatsapp/parts.ts'))
  expect(loaded.filter(isLate)).toContainEqual(expect.stringMatching(/^baileys by /u))
})
