/** Archives that are the same bytes for the same sources. GNU tar makes them. */

import { execFileSync } from 'node:child_process'
import { dirname, basename } from 'node:path'

/** @param folder becomes the one folder in the archive, under its own name */
export function packFolder(folder: string, file: string, seconds: number): void {
  const order = ['--sort=name', `--mtime=@${seconds}`, '--owner=0', '--group=0', '--numeric-owner']
  const modes = ['--mode=go=rX,u+rw']
  execFileSync(
    'tar',
    [
      ...order,
      ...modes,
      '--use-compress-program=gzip -9n',
      '-cf',
      file,
      '-C',
      dirname(folder),
      basename(folder),
    ],
    { stdio: 'inherit' },
  )
}

/** When the sources were committed, in seconds since 1970. */
export function commitSeconds(root: string): number {
  const options = { cwd: root, encoding: 'utf8' } as const
  return Number(execFileSync('git', ['log', '-1', '--format=%ct'], options))
}
