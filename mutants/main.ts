/**
 * `npm run mutants [-- FILE or FOLDER …]`: changes the code in small ways and tells which changes no test notices.
 * `--tests FILE` (more than once if wanted): with these tests alone. `--longest MS`: without those that take longer, 5 s if unset.
 * `--again`: tries only what the last run of these files missed, and counts both. `--continue`: goes on with a run that was ended.
 *
 * Not part of the check: it takes most of an hour for everything. Judge each survivor: a better test, or
 * a line in docs/reliability.md that says why the change makes no difference.
 */

import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { changeable } from './changes.js'
import { type Group, groupsOf, strayNames } from './scope.js'
import { tryChanges, type Verdict } from './trial.js'

const {
  positionals,
  values: { tests, longest, again, continue: goesOn },
} = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', multiple: true },
    longest: { type: 'string', default: '5000' },
    again: { type: 'boolean', default: false },
    continue: { type: 'boolean', default: false },
  },
})
const groups = groupsOf(positionals)
if (groups.length === 0) throw new Error('No file in scope: see mutants/scope.ts')
process.on('SIGINT', () => process.exit(1))
process.on('SIGTERM', () => process.exit(1))

for (const group of groups) {
  const startedAt = Date.now()
  const changes = await changeable(group.mutate)
  const { verdicts, broken } = await tryChanges(changes, {
    databases: group.databases,
    tests: tests ?? group.tests,
    directory: `reports/mutants/${directoryOf(group)}`,
    hangMs: 30_000,
    longestTestMs: Number(longest),
    keep: goesOn ? 'all' : again ? 'noticed' : 'nothing',
  })
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

/** The same for the same files, so that a run can go on where one of them ended. */
function directoryOf({ name, mutate }: Group): string {
  const files = mutate.map((path) => basename(path, '.ts')).join('+')
  return `${name}/${createHash('sha256').update(files).digest('hex').slice(0, 8)}`
}

function scoreOf(verdicts: readonly Verdict[]): string {
  const byTime = verdicts.filter(({ outcome }) => outcome === 'noticed by time').length
  const noticed = verdicts.filter(({ outcome }) => outcome === 'noticed').length + byTime
  const percent = ((100 * noticed) / Math.max(verdicts.length, 1)).toFixed(1)
  return `${noticed} of ${verdicts.length} noticed = ${percent} % (${byTime} by the time limit)`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
