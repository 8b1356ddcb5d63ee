import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildStalePages, type Workshop } from './stale-pages.js'

async function workshop(): Promise<Workshop> {
  const root = await mkdtemp(join(tmpdir(), 'recado-stale-pages-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const folder of ['phone', 'console', 'bubble', 'extension', 'dist/phone', 'dist/console'])
    await mkdir(join(root, 'web', folder), { recursive: true })
  await writeFile(join(root, 'package-lock.json'), '{}')
  return {
    root,
    build: (page) => writeFile(join(root, 'web/dist', page, 'index.html'), `built ${page}`),
  }
}

test('only what changed since it was built is built again', async () => {
  const here = await workshop()
  const change = (path: string) => writeFile(join(here.root, path), 'changed')
  const build = () => buildStalePages(here)
  expect(await build()).toEqual(['phone', 'console'])
  expect(await build()).toEqual([])
  await change('web/phone/main.ts')
  expect(await build()).toEqual(['phone'])
  await change('web/bubble/bubble.ts')
  expect(await build()).toEqual(['phone', 'console'])
  await change('web/extension/sign.js')
  expect(await build()).toEqual(['console'])
  await change('package-lock.json')
  expect(await build()).toEqual(['phone', 'console'])
  // Another process built it, from unknown sources.
  await change('web/dist/console/index.html')
  expect(await build()).toEqual(['console'])
  await rm(join(here.root, 'web/phone/main.ts'))
  expect(await build()).toEqual(['phone'])
  expect(await build()).toEqual([])
})

test('what could not be built stays stale', async () => {
  const here = await workshop()
  const fail = { ...here, build: () => Promise.reject(new Error('a mistake in the sources')) }
  await expect(buildStalePages(fail)).rejects.toThrow('a mistake in the sources')
  expect(await buildStalePages(here)).toEqual(['phone', 'console'])
})
