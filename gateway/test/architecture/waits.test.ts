/**
 * A test waits for what it expects, as long as a busy machine may take: a page that is read once may not be there yet, and
 * the second that `vi.waitFor` waits by itself may be over.
 */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const tests = join(root, 'web/test')

/** They answer at once, whatever is on the page. */
const neverWait = ['count', 'all', 'allTextContents', 'allInnerTexts', 'isVisible', 'isHidden']
/** They wait for the element, and not for what it should say. */
const waitForElement = ['textContent', 'innerText', 'inputValue', 'getAttribute', 'isChecked']
const ofState = ['isEnabled', 'isDisabled', 'isEditable', 'boundingBox']

const once = new Set([...neverWait, ...waitForElement, ...ofState])

/** As `count, line 12`: reads of a page outside `expect.poll`, where the test would fail if they came too early. */
function earlyReadsIn(text: string): readonly string[] {
  const file = ts.createSourceFile('test.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node, isExpected: boolean): void => {
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText(file)
      if (called === 'expect') isExpected = true
      // What is polled is read again, and so is what a function reads that the poll calls.
      if (called.endsWith('.poll')) return
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : ''
      if (isExpected && once.has(name) && node.arguments.every(ts.isStringLiteral)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
        found.push(`${name}, line ${line + 1}`)
      }
    }
    ts.forEachChild(node, (child) => visit(child, isExpected))
  }
  visit(file, false)
  return found
}

test('no browser test expects what it read from a page once', async () => {
  const names = (await readdir(tests)).filter((name) => name.endsWith('.ts'))
  expect(names.length).toBeGreaterThan(20)
  const found = await Promise.all(
    names.map(async (name) =>
      earlyReadsIn(await readFile(join(tests, name), 'utf8')).map((read) => `${name}: ${read}`),
    ),
  )
  expect(found.flat()).toEqual([])
})

test('an early read is found, and a polled one is none', () => {
  const early = "expect(await page.locator('p').count()).toBe(1)"
  const inObject = "\nexpect({ at: await field.getAttribute('lang') }).toEqual({})"
  expect(earlyReadsIn(early + inObject)).toEqual(['count, line 1', 'getAttribute, line 2'])
  expect(earlyReadsIn("await expect.poll(() => page.locator('p').count()).toBe(1)")).toEqual([])
  expect(earlyReadsIn("const code = await page.locator('code').textContent()")).toEqual([])
})

/** As `line 12`: waits that end after a second. */
function shortWaitsIn(text: string): readonly string[] {
  const file = ts.createSourceFile('test.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const isWait =
      ts.isCallExpression(node) && /^vi\.wait(?:For|Until)$/u.test(node.expression.getText(file))
    if (isWait && node.arguments.length < 2) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      found.push(`line ${line + 1}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

test.each(['gateway/src', 'gateway/test', 'simulator', 'sandbox', 'torture', 'packages', 'web'])(
  'every vi.waitFor below %s says how long it waits',
  async (folder) => {
    const names = await readdir(join(root, folder), { recursive: true })
    const files = names.filter((name) => /^(?!.*node_modules).*\.ts$/u.test(name))
    const found = await Promise.all(
      files.map(async (name) =>
        shortWaitsIn(await readFile(join(root, folder, name), 'utf8')).map(
          (wait) => `${name}: ${wait}`,
        ),
      ),
    )
    expect(found.flat()).toEqual([])
  },
)

test('a wait of one second is found', () => {
  const long = 'vi.waitFor(() => expect(1).toBe(1), patience)'
  expect(shortWaitsIn(`${long}\nvi.waitFor(() => expect(1).toBe(1))`)).toEqual(['line 2'])
})
