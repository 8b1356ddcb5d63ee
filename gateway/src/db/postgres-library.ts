/** The driver of PostgreSQL, loaded when it is first used: a start on SQLite is some 100 ms faster without it. */

import { createRequire } from 'node:module'
import type Library from 'pg'

const load = createRequire(import.meta.url)

export function postgresLibrary(): typeof Library {
  // Node keeps it: later calls look it up.
  const library: unknown = load('pg')
  if (isPostgresLibrary(library)) return library
  throw new Error('pg is not the library that it was')
}

function isPostgresLibrary(library: unknown): library is typeof Library {
  return typeof library === 'object' && library !== null && 'Pool' in library
}
