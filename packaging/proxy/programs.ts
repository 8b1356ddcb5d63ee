/** nginx and Caddy for the tests: from the PATH; on Debian, as root, installed where they are missing. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Throws with the cure where the program is not there and cannot be installed. */
export function provide(program: string, debianPackage: string): void {
  if (isThere(program)) return
  try {
    const options = {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const
    execFileSync('apt-get', ['update'], options)
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], options)
  } catch (cause) {
    throw new Error(`This test needs ${program}: install it.`, { cause })
  }
}

function isThere(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export interface RunningProxy extends AsyncDisposable {
  readonly url: string
}

/** Starts it and waits until it answers. Throws with its complaints where it ends. */
export async function startProxy(
  file: string,
  programArguments: readonly string[],
  url: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProxy> {
  const child: ChildProcess = spawn(file, programArguments, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk) => (complaints += String(chunk)))
  const ended = once(child, 'exit')
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${file} ended:\n${complaints}`)
    const answer = await fetch(`${url}/docs/`).catch(() => undefined)
    if (answer?.ok === true) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
