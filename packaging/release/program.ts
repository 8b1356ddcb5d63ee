/** Runs the program of a release as a person would, in an empty folder, and sends a code with it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

export interface Command {
  readonly file: string
  readonly arguments: readonly string[]
  /** The whole environment: what a release needs of that of the caller has to be named. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

export interface SandboxSummary {
  readonly gateway: string
  readonly console: { readonly url: string }
  readonly clientToken: string
  readonly instance: { readonly id: string; readonly token: string; readonly page: string }
  readonly recipient: { readonly phone: string; readonly messages: string }
}

export interface RunningSandbox extends AsyncDisposable {
  readonly summary: SandboxSummary
}

/** Throws with what it printed when it ends before it is ready. */
export async function startSandbox(command: Command): Promise<RunningSandbox> {
  const more = ['sandbox', '--json', '--port', '0', '--simulator-port', '0']
  const child = spawn(command.file, [...command.arguments, ...more], {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npx hands no signal on, so the whole group gets it.
    detached: true,
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => (complaints += String(chunk)))
  const ended = once(child, 'exit')
  const first = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve)
  })
  const line = await Promise.race([first, ended.then(() => undefined)])
  if (line === undefined) throw new Error(`the sandbox ended:\n${complaints}`)
  return {
    summary: JSON.parse(line) as SandboxSummary,
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}

/** Resolves with what the phone shows, once the code is there. */
export async function sendCode(summary: SandboxSummary, code: string): Promise<string> {
  const { gateway, instance, recipient, clientToken } = summary
  const path = `/instances/${instance.id}/token/${instance.token}/send-button-otp`
  const answer = await fetch(`${gateway}${path}`, {
    method: 'POST',
    headers: { 'client-token': clientToken, 'content-type': 'application/json' },
    body: JSON.stringify({ phone: recipient.phone, message: `Your code is ${code}`, code }),
  })
  if (!answer.ok) throw new Error(`the call was answered ${answer.status}: ${await answer.text()}`)
  for (;;) {
    const shown = await (await fetch(recipient.messages)).text()
    if (shown.includes(code)) return shown
    await delay(50)
  }
}
