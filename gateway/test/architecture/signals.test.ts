/** Every statement that writes a cached table says so first, or a cache would go on with the old row. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { topics } from '../../src/db/signals.js'

const source = join(import.meta.dirname, '../../src')
const names = (await readdir(source, { recursive: true })).filter(
  (name) => /^(?!.*\.test\.ts$).*\.ts$/u.test(name) && !name.startsWith('db/migrations/'),
)

/** Functions and methods are told by their indentation. */
function functionsOf(text: string): readonly string[] {
  return text.split(text.includes('\nexport class ') ? '\n  }\n' : '\n}\n')
}

test.each(topics)('statements that write %s are signalled', async (topic) => {
  const writes = new RegExp(`(?:insertInto|updateTable|deleteFrom)\\('${topic}'\\)`, 'u')
  const signals = new RegExp(`changes\\('${topic}'|of topics\\) transaction\\.changes\\(`, 'u')
  const writing: string[] = []
  const silent: string[] = []
  for (const name of names) {
    const text = await readFile(join(source, name), 'utf8')
    if (!writes.test(text)) continue
    writing.push(name)
    for (const one of functionsOf(text))
      if (writes.test(one) && !signals.test(one) && !isToldBy(one, text)) silent.push(name)
  }
  expect(writing).not.toEqual([])
  expect(silent).toEqual([])
})

/** The function runs within another one of the file, which says it for all of them. */
function isToldBy(one: string, text: string): boolean {
  return one.includes('this.#change(') && /#change<T>\([\s\S]*changes\('instance'/u.test(text)
}
