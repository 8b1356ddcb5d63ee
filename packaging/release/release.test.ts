/** What `npm run release` packs is whole, says its licences, and runs where nothing else is. */

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageClient } from './client.js'
import { sendCode, startSandbox } from './program.js'
import { type Stage, stageRelease } from './stage.js'

const root = resolve(import.meta.dirname, '../..')
let place: string
let stage: Stage

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'recado-release-'))
  stage = await stageRelease(root, join(place, 'package'), '0.1.0')
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function files(): Promise<readonly string[]> {
  const entries = await readdir(stage.folder, { recursive: true, withFileTypes: true })
  const found = entries.filter((entry) => !entry.isDirectory())
  // An archive with links cannot be unpacked by npm.
  expect(found.filter((entry) => !entry.isFile())).toEqual([])
  return found.map((entry) => relative(stage.folder, join(entry.parentPath, entry.name)))
}

test('the release brings a code to a phone from an empty folder', async () => {
  const cwd = join(place, 'empty')
  await mkdir(cwd)
  await using sandbox = await startSandbox({
    file: process.execPath,
    arguments: [join(stage.folder, 'app/dist/recado.js')],
    env: { HOME: cwd, PATH: '/usr/bin:/bin' },
    cwd,
  })
  const { summary } = sandbox
  expect(await sendCode(summary, '482913')).toContain('copy-button')
  const page = { accept: 'text/html' }
  for (const url of [summary.console.url, `${summary.gateway}/docs/`, summary.instance.page]) {
    const answer = await fetch(url, { headers: page })
    expect([url, answer.status]).toEqual([url, 200])
  }
  expect(await readdir(cwd)).toEqual([])
})

test('the packed client is taken by a program that knows its manifest alone', async () => {
  const program = join(place, 'program')
  stageClient(root, join(program, 'node_modules/@recado/client'), '1.2.3')
  const script = `import { Recado, verifyCallback } from '@recado/client'
    const recado = new Recado({ url: 'http://127.0.0.1:9', instance: 'i', token: 't' })
    console.log(typeof recado.sendButtonOtp, typeof verifyCallback)`
  const options = ['--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: program })
  expect(stdout).toBe('function function\n')
  const types = join(program, 'node_modules/@recado/client/dist/index.d.ts')
  expect(await readFile(types, 'utf8')).toContain('Recado')
})

test('the release names the licence of every package inside, and libsignal’s first of all', async () => {
  const text = await readFile(join(stage.folder, 'LICENCES.txt'), 'utf8')
  for (const { name, version, licence } of stage.packages)
    expect(text).toContain(`\n${name} ${version} (${licence})\n`)
  expect(text).toMatch(/libsignal, which is under the\s+GNU General Public License, version 3/u)
  expect(text).toContain('libsignal 6.0.0 (GPL-3.0)\n\n')
  // The text itself, not only its name.
  expect(text).toMatch(/GNU GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007/u)
  const manifest: unknown = JSON.parse(await readFile(join(stage.folder, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({ license: 'GPL-3.0-only', version: '0.1.0' })
})

test('the bill of materials lists what the scripts and folders inside say they are', async () => {
  const text = await readFile(join(stage.folder, 'sbom.cdx.json'), 'utf8')
  const { components } = JSON.parse(text) as { components: { name: string; version: string }[] }
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`))
  const inside = new Set<string>()
  for (const file of await files()) {
    // rolldown marks where the code of each module begins.
    if (/^app\/dist\/.*\.js$/u.test(file)) {
      const script = await readFile(join(stage.folder, file), 'utf8')
      for (const [, folder = ''] of script.matchAll(
        /^\s*\/\/ (\S*node_modules\/(?:@[^/]+\/)?[^/]+)\//gmu,
      ))
        inside.add(folder)
    }
    const [, folder] =
      /^app\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/u.exec(file) ?? []
    if (folder !== undefined) inside.add(folder)
  }
  expect(inside.size).toBeGreaterThan(150)
  for (const folder of inside) {
    const { name, version } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'))
    expect(listed).toContain(`${name}@${version}`)
  }
  expect([...listed]).toContain('react@19.3.1')
})

test('nothing in the release names the place where it was made', async () => {
  const texts = (await files()).filter((file) =>
    /\.(?:js|json|html|css|txt|md|service)$/u.test(file),
  )
  expect(texts.length).toBeGreaterThan(500)
  for (const file of texts) {
    const text = await readFile(join(stage.folder, file), 'utf8')
    expect([file, text.includes(root)]).toEqual([file, false])
  }
})
