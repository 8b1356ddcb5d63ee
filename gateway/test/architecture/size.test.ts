/** No source file above 400 lines, no function above 80: what is longer is split. Tests and the released migrations stay as they are. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const MAX_FILE_LINES = 400
const MAX_FUNCTION_LINES = 80

const folders = [
  ['gateway/src', 400],
  ['gateway/tool', 5],
  ['simulator/src', 150],
  ['sandbox/src', 5],
  ['web', 150],
  ['torture', 5],
  ['bench', 5],
  ['mutants', 1],
] as const

/** A released migration must not change: the first one is above the limit for good. */
const released = 'gateway/src/db/migrations/0001-first.ts'

function isSource(name: string): boolean {
  return /\.tsx?$/u.test(name) && !/\.test\.ts$|(^|\/)(test|dist|node_modules)\//u.test(name)
}

/** As `function 93, line 12`, what is too long in a text. */
function tooLongIn(name: string, text: string): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const lineOf = (at: number): number => file.getLineAndCharacterOfPosition(at).line + 1
  const found: string[] = []
  const lines = text.trimEnd().split('\n').length
  if (lines > MAX_FILE_LINES) found.push(`file ${lines}`)
  const visit = (node: ts.Node): void => {
    const first = lineOf(node.getStart(file))
    const length = lineOf(node.end) - first + 1
    if (ts.isFunctionLike(node) && length > MAX_FUNCTION_LINES)
      found.push(`function ${length}, line ${first}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

test.each(folders)(
  '%s has no file above 400 lines and no function above 80',
  async (folder, atLeast) => {
    const names = await readdir(join(root, folder), { recursive: true })
    const files = names.filter(isSource).map((name) => `${folder}/${name}`)
    expect(files.length).toBeGreaterThan(atLeast)
    const found = await Promise.all(
      files
        .filter((file) => file !== released)
        .map(async (file) => {
          const text = await readFile(join(root, file), 'utf8')
          return tooLongIn(file, text).map((what) => `${file}: ${what}`)
        }),
    )
    expect(found.flat()).toEqual([])
  },
)

test('the search finds a long file, a long function and a long method', () => {
  const body = 'step()\n'.repeat(80)
  expect(tooLongIn('a.ts', '\n'.repeat(400) + 'end()')).toEqual(['file 401'])
  expect(tooLongIn('a.ts', `function long() {\n${body}}`)).toEqual(['function 82, line 1'])
  expect(tooLongIn('a.ts', `class A {\n  long() {\n${body}}\n}`)).toEqual(['function 82, line 2'])
  expect(tooLongIn('a.ts', `const long = () => {\n${body}}`)).toEqual(['function 82, line 1'])
})
