/**
 * `npm run programs`: writes docs/appendix/programs.md from docs/appendix/programs.json, the
 * verdicts of docs/conformance.md and what a real gateway answers. With `--check` it writes
 * nothing and fails when the page is out of date.
 */

import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { askGateway } from '../test/zapi/programs.js'
import { programsPage } from '../test/zapi/programs-page.js'

const docs = resolve(import.meta.dirname, '../../docs')
const path = resolve(docs, 'appendix/programs.md')
const conformance = await readFile(resolve(docs, 'conformance.md'), 'utf8')
const page = programsPage(conformance, await askGateway())

if (process.argv.includes('--check')) await check()
else await writeFile(path, page)

async function check(): Promise<void> {
  const written = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  if (page === written.join('\n')) return
  const changed = page.split('\n').filter((line) => !written.includes(line))
  process.stdout.write('docs/appendix/programs.md is out of date: run npm run programs\n')
  process.stdout.write(changed.map((line) => `+ ${line}\n`).join(''))
  process.exitCode = 1
}
