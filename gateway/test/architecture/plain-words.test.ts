/** Source and documents are written in plain English: no word that hides its subject, no metaphor for a queue. */

import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

const banned = [
  /whoever|whomever|nobody|somebody|everybody|anybody/iu,
  /\b(?:anew|can not)\b/iu,
  // A queue is no line, and a failed callback was not "given up".
  /\b(?:is|are|waits?|puts?|keeping|stored and) in line\b|\bcallbacks? that (?:was|were) given up\b/iu,
]

/** The option keeps its name, because scripts use it. */
const allowed = /--everybody\b|\beverybody\?:|\.everybody\b/gu

/** A released migration never changes, not even in a comment. */
function isLeftOut(name: string): boolean {
  return name.includes('node_modules') || name.includes('migrations/')
}

function findingsIn(text: string): string[] {
  const lines = text.split('\n')
  return lines.filter((line) => banned.some((word) => word.test(line.replaceAll(allowed, ''))))
}

test.each([
  ['gateway', /(?<!plain-words\.test)\.ts$/u, 1_000],
  ['web', /\.tsx?$/u, 100],
  ['simulator', /\.ts$/u, 150],
  ['sandbox', /\.ts$/u, 5],
  ['torture', /\.ts$/u, 5],
  ['bench', /\.ts$/u, 5],
  ['mutants', /\.ts$/u, 1],
  ['packages', /\.ts$/u, 5],
  ['packaging', /\.ts$/u, 5],
  ['docs', /\.md$/u, 20],
] as const)('no file of %s uses a banned word', async (folder, pattern, atLeast) => {
  const names = await readdir(join(root, folder), { recursive: true })
  const files = names.filter((name) => pattern.test(name) && !isLeftOut(name))
  expect(files.length).toBeGreaterThan(atLeast)
  const found = await Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(root, folder, name), 'utf8')
      return findingsIn(text).map((line) => `${folder}/${name}: ${line.trim()}`)
    }),
  )
  expect(found.flat()).toEqual([])
})

test('the search finds each banned word', () => {
  const text = ['Whoever writes', '#ofNobody', 'made anew', 'It can not', 'it waits in line'].join(
    '\n',
  )
  expect(findingsIn(text)).toHaveLength(5)
  expect(findingsIn('use --everybody')).toEqual([])
})
