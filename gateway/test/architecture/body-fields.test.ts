import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bodyFieldsPage } from '../zapi/body-fields-page.js'

test('docs/appendix/body-fields.md is what the table says', async () => {
  const page = resolve(import.meta.dirname, '../../../docs/appendix/body-fields.md')
  // If not: npm run body-fields
  expect(await readFile(page, 'utf8')).toBe(bodyFieldsPage())
})
