import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { packages, readVersions } from './versions.js'

const root = resolve(import.meta.dirname, '../..')

/** A copy of what says a version, to change. */
async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recado-versions-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { workspaces } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const folders = [...(workspaces as string[]), ...packages]
  const manifests = folders.map((one) => `${one}/package.json`)
  for (const name of ['package.json', 'package-lock.json', 'CHANGELOG.md', ...manifests])
    await cp(join(root, name), join(folder, name))
  return folder
}

test('package, parts, lockfile, changelog and tag of this tree have one version', () => {
  expect(readVersions(root).disagreements).toEqual([])
})

test('what disagrees with the version is named', async () => {
  const folder = await copy()
  const { version } = readVersions(folder)
  const rewrite = async (name: string, change: (text: string) => string) =>
    writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')))
  await rewrite('gateway/package.json', (text) => text.replace(version, '9.9.9'))
  await rewrite('package-lock.json', (text) => text.replace(version, '9.9.9'))
  await rewrite('CHANGELOG.md', (text) => text.replace(`## ${version}`, '## 9.9.9'))
  expect(readVersions(folder, 'v8.0.0').disagreements).toEqual([
    `gateway/package.json says 9.9.9, not ${version}`,
    `package-lock.json says 9.9.9, not ${version}`,
    `CHANGELOG.md begins with 9.9.9, not ${version}`,
    `the tag is v8.0.0, not v${version}`,
    `CHANGELOG.md has no date for ${version}, which is tagged`,
  ])
})

test('a tagged version has a date in the changelog', async () => {
  const folder = await copy()
  const { version } = readVersions(folder)
  const path = join(folder, 'CHANGELOG.md')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/^## (\S+).*$/mu, '## $1 (2027-01-15)'))
  expect(readVersions(folder, `v${version}`).disagreements).toEqual([])
})

test('the image is built from a tree in which the version can be read', async () => {
  const recipe = await readFile(join(root, 'Dockerfile'), 'utf8')
  const ignored = (await readFile(join(root, '.dockerignore'), 'utf8')).split('\n')
  for (const one of packages) {
    expect(recipe).toContain(`COPY ${one}/package.json ${one}/\n`)
    expect(ignored).toContain(`!${one}/package.json`)
  }
})
