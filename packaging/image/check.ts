/**
 * `npm run check:image`: builds the Dockerfile with buildah, without an engine and without a registry
 * of images, and sends a code with what came out. The base is a Debian by debootstrap with this Node
 * and npm, in place of `node:24-bookworm-slim`. Wants root, debootstrap and buildah.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { sendCode, startSandbox } from '../release/program.js'
import { freshDebian } from '../server/machine.js'

const nodeInside = '24.22.3'
const base = 'localhost/recado-node:24'
const image = 'localhost/recado:check'

const root = resolve(import.meta.dirname, '../..')
const place = join(tmpdir(), 'recado-server')
const work = mkdtempSync(join(tmpdir(), 'recado-image-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

// No namespaces are needed, so it runs inside a container too.
process.env['BUILDAH_ISOLATION'] = 'chroot'
if (!hasImage(base)) makeBase()
buildImage()
await tryImage()

function makeBase(): void {
  const debian = freshDebian(place, ['caddy'])
  const name = `node-${process.platform}-${process.arch}`
  const wish = ['install', '--no-save', '--prefix', work, `${name}@${nodeInside}`]
  execFileSync('npm', wish, { stdio: ['ignore', 'ignore', 'inherit'] })
  const local = join(work, 'local')
  mkdirSync(local)
  for (const part of ['bin', 'include'])
    cpSync(join(work, 'node_modules', name, part), join(local, part), { recursive: true })
  const npm = resolve(dirname(realpathSync(which('npm'))), '..')
  cpSync(npm, join(local, 'lib/node_modules/npm'), { recursive: true })

  const container = buildah('from', 'scratch')
  buildah('copy', container, debian, '/')
  buildah('copy', container, local, '/usr/local')
  const npmPrograms = ['npm', 'npx'].map(
    (program) => `ln -s ../lib/node_modules/npm/bin/${program}-cli.js /usr/local/bin/${program}`,
  )
  // As the image of Node has them.
  const commands = [...npmPrograms, 'useradd --create-home --uid 1000 node']
  buildah('run', container, '--', 'sh', '-ec', commands.join('\n'))
  // Node has authorities of its own; those of this machine come with the build, below.
  buildah('config', '--env', 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt', container)
  buildah('commit', '--rm', container, base)
}

/** With what this machine needs to reach its registry: npm's settings and the authorities. */
function buildImage(): void {
  const wish = ['config', 'get', 'userconfig']
  const own = execFileSync('npm', wish, { encoding: 'utf8' }).trim()
  const settings = existsSync(own) ? readFileSync(own, 'utf8') : ''
  const npmrc = join(work, 'npmrc')
  writeFileSync(npmrc, `${settings.replaceAll(/^nodedir=.*$/gmu, '')}\nnodedir=/usr/local\n`)
  const mounts = [`${npmrc}:/root/.npmrc:ro`, '/etc/ssl/certs:/etc/ssl/certs:ro']
  const options = ['--network', 'host', '--pull-never', '--build-arg', `NODE_IMAGE=${base}`]
  const volumes = mounts.flatMap((mount) => ['--volume', mount])
  // In the other format, buildah leaves the HEALTHCHECK out.
  const format = ['--format', 'docker']
  execFileSync(
    'buildah',
    ['bud', '--layers', ...format, ...options, ...volumes, '--tag', image, '.'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
}

async function tryImage(): Promise<void> {
  const container = buildah('from', '--pull-never', image)
  try {
    const version = buildah('run', container, '--', 'recado', '--version')
    const size = buildah('run', container, '--', 'du', '-sm', '/opt/recado').split('\t', 1)[0]
    const env = { PATH: process.env['PATH'] ?? '', HOME: work, BUILDAH_ISOLATION: 'chroot' }
    const command = { file: 'buildah', arguments: ['run', container, '--', 'recado'], env }
    await using sandbox = await startSandbox({ ...command, cwd: work })
    await sendCode(sandbox.summary, '573920')
    const { port } = new URL(sandbox.summary.gateway)
    if (!isHealthy(container, port))
      throw new Error('HEALTHCHECK fails with a gateway that is ready')
    // Nothing listens there.
    if (isHealthy(container, '9')) throw new Error('HEALTHCHECK succeeds without a gateway')
    process.stdout.write(
      `Recado ${version} in an image: ${size} MB, a code is on the phone, HEALTHCHECK works\n`,
    )
  } finally {
    buildah('rm', container)
  }
}

/** Runs what the image has as its HEALTHCHECK. Throws where it has none. */
function isHealthy(container: string, port: string): boolean {
  const { Docker: inside } = JSON.parse(buildah('inspect', '--type', 'image', image)) as Inspected
  const [kind, ...command] = inside.config.Healthcheck?.Test ?? []
  if (kind !== 'CMD') throw new Error('the image has no HEALTHCHECK')
  const wish = ['run', '--env', `RECADO_PORT=${port}`, container, '--', ...command]
  return spawnSync('buildah', wish, { stdio: 'ignore' }).status === 0
}

interface Inspected {
  readonly Docker: {
    readonly config: { readonly Healthcheck?: { readonly Test: readonly string[] } }
  }
}

function hasImage(name: string): boolean {
  return buildah('images', '--quiet', '--filter', `reference=${name}`) !== ''
}

function buildah(...wish: readonly string[]): string {
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  return execFileSync('buildah', wish, { encoding: 'utf8', stdio: [...stdio] }).trim()
}

function which(program: string): string {
  return execFileSync('which', [program], { encoding: 'utf8' }).trim()
}
