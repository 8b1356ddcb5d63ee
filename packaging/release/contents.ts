/** The packages that a release carries: which ones, and which of their files. */

import { cp, readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'

/** A package as it lies in the checkout. */
export interface Package {
  readonly name: string
  readonly version: string
  /** As its manifest says: an SPDX expression. */
  readonly licence: string
  readonly author: string
  /** Relative to the root, such as `node_modules/pg`. */
  readonly folder: string
}

/** Only installers ask for these: downloads of finished builds, headers, alternatives that are not installed. */
const notNeeded = new Set(['prebuild-install', 'node-addon-api', 'pg-native'])

/** What is left out of every copied package, as a person would who packs only what runs. */
const leftOut =
  /(?:^|\/)(?:test|tests|e2e|examples|node_modules|\.github)(?:\/|$)|\.(?:md|map|[cm]?ts|yml|tgz)$/iu

/** Packages that carry the sources and objects of a native module: what runs is named. */
const kept: Readonly<Record<string, RegExp>> = {
  'node_modules/better-sqlite3':
    /^(?:package\.json|LICENSE|lib\/.*|build\/Release\/better_sqlite3\.node)$/u,
  'node_modules/better-sqlite3-13':
    /^(?:package\.json|LICENSE|lib\/.*|prebuilds\/linux-x64\.node)$/u,
  'node_modules/sharp': /^(?:package\.json|LICENSE|(?:lib|dist)\/.*\.(?:js|cjs|mjs))$/u,
}

export async function readPackage(root: string, folder: string): Promise<Package> {
  const text = await readFile(join(root, folder, 'package.json'), 'utf8')
  const { name, version, license, author } = JSON.parse(text) as Manifest
  return {
    // An alias lies in a folder of another name.
    name,
    version,
    licence: license ?? 'unknown',
    author: (typeof author === 'object' ? author.name : author) ?? `the authors of ${name}`,
    folder,
  }
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** These packages and all that they need, as far as it is installed. Throws where a required one is not. */
export async function withDependencies(
  root: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const found = new Set<string>()
  const visit = async (folder: string): Promise<void> => {
    if (found.has(folder)) return
    found.add(folder)
    const text = await readFile(join(root, folder, 'package.json'), 'utf8')
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(text) as Manifest
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (notNeeded.has(name)) continue
      const needed = folderOf(root, folder, name)
      if (needed !== undefined) await visit(needed)
      else if (!(name in optionalDependencies)) throw new Error(`${folder} needs ${name}`)
    }
  }
  for (const name of names) await visit(`node_modules/${name}`)
  return [...found].toSorted()
}

/** Where `require` finds the package from there. */
function folderOf(root: string, from: string, name: string): string | undefined {
  const paths = createRequire(join(root, from, 'package.json')).resolve.paths(name) ?? []
  for (const path of paths) {
    const manifest = join(path, name, 'package.json')
    try {
      createRequire(manifest).resolve(manifest)
      return relative(root, join(path, name))
    } catch {
      // One further up, perhaps.
    }
  }
  return undefined
}

/** Copies what runs of a package. Its own `node_modules` are packages of their own. */
export async function copyPackage(root: string, folder: string, target: string): Promise<void> {
  const source = join(root, folder)
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = relative(source, join(entry.parentPath, entry.name))
    const only = kept[folder]
    const isWanted = only === undefined ? !leftOut.test(path) : only.test(path)
    if (isWanted)
      await cp(join(source, path), join(target, folder, path), { preserveTimestamps: true })
  }
}

/** The packages that the pages import. */
export async function packagesOfPages(root: string): Promise<readonly string[]> {
  const names = new Set<string>()
  for (const page of ['bubble', 'phone', 'console'])
    for (const file of await readdir(join(root, 'web', page), { recursive: true })) {
      if (!/\.tsx?$/u.test(file) || file.includes('.test.') || file.includes('vite.config'))
        continue
      const text = await readFile(join(root, 'web', page, file), 'utf8')
      for (const [, name = ''] of text.matchAll(
        /\bfrom '((?:@[^/']+\/)?[a-z][^/':]*)(?:\/[^']*)?'/gu,
      ))
        names.add(name)
    }
  return await withDependencies(root, [...names])
}
