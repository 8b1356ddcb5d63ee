/** `npm start` builds when a source has changed, and only then. */

import { execFile } from 'node:child_process'
import { access, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** A checkout with pages that are built and a small program instead of the gateway. */
async function checkout(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recado-build-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const same = [
    'package-lock.json',
    'tsconfig.json',
    'web',
    'packaging/build.js',
    'packaging/bundle-gateway.ts',
    'packaging/release/bundle.ts',
  ]
  for (const name of [...same, 'package.json'])
    await cp(join(root, name), join(folder, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await mkdir(join(folder, 'gateway/src'), { recursive: true })
  await writeFile(join(folder, 'gateway/src/main.ts'), 'export const first: number = 1\n')
  return folder
}

test('the gateway is built again where a source changed, and left alone where none did', async () => {
  const folder = await checkout()
  const program = join(folder, 'gateway/dist/main.js')
  const build = () =>
    promisify(execFile)('node', [join(folder, 'packaging/build.js'), '--if-changed'])
  await build()
  expect(await readFile(program, 'utf8')).toContain('first = 1')

  await writeFile(program, 'left alone')
  await build()
  expect(await readFile(program, 'utf8')).toBe('left alone')

  await writeFile(join(folder, 'gateway/src/main.ts'), 'export const second: number = 2\n')
  await writeFile(join(folder, 'gateway/dist/old.js'), 'a part of the program before')
  await build()
  expect(await readFile(program, 'utf8')).toContain('second = 2')
  await expect(access(join(folder, 'gateway/dist/old.js'))).rejects.toThrow('ENOENT')
})

test('a build that fails is tried again', async () => {
  const folder = await checkout()
  const build = () =>
    promisify(execFile)('node', [join(folder, 'packaging/build.js'), '--if-changed'])
  await writeFile(join(folder, 'gateway/src/main.ts'), 'export const = \n')
  const complaint = { code: 1, stderr: expect.stringContaining('gateway/src/main.ts') }
  await expect(build()).rejects.toMatchObject(complaint)
  await expect(build()).rejects.toMatchObject(complaint)
})
