/**
 * `npm run mutants [-- FILE or FOLDER …]`: changes the code in small ways and tells which changes no test notices.
 * With `--changed` it takes over from the last run what was tried on the same code with the same tests.
 *
 * Not part of the check: it takes hours for everything. Judge each survivor: a better test, or
 * a line in docs/reliability.md that says why the change makes no difference.
 */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { groupsOf, strayNames } from './scope.js'

interface Mutant {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>
}

const stryker = fileURLToPath(
  new URL('../../bin/stryker.js', import.meta.resolve('@stryker-mutator/core')),
)
const words = process.argv.slice(2)
const onlyChanged = words.includes('--changed')
const groups = groupsOf(words.filter((word) => word !== '--changed'))
if (groups.length === 0) throw new Error('No file in scope: see mutants/scope.ts')

const rows: string[] = []
for (const group of groups) {
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'mutants/stryker.config.js'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      MUTANTS_GROUP: JSON.stringify(group),
      ...(onlyChanged ? { MUTANTS_CHANGED: '1' } : {}),
    },
  })
  if (status !== 0) process.exit(status ?? 1)
  const report: Report = JSON.parse(readFileSync(`reports/mutants/${group.name}.json`, 'utf8'))
  for (const file of group.mutate) rows.push(rowOf(file, report.files[file]?.mutants ?? []))
}
for (const name of strayNames()) process.stdout.write(`mutants/scope.ts does not fit: ${name}\n`)
process.stdout.write(`\nkilled  survived  file\n${rows.join('\n')}\n`)

function rowOf(file: string, mutants: readonly Mutant[]): string {
  const count = (...statuses: readonly string[]) =>
    mutants.filter(({ status }) => statuses.includes(status)).length
  const killed = count('Killed', 'Timeout')
  const survived = count('Survived', 'NoCoverage')
  return `${String(killed).padStart(6)}  ${String(survived).padStart(8)}  ${file}`
}
