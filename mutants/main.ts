/**
 * `npm run mutants [-- FILE or FOLDER …]`: changes the code in small ways and tells which changes no test notices.
 * `--tests FILE` (more than once if wanted): with these tests alone. `--again`: tries only what the last run missed, and counts both.
 *
 * Not part of the check: it takes most of an hour for everything. Judge each survivor: a better test, or
 * a line in docs/reliability.md that says why the change makes no difference.
 */

import { parseArgs } from 'node:util'
import { changeable } from './changes.js'
import { groupsOf, strayNames } from './scope.js'
import { tryChanges, type Verdict } from './trial.js'

const {
  positionals,
  values: { tests, again },
} = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', multiple: true },
    again: { type: 'boolean', default: false },
  },
})
const groups = groupsOf(positionals)
if (groups.length === 0) throw new Error('No file in scope: see mutants/scope.ts')
process.on('SIGINT', () => process.exit(1))
process.on('SIGTERM', () => process.exit(1))

for (const group of groups) {
  const startedAt = Date.now()
  const changes = await changeable(group.mutate)
  const { verdicts, broken } = await tryChanges(
    changes,
    { ...group, tests: tests ?? group.tests },
    `reports/mutants/${group.name}`,
    30_000,
    again,
  )
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1)
  say(`\n${group.name}: ${scoreOf(verdicts)}, ${minutes} min`)
  for (const file of group.mutate) {
    const own = verdicts.filter(({ change }) => change.file === file)
    say(`  ${file}: ${scoreOf(own)}`)
    for (const { change, outcome } of own) {
      if (outcome === 'noticed' || outcome === 'noticed by time') continue
      const { line, column, from, to } = change
      say(`    ${line}:${column} ${outcome}: ${from.slice(0, 100)}  ->  ${to.slice(0, 100)}`)
    }
  }
  for (const test of broken) say(`  fails without a change: ${test}`)
}
for (const name of strayNames()) say(`mutants/scope.ts does not fit: ${name}`)

function scoreOf(verdicts: readonly Verdict[]): string {
  const byTime = verdicts.filter(({ outcome }) => outcome === 'noticed by time').length
  const noticed = verdicts.filter(({ outcome }) => outcome === 'noticed').length + byTime
  const percent = ((100 * noticed) / Math.max(verdicts.length, 1)).toFixed(1)
  return `${noticed} of ${verdicts.length} noticed = ${percent} % (${byTime} by the time limit)`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
