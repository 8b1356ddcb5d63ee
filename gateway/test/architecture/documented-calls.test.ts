/** The documents name the calls of the endpoint list, and no others. */

import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../../src/http/api-document.js'
import { withCallTables } from '../../tool/call-tables.js'
import { operationsOf } from '../support/api-document.js'

const root = resolve(import.meta.dirname, '../../..')
const docs = join(root, 'docs')
const document = JSON.parse(await readFile(join(docs, 'openapi.json'), 'utf8')) as OpenApiDocument
const calls = operationsOf(document).map(
  ({ method, path }) => `${method} ${path.replace('/instances/{instanceId}/token/{token}', '…')}`,
)

test('calls.md has a row for every call', async () => {
  const page = await readFile(join(docs, 'calls.md'), 'utf8')
  expect(calls.length).toBeGreaterThan(150)
  const missing = calls.filter((call) => {
    const [method = '', path = ''] = call.split(' ')
    const rows = page.split('\n').filter((row) => row.startsWith(`| \`${method} `))
    return !rows.some((row) => row.includes(` ${path}\``) || row.includes(`\`${path}\``))
  })
  expect(missing).toEqual([])
})

test('every call that a page names in full exists', async () => {
  const pages = (await readdir(docs)).filter((name) => name.endsWith('.md'))
  const shapes = new Set(calls.map(shapeOf))
  let found = 0
  for (const page of pages) {
    const text = await readFile(join(docs, page), 'utf8')
    const named = [...text.matchAll(/`(GET|POST|PUT|DELETE) …(\/[^\s`?]+)/gu)]
    found += named.length
    const unknown = named
      .map(([, method, path]) => `${method} …${path}`)
      .filter((call) => !shapes.has(shapeOf(call)))
    expect({ page, unknown }).toEqual({ page, unknown: [] })
  }
  // A search that finds nothing would find nothing unknown either.
  expect(found).toBeGreaterThan(20)
})

test('a table about a call that does not exist cannot be made', () => {
  const page = '<!-- attributes of POST /no-such-call -->\n<!-- end -->'
  expect(() => withCallTables(page, document)).toThrow('there is no call POST /no-such-call')
})

/** Parameters have other names in prose. */
function shapeOf(call: string): string {
  return call.replaceAll(/\{[^}]*\}/gu, '{}')
}
