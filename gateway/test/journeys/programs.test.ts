/** The commands of the first page, run as they stand there. */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const run = promisify(execFile)
/** As they are run from a clone: by the gateway's sources. */
const { GATEWAY_PROGRAM: _, ...env } = process.env

describe('npm run demo', () => {
  test('sees everything that it promises', async () => {
    const { stdout } = await run('npm', ['run', '--silent', 'demo', '--', '--json'], {
      cwd: root,
      env,
    })
    const report = JSON.parse(stdout) as { missing: string[]; callbacks: { type: string }[] }
    expect(report.missing).toEqual([])
    expect(report.callbacks.map(({ type }) => type)).toContain('DeliveryCallback')
  })
})

describe('npm run sandbox', () => {
  test('says where everything is, answers there, and leaves no process behind', async () => {
    const sandbox = spawn(
      'npm',
      ['run', '--silent', 'sandbox', '--', '--port', '0', '--simulator-port', '0', '--json'],
      { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(createInterface({ input: sandbox.stdout }), 'line')) as [string]
    const summary = JSON.parse(line) as {
      gateway: string
      clientToken: string
      instance: { id: string; token: string }
      recipient: { phone: string; messages: string }
    }
    const { id, token } = summary.instance
    const response = await fetch(
      `${summary.gateway}/instances/${id}/token/${token}/send-button-otp`,
      {
        method: 'POST',
        headers: { 'client-token': summary.clientToken, 'content-type': 'application/json' },
        body: JSON.stringify({ phone: summary.recipient.phone, message: 'Oi', code: '1' }),
      },
    )
    expect(response.status).toBe(200)

    const family = await descendants(sandbox)
    expect(family.length).toBeGreaterThan(1)
    sandbox.kill('SIGTERM')
    await once(sandbox, 'exit')
    expect(await stillAlive(family)).toEqual([])
  })
})

/** The process and all that it started. */
async function descendants(child: ChildProcess): Promise<number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid='])
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const family = [child.pid ?? -1]
  for (const parent of family) {
    for (const [pid, ppid] of pairs) if (ppid === parent && pid !== undefined) family.push(pid)
  }
  return family
}

/** A zombie is dead: it only waits for its parent to look. */
async function stillAlive(pids: readonly number[]): Promise<number[]> {
  const states = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
      const state = stat?.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
      return state !== undefined && state !== 'Z' ? pid : undefined
    }),
  )
  return states.filter((pid) => pid !== undefined)
}
