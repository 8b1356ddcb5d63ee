/** docs/ten-minutes.md leads where it says: its lines are run as they stand, in their order, in one shell. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
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
  const lines = blocks.filter(({ info }) => info === 'sh').map(({ text }) => text)
  expect(lines.length).toBeGreaterThan(8)
  const clone = await aClone()
  const before = await readdir(clone)
  const stdout = await pasted(`${lines.join('\n')}\nwait || true\n`, clone)
  expect(await readdir(clone)).toEqual(before)
  const printed = stdout.split('\n')
  expect(printed).toContain('401')
  expect(printed).toContain('{"valid":true}')
  const shapes = printed.filter((line) => line.startsWith('{')).map(shapeOf)
  const promised = blocks.filter(({ info }) => info === 'json').map(({ text }) => shapeOf(text))
  expect(promised.length).toBe(6)
  expect(shapes).toEqual(expect.arrayContaining(promised))
})

test('the page ends with a message where the sandbox does not start', async () => {
  const clone = await aClone()
  await rm(join(clone, 'sandbox'))
  const [start] = (await blocksOf(page)).filter(({ info }) => info === 'sh')
  await expect(pasted(start?.text ?? '', clone)).rejects.toThrow(/Cannot find module/u)
})

test('the receiver on the page is not longer than it says', async () => {
  const [block] = (await blocksOf(page)).filter(({ text }) => text.includes('<<'))
  const program = /<<'END'\n(?<lines>.*)^END$/msu.exec(block?.text ?? '')?.groups?.['lines'] ?? ''
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15)
})
