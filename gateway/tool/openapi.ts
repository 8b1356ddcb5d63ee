/**
 * `npm run docs:openapi`: writes docs/openapi.json, the Postman collection, docs/calls.md, and
 * the tables about single calls in docs/api.md.
 * `test/architecture/api-files.test.ts` fails when they are out of date.
 */

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { apiFiles } from './api-files.js'

const root = resolve(import.meta.dirname, '../..')
for (const [path, text] of await apiFiles()) await writeFile(resolve(root, path), text)
