/**
 * `npm run release:check`: runs what `npm run release` left in `dist/` as a person would who has
 * nothing else. The package by `npx`, offline and twice in a row, on this Node and on the next one;
 * the archive with its own Node and no other on the PATH. Each brings a code to a phone.
 */

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../sandbox/src/free-port.js'
import { type Command, sendCode, startSandbox } from './program.js'
import { readVersions } from './versions.js'

const otherMajor = '24'
const starts = 3
/** From the command to `/health/ready`, without npm. */
const promisedMs = 1_500

const root = resolve(import.meta.dirname, '../..')
const { version } = readVersions(root)
const work = mkdtempSync(join(tmpdir(), 'recado-check-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const system = '/usr/bin:/bin'
const here = dirname(process.execPath)
await checkPackage(process.version, here)
await checkPackage(`Node ${otherMajor}`, fetchNode())
await checkArchive()

/** @param runtime the folder of `node`; npm is the one at hand */
async function checkPackage(name: string, runtime: string): Promise<void> {
  const cwd = emptyFolder(`npx-${name.replace(' ', '-')}`)
  cpSync(join(root, `dist/recado-${version}.tgz`), join(cwd, 'recado.tgz'))
  const command: Command = {
    file: 'npx',
    arguments: ['--yes', './recado.tgz'],
    env: {
      HOME: cwd,
      PATH: [runtime, here, system].join(delimiter),
      // Nothing listens there, and the cache is empty.
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_cache: join(cwd, 'cache'),
    },
    cwd,
  }
  for (const time of ['first', 'second']) {
    const began = Date.now()
    await bringCode(command)
    say(`${name}, npx, ${time} time: a code is on the phone after ${Date.now() - began} ms`)
  }
  execFileSync('tar', ['-xzf', 'recado.tgz'], { cwd })
  const program = join(cwd, 'package/app/dist/recado.js')
  await measure(name, { ...command, file: join(runtime, 'node'), arguments: [program] })
}

async function checkArchive(): Promise<void> {
  const name = `recado-${version}-${process.platform}-${process.arch}`
  const cwd = emptyFolder('archive')
  execFileSync('tar', ['-xzf', join(root, `dist/${name}.tar.gz`)], { cwd })
  const file = join(cwd, name, 'bin/recado')
  const command = { file, arguments: [], env: { HOME: cwd, PATH: system }, cwd }
  await bringCode(command)
  await measure('archive', command)
}

async function bringCode(command: Command): Promise<void> {
  await using sandbox = await startSandbox(command)
  await sendCode(sandbox.summary, '573920')
}

async function measure(name: string, command: Command): Promise<void> {
  const times: number[] = []
  for (let start = 0; start < starts; start += 1) times.push(await timeToReady(command))
  const middle = times.toSorted((a, b) => a - b)[Math.floor(starts / 2)] ?? Number.NaN
  say(`${name}: ready after ${middle} ms (median of ${starts}; promised: ${promisedMs})`)
  if (middle > promisedMs) process.exitCode = 1
}

async function timeToReady(command: Command): Promise<number> {
  const port = await freePort()
  const data = mkdtempSync(join(work, 'data-'))
  const began = Date.now()
  const env = { ...command.env, RECADO_PORT: String(port), RECADO_DATA_DIR: data }
  const child = spawn(command.file, command.arguments, { cwd: command.cwd, env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    await delay(10)
  }
  const took = Date.now() - began
  child.kill('SIGTERM')
  await ended
  return took
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
  return answer?.ok === true
}

function fetchNode(): string {
  const name = `node-${process.platform}-${process.arch}`
  // Not in a folder above the others: npm would take that for the project that they belong to.
  const prefix = emptyFolder('node')
  const wish = ['install', '--no-save', '--prefix', prefix, `${name}@${otherMajor}`]
  execFileSync('npm', wish, { stdio: ['ignore', 'ignore', 'inherit'] })
  return join(prefix, 'node_modules', name, 'bin')
}

function emptyFolder(name: string): string {
  const folder = join(work, name)
  mkdirSync(folder)
  return folder
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
