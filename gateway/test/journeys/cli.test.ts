/** The command line as an operator uses it: the built program from nothing, then instances and pairing. */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { toString as drawQr } from 'qrcode'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { clientToken, Journey, partnerToken } from '../support/journey.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A program that runs, and what it has said so far. */
class Program {
  readonly stdout: string[] = []
  readonly stderr: string[] = []
  readonly ended: Promise<number | null>
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly #waiting = new Set<() => void>()

  constructor(
    command: string,
    args: readonly string[],
    settings: Readonly<Record<string, string>>,
  ) {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('RECADO_'))
    this.#child = spawn(command, args, {
      cwd: root,
      env: { ...Object.fromEntries(inherited), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const name of ['stdout', 'stderr'] as const) {
      createInterface({ input: this.#child[name] }).on('line', (line) => {
        this[name].push(line)
        for (const look of this.#waiting) look()
      })
    }
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
    onTestFinished(async () => {
      this.#child.kill('SIGTERM')
      await this.ended
    })
  }

  /** The first match in what it says on either stream. Throws if it ends without. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const found = () => pattern.exec([...this.stdout, ...this.stderr].join('\n'))
    const said = new Promise<void>((resolve) => {
      const look = (): void => {
        if (found() !== null) resolve()
      }
      this.#waiting.add(look)
      look()
    })
    await Promise.race([said, this.ended])
    const match = found()
    if (match !== null) return match
    throw new Error(
      `It never said ${pattern.source}:\n${[...this.stdout, ...this.stderr].join('\n')}`,
    )
  }

  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM')
    return this.ended
  }
}

describe('npm start, from a clone and with no setting but where', () => {
  test('builds, shows what is shown once, and keeps it over a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'recado-start-'))
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    const dataDir = join(directory, 'data')
    const where = { RECADO_DATA_DIR: dataDir, RECADO_PORT: '0' }

    const first = new Program('npm', ['start'], where)
    const address = await addressOf(first)
    const [, client = ''] = await first.says(/RECADO_CLIENT_TOKEN=(F[0-9a-f]{32}S)$/mu)
    const [, partner = ''] = await first.says(/RECADO_PARTNER_TOKEN=([0-9a-f]{64})$/mu)
    await first.says(/BACK UP THIS FILE: .*master\.key$/mu)
    expect((await stat(join(dataDir, 'master.key'))).mode & 0o777).toBe(0o600)
    expect(first.stderr.join('\n')).not.toContain(client)
    expect(first.stderr.join('\n')).not.toContain(partner)
    expect((await listInstances(address, partner)).status).toBe(200)
    expect(await first.stop()).toBe(0)

    const built = ['gateway/dist/main.js', 'start']
    const second = new Program(process.execPath, built, where)
    const again = await addressOf(second)
    expect((await listInstances(again, partner)).status).toBe(200)
    expect((await listInstances(again, client)).status).toBe(401)

    const trial = [built[0] ?? '', 'alerts', 'test', '--url', again]
    const alerts = new Program(process.execPath, trial, where)
    expect(await alerts.ended).toBe(1)
    expect(alerts.stderr).toEqual([
      'No channel is set. Open Alerts in the console, fill one in, save it.',
    ])
    await tryKeys({ again, client, partner, where })
    // The set-up code of the console is another one at each start, until it is used.
    expect(second.stdout.join('\n')).not.toContain('export RECADO_')

    const beside = new Program(process.execPath, built, where)
    expect(await beside.ended).toBe(1)
    expect(beside.stderr.join('\n')).toContain('another process uses')
    expect(await second.stop()).toBe(0)

    const otherKey = { ...where, RECADO_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }
    const third = new Program(process.execPath, built, otherKey)
    expect(await third.ended).toBe(1)
    expect(third.stderr.join('\n')).toMatch(
      /another master key: put back the one .*RECADO_MASTER_KEY/u,
    )
    expect(third.stderr.join('\n')).not.toContain(otherKey.RECADO_MASTER_KEY)

    await rename(join(dataDir, 'master.key'), join(directory, 'lost.key'))
    const fourth = new Program(process.execPath, built, where)
    expect(await fourth.ended).toBe(1)
    expect(fourth.stderr.join('\n')).toMatch(/master key .* is missing: put it back/u)
    expect(await readdir(dataDir)).not.toContain('master.key')
  })
})

interface Running {
  readonly again: string
  readonly client: string
  readonly partner: string
  readonly where: Readonly<Record<string, string>>
}

/** A key that a command makes opens an instance until a command revokes it. */
async function tryKeys({ again, client, partner, where }: Running): Promise<void> {
  const recado = async (...args: string[]): Promise<string> => {
    const command = ['gateway/dist/main.js', ...args, '--url', again]
    const program = new Program(process.execPath, command, where)
    expect(await program.ended).toBe(0)
    return program.stdout.join('\n')
  }
  expect(await recado('people', 'list')).toContain('no people yet')
  expect(await recado('people', 'invite', 'viewer', '--for', 'Bia')).toMatch(
    /\/console\/invitation#\S{43}\nGood until /u,
  )
  const answer = await fetch(`${again}/instances/integrator/on-demand`, {
    method: 'POST',
    headers: { authorization: `Bearer ${partner}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Loja' }),
  })
  const { id } = (await answer.json()) as { id: string }
  const made = await recado('key', 'create', '--name', 'CRM', '--scopes', 'read')
  const [, key = '', keyId = ''] = /^Key {2}(\S+)\nId {3}(\S+)$/u.exec(made) ?? []
  const opens = async (): Promise<number> => {
    const place = `${again}/instances/${id}/token/${key}/status`
    return (await fetch(place, { headers: { 'client-token': client } })).status
  }
  expect(await opens()).toBe(200)
  const listed = await recado('key', 'list')
  expect(listed).toContain(`${keyId}  read  every instance  does not expire  used `)
  expect(listed).not.toContain(key)
  await recado('key', 'revoke', keyId)
  expect(await opens()).toBe(403)
  expect(await recado('key', 'list')).toBe('There is no API key.')
}

async function addressOf(program: Program): Promise<string> {
  const [, address = ''] = await program.says(/"gateway-listening","address":"([^"]+)"/u)
  return address
}

function listInstances(address: string, partner: string): Promise<Response> {
  return fetch(`${address}/instances`, { headers: { authorization: `Bearer ${partner}` } })
}

describe('recado', () => {
  let journey: Journey

  beforeAll(async () => {
    journey = await Journey.start()
  })

  afterAll(async () => {
    await journey[Symbol.asyncDispose]()
  })

  function recado(...args: string[]): Program {
    return new Program(process.execPath, [inject('gatewayProgram'), ...args], {
      RECADO_PORT: new URL(journey.gateway.url).port,
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    })
  }

  async function created(name: string): Promise<{ id: string; token: string }> {
    const program = recado('instance', 'create', '--name', name, '--json')
    expect(await program.ended).toBe(0)
    return JSON.parse(program.stdout.join('\n')) as { id: string; token: string }
  }

  test('makes an instance, and pairs it with the phone that scans the QR on the screen', async () => {
    const instance = await created('Padaria')
    const program = recado('pair', instance.id)
    await program.says(/[▀▄█]{10}/u)
    const { value } = (await journey.client.onInstance(instance, 'GET', 'qr-code')) as {
      value: string
    }
    const drawing = await drawQr(value, { type: 'terminal', small: true })
    expect(program.stdout.join('\n')).toContain(drawing.trimEnd())

    const phone = await journey.newPhone()
    await phone.scan(value)
    expect(await program.ended).toBe(0)
    expect(program.stdout.at(-1)).toBe('Connected.')

    const list = recado('instance', 'list')
    expect(await list.ended).toBe(0)
    expect(list.stdout).toEqual([`${instance.id}  connected      Padaria`])
  })

  test('pairs with the phone that is given the code on the screen', async () => {
    const instance = await created('Farmácia')
    const phone = await journey.newPhone()
    const program = recado('pair', instance.id, '--code', phone.phone)
    const [, code = ''] = await program.says(/The code is (\w{8})$/mu)
    await phone.enter(code)
    expect(await program.ended).toBe(0)
    expect(await journey.client.isConnected(instance)).toBe(true)
  })

  test('says on standard error what is wrong and what helps, and ends with 1', async () => {
    const program = recado('pair', 'UNKNOWN')
    expect(await program.ended).toBe(1)
    expect(program.stderr).toEqual([
      'There is no instance UNKNOWN. "recado instance list" shows them all.',
    ])
  })

  test('tells the rest by --help, without any configuration', async () => {
    const program = recado('--help')
    expect(await program.ended).toBe(0)
    expect(program.stdout.join('\n')).toMatch(/start.*instance.*pair.*RECADO_DATA_DIR/su)
  })
})
