/**
 * `npm run release`: makes the npm package and the archive with a Node of its own, in `dist/`.
 * `--npm` makes the package alone, `--folder DIR` lays out its files there, as the Dockerfile wants
 * them. It refuses where version, changelog and tag do not agree.
 */

import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildStalePages } from '../../web/tool/stale-pages.js'
import { commitSeconds, packFolder } from './archive.js'
import { stageClient } from './client.js'
import { stageRelease } from './stage.js'
import { readVersions } from './versions.js'

/** What the archive brings. The tests run on it: `npm run test:node24`. */
const nodeInside = '24.22.3'

const starter = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/node" "$here/../app/dist/recado.js" "$@"
`

const { values: wanted } = parseArgs({
  options: { npm: { type: 'boolean' }, folder: { type: 'string' } },
})
const root = resolve(import.meta.dirname, '../..')
const { version, disagreements } = readVersions(root)
if (disagreements.length > 0) {
  process.stderr.write(`${disagreements.join('\n')}\n`)
  process.exit(1)
}
await buildStalePages()
const work = mkdtempSync(join(tmpdir(), 'recado-release-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
const output = join(root, 'dist')
mkdirSync(output, { recursive: true })

if (wanted.folder === undefined) {
  await makePackage()
  makeClient()
  if (wanted.npm !== true) await makeArchive()
} else await stageRelease(root, resolve(wanted.folder), version)

async function makePackage(): Promise<void> {
  // The folder that npm expects.
  const { folder } = await stageRelease(root, join(work, 'package'), version)
  finish(folder, join(output, `recado-${version}.tgz`))
}

function makeClient(): void {
  const folder = join(work, 'client', 'package')
  stageClient(root, folder, version)
  finish(folder, join(output, `recado-client-${version}.tgz`))
}

async function makeArchive(): Promise<void> {
  const name = `recado-${version}-${process.platform}-${process.arch}`
  // Node 24 uses the other edition.
  const { folder } = await stageRelease(root, join(work, name), version, ['better-sqlite3'])
  const runtime = fetchNode()
  mkdirSync(join(folder, 'bin'))
  cpSync(join(runtime, 'bin/node'), join(folder, 'bin/node'))
  cpSync(join(runtime, 'LICENSE'), join(folder, 'LICENCE-of-node.txt'))
  writeFileSync(join(folder, 'bin/recado'), starter, { mode: 0o755 })
  try {
    execFileSync('strip', [join(folder, 'bin/node')])
  } catch {
    // Without binutils it is as it came, and some 15 MB larger.
  }
  finish(folder, join(output, `${name}.tar.gz`))
}

function fetchNode(): string {
  const name = `node-${process.platform}-${process.arch}`
  const wish = ['install', '--no-save', '--prefix', work, `${name}@${nodeInside}`]
  execFileSync('npm', wish, { stdio: ['ignore', 'ignore', 'inherit'] })
  return join(work, 'node_modules', name)
}

function finish(folder: string, file: string): void {
  packFolder(folder, file, commitSeconds(root))
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex')
  writeFileSync(`${file}.sha256`, `${sum}  ${basename(file)}\n`)
  process.stdout.write(`${file} ${(statSync(file).size / 1e6).toFixed(1)} MB\n`)
}
