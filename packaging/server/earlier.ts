/** The archive of the version before this one, for the upgrade: of the last tag; before the first, of this commit. */

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a commit is called that has the version of this one. */
const unreleased = '0.0.9'

export interface Earlier {
  readonly commit: string
  readonly version: string
}

/**
 * @param current the version of this commit
 * @param wanted a commit or tag to take instead
 */
export function earlierVersion(root: string, current: string, wanted?: string): Earlier {
  const tags = git(root, 'tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-v:refname').split('\n')
  const tag = tags.find((name) => name !== '' && name !== `v${current}`)
  const name = wanted ?? tag ?? 'HEAD'
  const commit = git(root, 'rev-parse', `${name}^{commit}`)
  const text = git(root, 'show', `${commit}:package.json`)
  const { version } = JSON.parse(text) as { readonly version: string }
  return { commit, version: version === current ? unreleased : version }
}

/**
 * Makes `recado-VERSION-linux-x64.tar.gz` and its sum in `target`, by that commit's own release program.
 *
 * @param archive that of this version, whose Node it gets
 */
export function packEarlier(
  root: string,
  earlier: Earlier,
  current: string,
  archive: string,
  target: string,
): void {
  const work = mkdtempSync(join(tmpdir(), 'recado-earlier-'))
  try {
    const clone = join(work, 'clone')
    mkdirSync(clone)
    const sources = join(work, 'sources.tar')
    execFileSync('git', ['archive', `--output=${sources}`, earlier.commit], { cwd: root })
    execFileSync('tar', ['-xf', sources, '-C', clone])
    installLike(root, clone)
    for (const file of ['package.json', 'gateway/package.json'])
      replaceIn(join(clone, file), `"version": "${current}"`, `"version": "${earlier.version}"`)

    const platform = `${process.platform}-${process.arch}`
    const name = `recado-${earlier.version}-${platform}`
    const made = join(work, name)
    const program = ['--import', 'tsx', 'packaging/release/earlier.ts']
    writeFileSync(join(clone, 'packaging/release/earlier.ts'), stageOnly(made, earlier.version))
    execFileSync(process.execPath, program, { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] })
    execFileSync('tar', ['-xzf', archive, '-C', work, `recado-${current}-${platform}/bin`])
    cpSync(join(work, `recado-${current}-${platform}/bin`), join(made, 'bin'), { recursive: true })
    const file = `${name}.tar.gz`
    execFileSync('tar', ['-I', 'gzip -1', '-cf', join(target, file), '-C', work, name])
    const sum = execFileSync('sha256sum', [file], { cwd: target })
    writeFileSync(join(target, `${file}.sha256`), sum)
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** Its version is put in after the checks of `main.ts`, which would ask for a changelog too. */
function stageOnly(folder: string, version: string): string {
  return `import { buildStalePages } from '../../web/tool/stale-pages.js'
import { stageRelease } from './stage.js'
await buildStalePages()
await stageRelease(process.cwd(), ${JSON.stringify(folder)}, ${JSON.stringify(version)})
`
}

/** Links of this clone's packages where both want the same, else an installation. */
function installLike(root: string, clone: string): void {
  if (lock(root) === lock(clone))
    execFileSync('cp', ['--archive', '--link', join(root, 'node_modules'), clone])
  else execFileSync('npm', ['ci'], { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] })
}

const lock = (folder: string) => readFileSync(join(folder, 'package-lock.json'), 'utf8')

function replaceIn(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

function git(root: string, ...wish: readonly string[]): string {
  return execFileSync('git', wish, { cwd: root, encoding: 'utf8' }).trim()
}
