import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { keepCompiled } from './compile-cache.js'

const home = mkdtempSync(join(tmpdir(), 'recado-compiled-'))
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('what was compiled lies in the data directory, which is never made for it', () => {
  const folders: string[] = []
  const enable = (folder: string): void => void folders.push(folder)
  const absent = join(home, 'data')
  keepCompiled(absent, enable)
  expect([folders, existsSync(absent)]).toEqual([[], false])
  keepCompiled(home, enable)
  expect(folders).toEqual([join(home, 'compiled')])
})

test('a Node without such a cache starts as before', () => {
  expect(() => keepCompiled(home, undefined)).not.toThrow()
})
