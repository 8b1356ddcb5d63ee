import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const support = resolve(import.meta.dirname, '../support')

/** Runs one test file with our PostgreSQL, in a vitest of its own, and gives what the shell would see. */
async function runTestFile(body: string): Promise<{ code: unknown; output: string }> {
  const directory = await mkdtemp(join(import.meta.dirname, '.planted-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await writeFile(join(directory, 'planted.test.ts'), body)
  const config = { test: { globalSetup: [join(support, 'postgres.ts')] } }
  await writeFile(join(directory, 'vitest.config.ts'), `export default ${JSON.stringify(config)}`)

  const run = spawn('npx', ['vitest', 'run', '--root', directory], { cwd: directory })
  const output: string[] = []
  run.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  run.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const [code]: unknown[] = await once(run, 'close')
  return { code, output: output.join('') }
}

test('a failed test fails the run, although a database ends with it', async () => {
  const failing = await runTestFile(`
    import { expect, inject, test } from 'vitest'
    test('fails', () => expect(inject('postgresUrl')).toBe('planted'))
  `)
  expect(failing.output).toContain('1 failed')
  expect(failing.output).toContain('postgres://')
  expect(failing.code).toBe(1)
})

test('a run whose tests pass ends with 0', async () => {
  const passing = await runTestFile(`
    import { expect, inject, test } from 'vitest'
    test('passes', () => expect(inject('postgresUrl')).toContain('postgres://'))
  `)
  expect(passing.output).toContain('1 passed')
  expect(passing.code).toBe(0)
})
