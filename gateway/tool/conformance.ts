/**
 * `npm run conformance`: judges every documented endpoint, prints the counts and
 * writes docs/conformance.md, and the counts into README.md. With `--check` it writes
 * nothing and fails when the page is out of date. Fails in either case when an endpoint is missing.
 */

import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { judgeEveryEndpoint } from '../test/zapi/conformance.js'
import { conformancePage, conformanceReport, withCounts } from '../test/zapi/conformance-page.js'

const path = resolve(import.meta.dirname, '../../docs/conformance.md')
const findings = await judgeEveryEndpoint()
const page = conformancePage(findings)
process.stdout.write(conformanceReport(findings))
if (findings.some(({ verdict }) => verdict === 'missing')) process.exitCode = 1

if (process.argv.includes('--check')) await check()
else await write()

async function write(): Promise<void> {
  const readme = resolve(import.meta.dirname, '../../README.md')
  await writeFile(path, page)
  await writeFile(readme, withCounts(await readFile(readme, 'utf8'), findings))
}

async function check(): Promise<void> {
  const written = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  const changed = page.split('\n').filter((line) => !written.includes(line))
  if (page === written.join('\n')) return
  process.stdout.write(`docs/conformance.md is out of date: run npm run conformance\n`)
  process.stdout.write(changed.map((line) => `+ ${line}\n`).join(''))
  process.exitCode = 1
}
