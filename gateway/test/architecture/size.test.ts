/** No source file above 400 lines, no function above 80, no describe above 200: what is longer is split. The released migrations stay as they are. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const MAX_FILE_LINES = 400
const MAX_FUNCTION_LINES = 80
const MAX_DESCRIBE_LINES = 200

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

/** As `describe 210, line 12`. */
function longDescribesIn(name: string, text: string): readonly string[] {
  // The file itself is shorter.
  if (text.split('\n').length <= MAX_DESCRIBE_LINES) return []
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const lineOf = (at: number): number => file.getLineAndCharacterOfPosition(at).line + 1
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const first = lineOf(node.getStart(file))
    const length = lineOf(node.end) - first + 1
    if (
      ts.isCallExpression(node) &&
      /^describe\b/u.test(node.expression.getText(file)) &&
      length > MAX_DESCRIBE_LINES
    )
      found.push(`describe ${length}, line ${first}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

test('no describe is above 200 lines', async () => {
  const parents = ['gateway', 'simulator', 'sandbox', 'web', 'packages', 'torture', 'bench']
  const names = await Promise.all(
    parents.map(async (folder) => {
      const inside = await readdir(join(root, folder), { recursive: true })
      return inside.map((name) => `${folder}/${name}`)
    }),
  )
  const tests = names
    .flat()
    .filter((name) => name.endsWith('.test.ts') && !/(^|\/)node_modules\//u.test(name))
  expect(tests.length).toBeGreaterThan(400)
  const found = await Promise.all(
    tests.map(async (name) => {
      const text = await readFile(join(root, name), 'utf8')
      return longDescribesIn(name, text).map((what) => `${name}: ${what}`)
    }),
  )
  expect(found.flat()).toEqual([])
})

test('the search finds a long describe', () => {
  const long = `describe('a thing', () => {\n${'step()\n'.repeat(199)}})`
  expect(longDescribesIn('a.test.ts', long)).toEqual(['describe 201, line 1'])
  const short = `describe('a thing', () => {\n${'step()\n'.repeat(198)}})\nend()`
  expect(longDescribesIn('a.test.ts', short)).toEqual([])
})

test('the search finds a long file, a long function and a long method', () => {
  const body = 'step()\n'.repeat(80)
  expect(tooLongIn('a.ts', '\n'.repeat(400) + 'end()')).toEqual(['file 401'])
  expect(tooLongIn('a.ts', `function long() {\n${body}}`)).toEqual(['function 82, line 1'])
  expect(tooLongIn('a.ts', `class A {\n  long() {\n${body}}\n}`)).toEqual(['function 82, line 2'])
  expect(tooLongIn('a.ts', `const long = () => {\n${body}}`)).toEqual(['function 82, line 1'])
})
