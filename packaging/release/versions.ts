/** A release has one version: of the package, of its parts, in the changelog, in the tag. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is published beside the gateway. */
export const packages = ['packages/client']

export interface Versions {
  readonly version: string
  /** What does not agree with it, in words. Empty where a release may be made. */
  readonly disagreements: readonly string[]
}

export function readVersions(root: string, tag = tagAtHead(root)): Versions {
  const { version, workspaces } = manifest(root, '.')
  const disagreements: string[] = []
  for (const workspace of [...(workspaces ?? []), ...packages]) {
    const own = manifest(root, workspace).version
    if (own !== version) disagreements.push(`${workspace}/package.json says ${own}, not ${version}`)
  }
  const lock = manifest(root, '.', 'package-lock.json').version
  if (lock !== version) disagreements.push(`package-lock.json says ${lock}, not ${version}`)

  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const [, newest = 'nothing', state = ''] = /^## (\S+)(?: \((.*)\))?$/mu.exec(changelog) ?? []
  if (newest !== version) disagreements.push(`CHANGELOG.md begins with ${newest}, not ${version}`)
  if (tag === undefined) return { version, disagreements }
  if (tag !== `v${version}`) disagreements.push(`the tag is ${tag}, not v${version}`)
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(state))
    disagreements.push(`CHANGELOG.md has no date for ${version}, which is tagged`)
  return { version, disagreements }
}

function manifest(root: string, folder: string, name = 'package.json') {
  return JSON.parse(readFileSync(join(root, folder, name), 'utf8')) as {
    readonly version: string
    readonly workspaces?: readonly string[]
  }
}

function tagAtHead(root: string): string | undefined {
  try {
    const tags = execFileSync('git', ['tag', '--points-at', 'HEAD', '--list', 'v*'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return tags.split('\n').find((tag) => tag !== '')
  } catch {
    // Not a clone: an unpacked archive of the sources.
    return undefined
  }
}
