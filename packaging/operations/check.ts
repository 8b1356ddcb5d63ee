/**
 * `npm run check:operations`: each file for servers by its own checker. A checker that is absent is
 * told, and fails the command. Compose is the real one of version 2: on the PATH, or on Debian, as
 * root, that of Debian 13 in a folder of its own, which needs no engine. Proxies are checked in the
 * suite, with real traffic (`packaging/proxy/proxy.test.ts`).
 */

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { dashboardRules } from './dashboard.js'

/** `systemd-analyze security` gives 0 (shut off) to 10. */
const mostExposed = 1.5

const packaging = resolve(import.meta.dirname, '..')
const rules = join(packaging, 'prometheus')

systemd('recado.service')
systemd('recado-backup.service')
report('promtool check rules', run('promtool', ['check', 'rules', join(rules, 'alerts.yml')]))
report('promtool test rules', run('promtool', ['test', 'rules', join(rules, 'alerts.test.yml')]))
report('promtool check rules, of the dashboard', await dashboard())
for (const profile of [[], ['--profile', 'postgres']]) compose('compose.yaml', profile)
compose('compose.nodes.yaml')

async function dashboard(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'recado-dashboard-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'rules.json')
  writeFileSync(file, await dashboardRules())
  return run('promtool', ['check', 'rules', file])
}

function systemd(unit: string): void {
  const threshold = `--threshold=${mostExposed * 10}`
  const file = join(packaging, unit)
  const outcome = run('systemd-analyze', ['security', '--offline=true', threshold, file])
  report(`systemd-analyze security ${unit}, at most ${mostExposed}`, outcome)
}

function compose(file: string, profile: readonly string[] = []): void {
  const wish = ['-f', file, ...profile, 'config', '--quiet']
  const name = ['docker compose -f', file, ...profile, 'config'].join(' ')
  const env = { RECADO_DOMAIN: 'recado.example.com', POSTGRES_PASSWORD: 'x' }
  if (isVersion2(run('docker-compose', ['version', '--short'])))
    return report(name, run('docker-compose', wish, withSettings(packaging), env))
  if (run('docker', ['compose', 'version']).isFine)
    return report(name, run('docker', ['compose', ...wish], withSettings(packaging), env))
  const root = debianWithCompose()
  if (root === undefined) return report(name, { isFine: false, text: 'absent: docker compose 2' })
  const place = join(root, 'recado')
  mkdirSync(place, { recursive: true })
  copyFileSync(join(packaging, file), join(place, file))
  withSettings(place)
  const inside = ['env', '-C', '/recado', 'docker-compose', ...wish]
  report(name, run('chroot', [root, ...inside], packaging, env))
}

interface Outcome {
  readonly isFine: boolean
  readonly text: string
}

function isVersion2({ isFine, text }: Outcome): boolean {
  return isFine && /^v?[2-9]\./u.test(text)
}

/** They read a file that the operator makes of the example. */
function withSettings(folder: string): string {
  const settings = join(folder, 'recado.env')
  if (!existsSync(settings)) {
    writeFileSync(settings, '')
    process.on('exit', () => rmSync(settings, { force: true }))
  }
  return folder
}

function debianWithCompose(): string | undefined {
  const root = join(tmpdir(), 'recado-compose-trixie')
  const program = join(root, 'usr/bin/docker-compose')
  if (existsSync(program)) return root
  const wish = ['--variant=minbase', '--include=docker-compose', 'trixie', root]
  run('debootstrap', wish)
  return existsSync(program) ? root : undefined
}

function run(
  file: string,
  programArguments: readonly string[],
  cwd = packaging,
  more: Readonly<Record<string, string>> = {},
): Outcome {
  const env = { ...process.env, ...more }
  const { status, error, stdout, stderr } = spawnSync(file, programArguments, {
    cwd,
    env,
    encoding: 'utf8',
  })
  if (error !== undefined) return { isFine: false, text: `absent: ${file}` }
  return { isFine: status === 0, text: `${stdout}${stderr}` }
}

function report(name: string, { isFine, text }: Outcome): void {
  process.stdout.write(`${isFine ? 'ok    ' : 'FAILED'} ${name}\n`)
  if (isFine) return
  process.stdout.write(`${text}\n`)
  process.exitCode = 1
}
