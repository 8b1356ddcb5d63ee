/** `npm run sandbox` for a person: what it prints is pasted into a shell as it stands there. */

import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

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

async function logIn(console: string, password: string): Promise<number> {
  const response = await fetch(`${console}/api/log-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-recado-console': '1' },
    body: JSON.stringify({ name: 'sandbox', password }),
  })
  return response.status
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
    const group = -(program.pid ?? Number.NaN)
    onTestFinished(() => {
      if (program.exitCode === null && program.signalCode === null) process.kill(group, 'SIGKILL')
    })
    const text = await printed(program, /Ctrl-C ends it all/)
    const send = /curl -X POST [\s\S]*?}'/.exec(text)?.[0] ?? ''
    const look = /curl http\S+messages/.exec(text)?.[0] ?? ''
    const { messageId } = (await paste(send)) as { messageId: string }
    const button = { kind: 'copy', text: 'Copiar código', code: '123456' }
    await expect
      .poll(() => paste(look))
      .toMatchObject([{ id: messageId, buttons: [button], shows: { android: true, web: true } }])

    const [play = '', undo = ''] = text.match(/curl -X (PUT|DELETE) http\S+/g) ?? []
    expect(await paste(play)).toEqual({ playing: ['not-on-whatsapp'] })
    expect(await paste(undo)).toEqual({ playing: [] })

    const [, password = ''] = /log in as sandbox with the password (\S+)/.exec(text) ?? []
    expect(await logIn(/http\S+\/console$/m.exec(text)?.[0] ?? '', password)).toBe(200)
    const phones = text.match(/^Phone of .*http\S+$/gm) ?? []
    expect(phones).toHaveLength(2)
    for (const line of phones) {
      const page = await fetch(line.slice(line.indexOf('http')), {
        headers: { accept: 'text/html' },
      })
      expect(page.headers.get('content-type')).toMatch(/html/)
    }

    process.kill(group, 'SIGINT')
    await once(program, 'exit')
    expect(() => process.kill(group, 0)).toThrow(/ESRCH/)
  },
  60_000,
)
