/** docs/ten-minutes.md leads where it says: its lines are run as they stand, in their order, in one shell. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { blocksOf } from '../support/markdown.js'

const page = 'docs/ten-minutes.md'
const root = resolve(import.meta.dirname, '../../..')

/** A clone that the page may write into. */
async function aClone(): Promise<string> {
  const clone = await mkdtemp(join(tmpdir(), 'recado-ten-minutes-'))
  onTestFinished(() => rm(clone, { recursive: true, force: true }))
  const names = (await readdir(root)).filter((name) => !name.startsWith('.'))
  for (const name of names) await symlink(join(root, name), join(clone, name))
  return clone
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('it did not listen')
  return address.port
}

/** What the shell prints. Whatever it started ends with the test, also when a line of the page waits for ever. */
async function pasted(script: string, cwd: string): Promise<string> {
  const { PATH = '', HOME = '', GATEWAY_PROGRAM = '' } = process.env
  const env = { PATH, HOME, GATEWAY_PROGRAM }
  const shell = spawn('bash', ['-euc', script], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    try {
      if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM')
    } catch {
      // All of them have ended, as they should.
    }
  })
  let printed = ''
  let complaints = ''
  shell.stdout.on('data', (chunk) => (printed += String(chunk)))
  shell.stderr.on('data', (chunk) => (complaints += String(chunk)))
  const [code] = await once(shell, 'close')
  if (code !== 0) throw new Error(`The page ended with ${String(code)}:\n${complaints}`)
  return printed
}

/** The same keys, in the same order, each with the same type of value. */
function shapeOf(text: string): string {
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'object' ? value : typeof value,
  )
}

test('the page leads from nothing to a callback whose signature was verified', async () => {
  const blocks = await blocksOf(page)
  // The one block that is not run: what it installs is what runs this test.
  expect(blocks.filter(({ info }) => info === 'sh once').map(({ text }) => text)).toEqual([
    'npm ci\n',
  ])
  const port = await freePort()
  const lines = blocks.filter(({ info }) => info === 'sh').map(({ text }) => text)
  expect(lines.length).toBeGreaterThan(8)
  const script = lines
    .join('\n')
    // Only the ports are other ones: several suites may run on this machine.
    .replace('sandbox -- --json', 'sandbox -- --json --port 0 --simulator-port 0')
    .replaceAll(/\b9000\b/gu, String(port))
  const stdout = await pasted(`${script}\nwait || true\n`, await aClone())
  const printed = stdout.split('\n')
  expect(printed).toContain('401')
  expect(printed).toContain('{"valid":true}')
  const shapes = printed.filter((line) => line.startsWith('{')).map(shapeOf)
  const promised = blocks.filter(({ info }) => info === 'json').map(({ text }) => shapeOf(text))
  expect(promised.length).toBe(6)
  expect(shapes).toEqual(expect.arrayContaining(promised))
})

test('the receiver on the page is not longer than it says', async () => {
  const [block] = (await blocksOf(page)).filter(({ text }) => text.includes('<<'))
  const program = /<<'END'\n(?<lines>.*)^END$/msu.exec(block?.text ?? '')?.groups?.['lines'] ?? ''
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15)
})
