/**
 * `npm run check:server`: follows `docs/vps.md`, block by block as it stands there, on a fresh Debian
 * with systemd: installed, linked to a pretend WhatsApp, restarted, upgraded from the version before,
 * taken back. Codes are sent by TLS through the proxy meanwhile, and each that was accepted has to be on
 * the phone. `--before COMMIT` names the version before. Wants root, debootstrap, systemd-container, and
 * the archive of `npm run release`.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readVersions } from '../release/versions.js'
import { earlierVersion, packEarlier } from './earlier.js'
import { createMachine, freshDebian } from './machine.js'
import { readSteps } from './page.js'
import { walk } from './visit.js'

const root = resolve(import.meta.dirname, '../..')
const place = join(tmpdir(), 'recado-server')
const { version } = readVersions(root)
const archive = `recado-${version}-${process.platform}-${process.arch}.tar.gz`
const { values: wanted } = parseArgs({
  options: { before: { type: 'string' }, 'in-own-network': { type: 'boolean' } },
})
const earlier = earlierVersion(root, version, wanted.before)

if (wanted['in-own-network'] === true) await inOwnNetwork()
else prepare()

/** With the network of this machine. */
function prepare(): void {
  for (const program of ['debootstrap', 'systemd-nspawn'])
    if (spawnSync('which', [program]).status !== 0)
      throw new Error(`This wants ${program}: apt-get install debootstrap systemd-container`)
  const made = join(root, 'dist', archive)
  if (!existsSync(made)) throw new Error(`${made} is missing: npm run release`)
  say('making a fresh Debian')
  freshDebian(place, ['caddy'])
  say(`packing ${earlier.version} from ${earlier.commit.slice(0, 12)}`)
  const packed = join(place, 'archives', earlier.commit)
  if (!existsSync(packed)) {
    mkdirSync(packed, { recursive: true })
    packEarlier(root, earlier, version, made, packed)
  }
  const again = [...process.execArgv, ...process.argv.slice(1), '--in-own-network']
  const inside = ['sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, ...again]
  // The ports of the page are free there, whatever runs here, and nothing can be downloaded.
  execFileSync('unshare', ['--net', ...inside], { stdio: 'inherit', cwd: root })
}

async function inOwnNetwork(): Promise<void> {
  const fresh = freshDebian(place, ['caddy'])
  const machine = createMachine(fresh, join(place, 'machine'))
  const server = { name: 'recado.localhost', before: earlier.version, after: version }
  const packed = join(place, 'archives', earlier.commit)
  const archiveBefore = archive.replace(version, earlier.version)
  for (const [folder, name] of [
    [packed, archiveBefore],
    [join(root, 'dist'), archive],
  ] as const)
    for (const file of [name, `${name}.sha256`])
      copyFileSync(join(folder, file), join(machine.folder, 'root', file))
  await machine.boot()
  say('a fresh Debian has booted')
  try {
    await walk({ machine, server, steps: await readSteps(root), say })
  } catch (cause) {
    say(await machine.run("journalctl --output=cat --lines=40 --unit='recado*' --unit=caddy"))
    throw cause
  } finally {
    await machine.powerOff()
  }
  say('the page holds on a fresh Debian')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
