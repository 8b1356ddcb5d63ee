/**
 * What a run has found, a line each: `runner.ts` writes it in the process of the tests, `trial.ts` reads it.
 * A process that a change has hung or spoilt is killed, and the next one goes on from here.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'

export type Entry =
  /** Without a change: what this test reaches, and what is reached when modules are loaded. */
  | {
      readonly kind: 'reached'
      readonly test: string
      readonly file: string
      readonly changes: readonly string[]
      readonly atLoading: readonly string[]
    }
  /** Fails without any change, so it says nothing. */
  | { readonly kind: 'broken'; readonly test: string; readonly why: string }
  | {
      readonly kind: 'noticed'
      readonly change: string
      readonly test: string
      readonly isByTime: boolean
    }
  | { readonly kind: 'missed'; readonly change: string; readonly test: string }
  | { readonly kind: 'finished'; readonly test: string }
  /** The process was ended because a change had left something behind. */
  | { readonly kind: 'spoilt' }

export function writeEntry(path: string, entry: Entry): void {
  appendFileSync(path, `${JSON.stringify(entry)}\n`)
}

export function readEntries(path: string): readonly Entry[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line))
}

/** The change that is being tried, and the test. */
export interface Now {
  readonly change: string
  readonly test: string
}

export function writeNow(path: string, now: Now | undefined): void {
  writeFileSync(path, now === undefined ? '' : JSON.stringify(now))
}

export function readNow(path: string): Now | undefined {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return text === '' ? undefined : JSON.parse(text)
}
