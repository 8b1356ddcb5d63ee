/** `npm run demo` when not all of it can be seen: it says what is missing, and its exit code says so too. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { DemoReport } from './journey.js'

const program = fileURLToPath(new URL('../test/spoiled-demo.ts', import.meta.url))

async function demo(faults: object, ...options: string[]) {
  const spoiled = [program, JSON.stringify(faults), ...options]
  const child = spawn(process.execPath, ['--import', 'tsx', ...spoiled], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { stdout, code: code as number }
}

describe('a demo that does not see everything', () => {
  test('misses an image that the phone cannot fetch', async () => {
    const { stdout, code } = await demo({ media: { download: 'missing' } }, '--json')
    const report = JSON.parse(stdout) as DemoReport
    expect(report.missing).toEqual(['the image, fetched and decrypted'])
    expect(report.message?.image).toMatch(/^not fetched: .*404/)
    expect(code).toBe(1)
  })

  test('misses everything when WhatsApp refuses the message', async () => {
    const { stdout, code } = await demo({ acks: [{ kind: 'error', code: 463 }] })
    expect(stdout).toContain('Nothing on the phone')
    expect(stdout).toMatch(/Not seen: the message on the phone.*status SENT.*status READ/)
    expect(code).toBe(1)
  })
})

test('a demo that is stopped takes its gateway with it', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', program, '{}'], {
    // A group of its own, to be looked for afterwards.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const says = createInterface({ input: child.stderr })
  await once(says, 'line')
  await once(says, 'line')
  const group = -(child.pid ?? Number.NaN)
  expect(process.kill(group, 0)).toBe(true)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(() => process.kill(group, 0)).toThrow(/ESRCH/)
})
