/** `npm run simulator`: the simulator alone, for a gateway that is started by hand. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

const phone = '5511999990002'

test('prints where it listens, has the phones that were asked for, and stops at SIGTERM', async () => {
  const program = spawn('npm', ['run', '--silent', 'simulator', '--', '--phone', phone], {
    cwd: new URL('../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm and its child end together.
    detached: true,
  })
  const group = -(program.pid ?? Number.NaN)
  onTestFinished(() => {
    if (program.exitCode === null && program.signalCode === null) process.kill(group, 'SIGKILL')
  })
  const [line] = await once(createInterface(program.stdout), 'line')
  const ready: unknown = JSON.parse(String(line))
  expect(ready).toEqual({
    url: expect.stringMatching(/^wss?:/u),
    rootKey: expect.any(String),
    controlUrl: expect.stringMatching(/^http:/u),
    caCertificatePath: expect.any(String),
  })
  const { controlUrl } = ready as { controlUrl: string }
  const answer = await fetch(`${controlUrl}/phones/${phone}/messages`)
  expect([answer.status, await answer.json()]).toEqual([200, []])
  process.kill(group, 'SIGTERM')
  await once(program, 'exit')
  await expect(fetch(controlUrl)).rejects.toThrow('fetch failed')
})
