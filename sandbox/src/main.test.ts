/** `npm run sandbox` for a person: what it prints is pasted into a shell as it stands there. */

import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const hasCurl = spawnSync('curl', ['--version']).status === 0
const run = promisify(execFile)

async function printed(program: ChildProcess, end: RegExp): Promise<string> {
  let text = ''
  for await (const chunk of program.stdout ?? []) {
    text += String(chunk)
    if (end.test(text)) return text
  }
  throw new Error(`it ended after printing: ${text}`)
}

async function paste(commands: string): Promise<unknown> {
  return JSON.parse((await run('sh', ['-c', commands])).stdout)
}

test.skipIf(!hasCurl)(
  'the printed lines work as pasted, and Ctrl-C ends it',
  async () => {
    const program = spawn(
      'npm',
      ['run', '--silent', 'sandbox', '--', '--port', '0', '--simulator-port', '0'],
      // A group of its own: a terminal sends Ctrl-C to the whole group.
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    )
    const text = await printed(program, /Ctrl-C ends both/)
    const send = /curl -X POST [\s\S]*?}'/.exec(text)?.[0] ?? ''
    const look = /curl http\S+messages/.exec(text)?.[0] ?? ''
    const { messageId } = (await paste(send)) as { messageId: string }
    const button = { kind: 'copy', text: 'Copiar código', code: '123456' }
    await expect
      .poll(() => paste(look), { timeout: 10_000 })
      .toMatchObject([{ id: messageId, buttons: [button], shows: { android: true, web: true } }])

    const group = -(program.pid ?? Number.NaN)
    process.kill(group, 'SIGINT')
    await once(program, 'exit')
    expect(() => process.kill(group, 0)).toThrow(/ESRCH/)
  },
  60_000,
)
