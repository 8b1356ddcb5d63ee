/** Tries every change of some files and tells which ones no test noticed. */

import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Entry, type Now, readEntries, readNow, writeEntry } from './journal.js'
import { environmentOf, type Run } from './settings.js'

export interface TrialOptions
  extends Pick<Run, 'tests' | 'databases' | 'longestTestMs' | 'hangMs'> {
  /** For its files, emptied first; `log` in it is what the test runner said. */
  readonly directory: string
  /** What the last run in this directory has found counts: all of it, or what it noticed. */
  readonly keep: 'all' | 'noticed' | 'nothing'
}

export interface Change {
  readonly id: string
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly from: string
  readonly to: string
}

export interface Changeable {
  /** By absolute path: the code with all its changes, of which none is switched on. */
  readonly sources: Readonly<Record<string, string>>
  readonly changes: readonly Change[]
}

export interface Verdict {
  readonly change: Change
  readonly outcome: 'noticed' | 'noticed by time' | 'missed' | 'not reached'
}

export interface Trial {
  readonly verdicts: readonly Verdict[]
  /** Tests that fail without any change. */
  readonly broken: readonly string[]
}

/** @throws if the test runner ends before it has run every test, or if the files have changed since the run whose findings it keeps */
export async function tryChanges(
  { sources, changes }: Changeable,
  { tests, databases, directory, hangMs, longestTestMs, keep }: TrialOptions,
): Promise<Trial> {
  const earlier = keep === 'nothing' ? [] : foundBefore(directory, sources, keep)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const run: Run = {
    tests,
    databases,
    sources: join(directory, 'sources.json'),
    journal: join(directory, 'journal'),
    now: join(directory, 'now'),
    hangMs,
    longestTestMs,
  }
  writeFileSync(run.sources, JSON.stringify(sources))
  for (const entry of earlier) writeEntry(run.journal, entry)
  const log = openSync(join(directory, 'log'), 'a')
  try {
    await tryWithinTests(run, log)
    await tryFromTheStart(run, log, changes)
  } finally {
    closeSync(log)
  }
  return judge(readEntries(run.journal), changes)
}

function foundBefore(
  directory: string,
  sources: Changeable['sources'],
  keep: 'all' | 'noticed',
): readonly Entry[] {
  if (readFileSync(join(directory, 'sources.json'), 'utf8') !== JSON.stringify(sources))
    throw new Error('The files have changed since the last run: run it once without this option')
  const entries = readEntries(join(directory, 'journal'))
  return keep === 'all' ? entries : entries.filter(({ kind }) => kind === 'noticed')
}

async function tryWithinTests(run: Run, log: number): Promise<void> {
  for (;;) {
    const before = readEntries(run.journal).length
    rmSync(run.now, { force: true })
    const { code, hung } = await vitest(run, log)
    if (hung !== undefined) {
      writeEntry(run.journal, { kind: 'noticed', ...hung, isByTime: true })
      continue
    }
    const entries = readEntries(run.journal)
    if (entries.at(-1)?.kind === 'spoilt' && entries.length > before + 1) continue
    if (code === 0) return
    throw new Error(
      `The test runner ended with ${code}: see ${run.journal.replace(/journal$/u, 'log')}`,
    )
  }
}

/** What is done when a module is loaded needs a process for each change. */
async function tryFromTheStart(run: Run, log: number, changes: readonly Change[]): Promise<void> {
  const entries = readEntries(run.journal)
  const noticed = new Set(
    entries.flatMap((entry) => (entry.kind === 'noticed' ? entry.change : [])),
  )
  const reached = entries.filter((entry) => entry.kind === 'reached')
  const atLoading = new Set(reached.flatMap((entry) => entry.atLoading))
  for (const { id, file } of changes) {
    if (!atLoading.has(id) || noticed.has(id)) continue
    const neighbours = new Set(changes.filter((each) => each.file === file).map((each) => each.id))
    const near = reached.filter((entry) => entry.changes.some((change) => neighbours.has(change)))
    // A file that only holds constants is reached by no test.
    const tests = [...new Set((near.length > 0 ? near : reached).map((entry) => entry.file))]
    const isOwn = (test: string) => test.startsWith(file.replace(/\.ts$/u, ''))
    // Most are noticed by the tests that carry the name of the file.
    for (const some of [tests.filter(isOwn), tests.filter((test) => !isOwn(test))]) {
      if (some.length === 0) continue
      const { code, hung } = await vitest({ ...run, tests: some, change: id }, log)
      if (code === 0) continue
      const isByTime = hung !== undefined
      writeEntry(run.journal, { kind: 'noticed', change: id, test: 'any', isByTime })
      break
    }
  }
}

async function vitest(run: Run, log: number): Promise<{ code: number | null; hung?: Now }> {
  const child = spawn(
    'npx',
    ['vitest', 'run', '--config', 'mutants/vitest.config.ts', '--reporter', 'dot'],
    {
      stdio: ['ignore', log, log],
      env: {
        ...environmentOf(run),
        ...(run.change === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: run.change }),
      },
      // With a group of its own, all of it can be killed.
      detached: true,
    },
  )
  const startedAt = Date.now()
  let hung: Now | undefined
  const watch = setInterval(() => {
    hung = run.change === undefined ? hungNow(run) : hungFromStart(run, run.change, startedAt)
    if (hung === undefined) return
    clearInterval(watch)
    kill(child)
  }, 1_000)
  const onExit = () => kill(child)
  process.once('exit', onExit)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  process.off('exit', onExit)
  clearInterval(watch)
  return hung === undefined ? { code } : { code, hung }
}

function hungNow({ now, hangMs }: Run): Now | undefined {
  if (!existsSync(now) || Date.now() - statSync(now).mtimeMs < hangMs) return undefined
  return readNow(now)
}

/** All tests may take longer than one. */
function hungFromStart({ hangMs }: Run, change: string, startedAt: number): Now | undefined {
  return Date.now() - startedAt > 10 * hangMs ? { change, test: 'any' } : undefined
}

function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

function judge(entries: readonly Entry[], changes: readonly Change[]): Trial {
  const noticed = new Map<string, Verdict['outcome']>()
  const reached = new Set<string>()
  for (const entry of entries) {
    if (entry.kind === 'noticed')
      noticed.set(entry.change, entry.isByTime ? 'noticed by time' : 'noticed')
    if (entry.kind === 'reached')
      for (const change of [...entry.changes, ...entry.atLoading]) reached.add(change)
  }
  return {
    verdicts: changes.map((change) => ({
      change,
      outcome: noticed.get(change.id) ?? (reached.has(change.id) ? 'missed' : 'not reached'),
    })),
    broken: entries.flatMap((entry) =>
      entry.kind === 'broken' ? [`${entry.test}: ${entry.why}`] : [],
    ),
  }
}
