import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetOtherCompiled, keepCompiled } from './compile-cache.js'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'recado-compiled-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('what was compiled lies in the data directory, which is never made for it', () => {
  const folders: string[] = []
  const enable = (folder: string): void => void folders.push(folder)
  const absent = join(home, 'data')
  keepCompiled(absent, '0.2.0', enable)
  expect([folders, existsSync(absent)]).toEqual([[], false])
  keepCompiled(home, '0.2.0', enable)
  expect(folders).toEqual([join(home, 'compiled/0.2.0')])
})

test('a Node without such a cache starts as before', () => {
  expect(() => keepCompiled(home, '0.2.0', undefined)).not.toThrow()
})

test('what other versions compiled is deleted, that of this one stays', async () => {
  for (const name of ['0.1.0/v24', '0.2.0/v24', 'v24.22.3-x64-of-an-older-layout']) {
    mkdirSync(join(home, 'compiled', name), { recursive: true })
    writeFileSync(join(home, 'compiled', name, 'script.cache'), 'x')
  }
  writeFileSync(join(home, 'recado.sqlite'), 'x')
  await forgetOtherCompiled(home, '0.2.0')
  expect(readdirSync(join(home, 'compiled'))).toEqual(['0.2.0'])
  expect(readdirSync(join(home, 'compiled/0.2.0/v24'))).toEqual(['script.cache'])
  expect(existsSync(join(home, 'recado.sqlite'))).toBe(true)
})

test('there may be nothing to delete', async () => {
  await expect(forgetOtherCompiled(home, '0.2.0')).resolves.toBeUndefined()
})
