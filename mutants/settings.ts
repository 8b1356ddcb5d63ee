/** What `trial.ts` hands to the process of the tests. */

export interface Run {
  readonly tests: readonly string[]
  readonly databases: readonly ('sqlite' | 'postgres')[]
  /** By absolute path. */
  readonly sources: string
  readonly journal: string
  /** Names the change that is being tried. */
  readonly now: string
  /** A change that keeps the process busy for so long has hung it. */
  readonly hangMs: number
  /** A test that takes longer is not asked: it would be repeated for every change that it reaches. */
  readonly longestTestMs: number
  /** Set: this change is on from the start, and each test runs once. */
  readonly change?: string
}

const variable = 'MUTANTS_RUN'

export function environmentOf(run: Run): NodeJS.ProcessEnv {
  return { ...process.env, [variable]: JSON.stringify(run) }
}

export function placesOfRun(): Run {
  return JSON.parse(process.env[variable] ?? '{}')
}
