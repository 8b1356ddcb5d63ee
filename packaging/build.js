/**
 * `npm run build` bundles the gateway, as a release has it, and builds the pages. With `--if-changed`, as `npm start`
 * says, it does nothing while the sources are those of the last build: plain JavaScript, because
 * a loader for TypeScript alone would take longer than all the rest.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'gateway/dist')
const note = join(target, 'built-from')
const programs = ['packaging/bundle-gateway.ts', 'packaging/release/bundle.ts']

const sources = fingerprint()
const isBuilt = existsSync(note) && readFileSync(note, 'utf8') === sources
if (!isBuilt || !process.argv.includes('--if-changed')) build()

function build() {
  // A module that was removed must not stay behind.
  rmSync(target, { recursive: true, force: true })
  run('--import', 'tsx', 'packaging/bundle-gateway.ts')
  run('--import', 'tsx', 'web/tool/build-pages.ts')
  mkdirSync(target, { recursive: true })
  writeFileSync(note, sources)
}

/** @param {readonly string[]} programArguments */
function run(...programArguments) {
  const { status } = spawnSync(process.execPath, programArguments, { cwd: root, stdio: 'inherit' })
  // It has said itself what is wrong.
  if (status !== 0) process.exit(status ?? 1)
}

/** Of all that gets into the program and its pages. */
function fingerprint() {
  const hash = createHash('sha256')
  const files = ['gateway/src', 'web'].flatMap((folder) => filesBelow(join(root, folder)))
  const others = ['package-lock.json', 'tsconfig.json', ...programs]
  for (const file of [...files, ...others.map((name) => join(root, name))])
    hash.update(relative(root, file)).update(readFileSync(file))
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => !/[\\/](?:dist|node_modules|test)[\\/]|\.test\.tsx?$/u.test(relative(root, file)),
    )
    .toSorted()
}
