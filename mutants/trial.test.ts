import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type Change, tryChanges, type Verdict } from './trial.js'

/** The sample with switches like those of Stryker's instrumenter: `is` is whether a change is on. */
const switched = `
const switches = (globalThis.__stryker__ ??= { activeMutant: process.env.__STRYKER_ACTIVE_MUTANT__ })
function is(change) {
  const coverage = (switches.mutantCoverage ??= { static: {}, perTest: {} })
  const reached = switches.currentTestId === undefined
    ? coverage.static
    : (coverage.perTest[switches.currentTestId] ??= {})
  reached[change] = (reached[change] ?? 0) + 1
  return switches.activeMutant === change
}

const limit = is('limit 1') ? 1 : is('limit 4') ? 4 : 3

export function isBelow(value) {
  if (Number.isNaN(value)) return is('unused')
  if (is('false')) return false
  return is('at most') ? value <= limit : value < limit
}

export async function finish() {
  if (is('never')) await new Promise(() => {})
  if (is('for ever')) for (;;);
}

let calls = 0

export function countOnce() {
  if (is('leaves something')) {
    calls = 2
    return 1
  }
  is('harmless')
  calls = Math.max(calls, 1)
  return calls
}
`

const ids = [
  'limit 1',
  'limit 4',
  'false',
  'at most',
  'never',
  'for ever',
  'leaves something',
  'harmless',
  'unused',
]

it('tells of each change whether a test notices it, also if it hangs or spoils the tests', async () => {
  const verdicts = await verdictsOf(ids)
  expect(verdicts).toEqual({
    'limit 1': 'noticed',
    'limit 4': 'missed',
    false: 'noticed',
    'at most': 'missed',
    never: 'noticed by time',
    'for ever': 'noticed by time',
    'leaves something': 'missed',
    harmless: 'missed',
    unused: 'not reached',
  })
})

async function verdictsOf(
  wanted: readonly string[],
): Promise<Readonly<Record<string, Verdict['outcome']>>> {
  const directory = await mkdtemp(join(tmpdir(), 'recado-mutants-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const file = 'mutants/sample/sample.ts'
  const changes = wanted.map((id): Change => ({ id, file, line: 1, column: 1, from: '', to: id }))
  const { verdicts, broken } = await tryChanges(
    { sources: { [resolve(file)]: switched }, changes },
    {
      tests: ['mutants/sample/*.test.ts'],
      databases: [],
      directory,
      hangMs: 3_000,
      longestTestMs: 5_000,
      keep: 'nothing',
    },
  )
  expect(broken).toEqual([])
  return Object.fromEntries(verdicts.map(({ change, outcome }) => [change.id, outcome]))
}
