/** Runs the gateway as a program of its own, the way an operator does, and knows where it listens. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const sources = fileURLToPath(new URL('../../gateway/src/main.ts', import.meta.url))

export interface GatewayProcess extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly pid: number
  /** Everything that it wrote to standard output and standard error so far, line by line. */
  readonly output: string[]
  /** Resolves when the process is gone, with the code or the signal that ended it. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
  kill(signal: NodeJS.Signals): void
}

export interface GatewayProcessOptions {
  readonly env: Readonly<Record<string, string>>
  /** How long the start may take, in milliseconds. */
  readonly startTimeoutMs?: number
  /** The program to run: a built one, or one with a death planted in it. Else what `GATEWAY_PROGRAM` names, or the sources. */
  readonly program?: string
  /** For Node itself, before the program. */
  readonly nodeOptions?: readonly string[]
  /** Kills the process without a word, also before it listens. */
  readonly end?: AbortSignal
}

/** It ended before it listened. The message has its own words. */
export class StartError extends Error {
  /** What ended it, unless it ended by itself. */
  readonly signal: string | null

  constructor(output: readonly string[], signal: string | null) {
    super(`The gateway did not start:\n${output.join('\n')}`)
    this.signal = signal
  }
}

/**
 * Starts the gateway and waits until it listens.
 *
 * The child sees no `RECADO_*` variable but those in `env`. Throws `StartError`
 * when it ends before it listens; nothing is left running then.
 */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const { program = process.env['GATEWAY_PROGRAM'] ?? sources, nodeOptions = [], end } = options
  const loader = program.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...nodeOptions, ...loader, program, 'start'], {
    env: { ...inheritedEnvironment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }))
  end?.addEventListener('abort', () => child.kill('SIGKILL'))
  const output: string[] = []
  const address = listeningAddress(child, output)

  const timeout = AbortSignal.timeout(options.startTimeoutMs ?? 120_000)
  const url = await Promise.race([
    address,
    ended.then(() => undefined),
    once(timeout, 'abort').then(() => undefined),
  ])
  if (url === undefined) {
    child.kill('SIGKILL')
    throw new StartError(output, (await ended).signal)
  }

  return {
    url,
    pid: child.pid ?? -1,
    output,
    ended,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

function inheritedEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('RECADO_')),
  )
}

/** Reads both streams line by line; the log line `gateway-listening` tells the address. */
function listeningAddress(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line)
        if (!line.includes('"gateway-listening"')) return
        resolve((JSON.parse(line) as { address: string }).address)
      })
    }
  })
}
