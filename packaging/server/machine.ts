/**
 * A Debian of its own with systemd as process 1, in a container of systemd-nspawn. It shares the
 * network of the caller, who gives it one with nothing but loopback.
 */

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const suite = 'bookworm'

/** What every server of a hoster has beyond the smallest Debian. */
const present = ['systemd', 'systemd-sysv', 'dbus', 'ca-certificates']

/** A login of root. */
const environment = [
  'HOME=/root',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LANG=C.UTF-8',
]

/**
 * Makes a fresh Debian below `place`, once, and returns its folder. The packages named in `later` lie
 * in its cache, not installed: the server has no network when it installs them.
 */
export function freshDebian(place: string, later: readonly string[]): string {
  const folder = join(place, `${suite}-fresh`)
  if (existsSync(folder)) return folder
  mkdirSync(place, { recursive: true })
  const unfinished = `${folder}-unfinished`
  removeTree(unfinished)
  const wish = ['--variant=minbase', `--include=${present.join(',')}`, suite, unfinished]
  execFileSync('debootstrap', wish, { stdio: ['ignore', 'ignore', 'inherit'] })
  const inside = (...command: readonly string[]) =>
    execFileSync('chroot', [unfinished, ...command], { stdio: ['ignore', 'ignore', 'inherit'] })
  inside('apt-get', 'clean')
  inside('apt-get', 'update')
  inside('apt-get', 'install', '--yes', '--download-only', ...later)
  // debootstrap leaves it mounted where it ran without a mount namespace of its own.
  spawnSync('umount', [join(unfinished, 'proc')])
  renameSync(unfinished, folder)
  return folder
}

export interface Machine {
  /** Its file system, as seen from outside. */
  readonly folder: string
  /** Runs the commands in a shell of root, in `/root`, and resolves with what they print. Rejects with it where one fails. */
  run(commands: string): Promise<string>
  boot(): Promise<void>
  /** Runs the commands, which shut it down, and starts it again. */
  restart(commands: string): Promise<void>
  powerOff(): Promise<void>
}

/** @param folder is made as a copy of `fresh`, and was removed before */
export function createMachine(fresh: string, folder: string): Machine {
  removeTree(folder)
  // Never into what is mounted there: /proc is larger than any disk.
  execFileSync('cp', ['--archive', '--one-file-system', fresh, folder])
  let running: { readonly leader: string; readonly ended: Promise<unknown> } | undefined

  const boot = async (): Promise<void> => {
    const options = ['--quiet', '--register=no', '--keep-unit', '--boot', '--directory', folder]
    const child = spawn('systemd-nspawn', options, { stdio: 'ignore' })
    const ended = once(child, 'exit')
    while (running === undefined) {
      if (child.exitCode !== null) throw new Error(`systemd-nspawn ended with ${child.exitCode}`)
      const children = `/proc/${child.pid}/task/${child.pid}/children`
      const leader = readFileSync(children, 'utf8').trim().split(' ').at(-1) ?? ''
      if (leader !== '' && hasBooted(leader)) running = { leader, ended }
      else await delay(100)
    }
  }
  const run = async (commands: string): Promise<string> => {
    if (running === undefined) throw new Error('the machine is off')
    writeFileSync(join(folder, 'root/step.sh'), `cd /root\n${commands}`)
    const shell = ['env', '-i', ...environment, 'bash', '-e', '/root/step.sh']
    const inside = ['--all', '--target', running.leader, ...shell]
    const child = spawn('nsenter', inside, { stdio: ['ignore', 'pipe', 'pipe'] })
    const printed: string[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => printed.push(String(chunk)))
    await once(child, 'close')
    if (child.exitCode === 0) return printed.join('')
    throw new Error(`ended with ${child.exitCode}:\n${commands}\n${printed.join('')}`)
  }
  const shutDown = async (commands: string): Promise<void> => {
    const ended = running?.ended
    await run(commands)
    await ended
    running = undefined
  }
  return {
    folder,
    run,
    boot,
    restart: async (commands) => {
      await shutDown(commands)
      await boot()
    },
    powerOff: async () => {
      if (running !== undefined) await shutDown('systemctl poweroff')
    },
  }
}

/** Degraded too: what failed is asked for later. */
function hasBooted(leader: string): boolean {
  const ask = ['--all', '--target', leader, 'systemctl', 'is-system-running']
  const { stdout } = spawnSync('nsenter', ask, { encoding: 'utf8' })
  return /^(?:running|degraded)\b/u.test(stdout)
}

function removeTree(folder: string): void {
  spawnSync('umount', [join(folder, 'proc')], { stdio: 'ignore' })
  if (existsSync(folder)) rmSync(folder, { recursive: true })
}
