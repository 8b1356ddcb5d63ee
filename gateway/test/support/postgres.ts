/**
 * A PostgreSQL for the tests of one run, so that `npm test` needs no set-up.
 *
 * In this order: the server of `TEST_DATABASE_URL` (its user has to be allowed
 * to create databases), the one on 127.0.0.1:5432 if it accepts
 * postgres/postgres, else one of our own that ends with the run. All projects
 * of a run share it; tests make their own databases in it (`databases.ts`).
 */

import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startOwnPostgres } from './own-postgres.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Its user may create databases; its path names one that is only for connecting. */
    readonly postgresUrl: string
  }
}

interface Server {
  readonly url: string
  stop(): Promise<void>
}

interface Shared {
  server: Promise<Server>
  users: number
}

/** vitest loads this file once a project, so what they share cannot live in the module. */
const registry: { [key: symbol]: Shared | undefined } = globalThis
const sharedKey = Symbol.for('recado.test-postgres')

/** vitest's global setup: runs in the main process before the first test file. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  registry[sharedKey] ??= { server: findServer(), users: 0 }
  const shared = registry[sharedKey]
  shared.users += 1

  const server = await shared.server
  project.provide('postgresUrl', server.url)

  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    registry[sharedKey] = undefined
    await server.stop()
  }
}

async function findServer(): Promise<Server> {
  const configured = process.env['TEST_DATABASE_URL']
  if (configured) return { url: configured, stop: async () => {} }

  const local = 'postgres://postgres:postgres@127.0.0.1:5432/postgres'
  if (await accepts(local)) return { url: local, stop: async () => {} }

  // This data is not needed after a power cut.
  const server = await startOwnPostgres(['--fsync=off', '--full-page-writes=off'])
  return { url: server.url, stop: async () => server[Symbol.asyncDispose]() }
}

async function accepts(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
