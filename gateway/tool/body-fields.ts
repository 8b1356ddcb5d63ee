/** Writes docs/appendix/body-fields.md. */

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { bodyFieldsPage } from '../test/zapi/body-fields-page.js'

const page = resolve(import.meta.dirname, '../../docs/appendix/body-fields.md')
await writeFile(page, bodyFieldsPage())
