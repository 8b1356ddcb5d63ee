#!/usr/bin/env node
/**
 * Arguments and environment → configuration → gateway → signals. The only file
 * that touches the process.
 */

import { readFileSync } from 'node:fs'
import { CommanderError } from 'commander'
import { createAskSecret } from './cli/ask-secret.js'
import { createConfirm } from './cli/confirm.js'
import { createProgram } from './cli/program.js'
import { type Config, readConfig } from './config.js'
import { GatewayError } from './domain/errors.js'
import { systemClock } from './runtime/clock.js'
import { forgetOtherCompiled, keepCompiled } from './runtime/compile-cache.js'
import { createLog, type Log } from './runtime/telemetry.js'
import { keepSignalQuiet } from './whatsapp/baileys-patches/quiet-signal.js'

/** How long calls and sends in flight may take to finish once a signal came. */
const drainMs = 10_000

// Before anything of Baileys is loaded: libsignal prints private keys.
keepSignalQuiet()

const version = packageVersion()
const program = createProgram({
  version,
  readConfig: () => readConfig(process.env, (path) => readFileSync(path, 'utf8')),
  start,
  print,
  clock: systemClock,
  confirm: createConfirm({ input: process.stdin, output: process.stderr }),
  askSecret: createAskSecret(
    { input: process.stdin, output: process.stderr },
    'There is no terminal to ask at: set RECADO_BACKUP_PASSPHRASE or RECADO_BACKUP_PASSPHRASE_FILE.',
  ),
})

// Not awaited: a module that waits cannot be bundled, as the torture does.
program.parseAsync().catch((error: unknown) => {
  // Commander has said itself what it had to say.
  if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`)
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1
})

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel, process.stderr)
  const asked = firstSignal()
  watchForBugs(log)

  keepCompiled(config.dataDir, version)
  // Loaded here, because the other commands need no database.
  const { startGateway } = await import('./gateway.js')
  const gateway = await startGateway(config, { version, log, announce: print })
  void forgetOtherCompiled(config.dataDir, version)

  log.info('gateway-stopping', { reason: await asked })
  const isDrained = await Promise.race([
    gateway[Symbol.asyncDispose]().then(() => true),
    systemClock.sleep(drainMs).then(() => false),
  ])
  if (isDrained) log.info('gateway-stopped')
  else log.warn('gateway-cut-off', { reason: 'not everything finished in time' })
  process.exit(isDrained ? 0 : 1)
}

/** The first signal asks for an orderly end; the second one does not wait for it. */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isAsked = false
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        if (isAsked) process.exit(1)
        isAsked = true
        resolve(signal)
      })
  })
}

/** Node would print such errors as they are, with whatever user input their messages quote. */
function watchForBugs(log: Log): void {
  // Baileys leaves promises alone now and then. That ends one session, not all of them.
  process.on('unhandledRejection', (cause) => log.error('unhandled-rejection', { cause }))
  process.on('uncaughtException', (cause) => {
    log.error('uncaught-exception', { cause })
    process.exit(1)
  })
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function explain(error: unknown): string {
  if (error instanceof GatewayError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return 'Another program listens on this address already. Stop it, or set RECADO_PORT.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const manifest: unknown = JSON.parse(text)
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}
