/** The files of packaging name only what exists: not every machine can build them. */

import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { releaseManifest } from '../../../packaging/release/manifest.js'

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

/** What the Dockerfile takes from the tree, not from an earlier stage. */
async function copied(): Promise<readonly string[]> {
  const lines = (await read('Dockerfile')).matchAll(/^COPY (?!--from)(.+) \S+$/gmu)
  return [...lines].flatMap(([, paths = '']) => paths.split(' '))
}

test('the Dockerfile copies what exists, and .dockerignore lets it through', async () => {
  const ignore = (await read('.dockerignore')).split('\n')
  const paths = await copied()
  expect(paths.length).toBeGreaterThan(5)
  for (const path of paths) {
    await stat(join(root, path))
    expect(ignore).toContain(`!${path}`)
  }
})

test('the Dockerfile installs from every manifest that the lockfile speaks of', async () => {
  const { workspaces }: { workspaces: string[] } = JSON.parse(await read('package.json'))
  const paths = await copied()
  for (const workspace of workspaces) expect(paths).toContain(`${workspace}/package.json`)
})

test('unit and container start the program that is built, and give it time to end', async () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(await read('package.json'))
  const unit = await read('packaging/recado.service')
  const dockerfile = await read('Dockerfile')
  const program = 'gateway/dist/main.js'
  expect(scripts['start']).toContain(`${program} start`)
  expect(unit).toContain(`/opt/recado/${program} start\n`)
  const { bin }: { bin: { recado: string } } = JSON.parse(releaseManifest('1.2.3', {}))
  expect(dockerfile).toContain('--folder /recado\n')
  expect(dockerfile).toContain('COPY --from=build /recado /opt/recado\n')
  expect(dockerfile).toContain(`ENTRYPOINT ["node", "/opt/recado/${bin.recado}"]`)

  const drainMs = /drainMs = ([\d_]+)/u.exec(await read('gateway/src/main.ts'))?.[1]
  const stopSeconds = /^TimeoutStopSec=(\d+)$/mu.exec(unit)?.[1]
  expect(Number(stopSeconds) * 1_000).toBeGreaterThan(Number(drainMs?.replaceAll('_', '')))
})
