/** The world of a run: a pretend WhatsApp, people with a companion each, a receiver, and one gateway after the other. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import Sqlite from 'better-sqlite3'
import { transpile, ModuleKind, ScriptTarget } from 'typescript'
import { buildGateway } from '../gateway/test/support/build.js'
import { CallbackReceiver } from '../sandbox/src/callback-receiver.js'
import { freePort } from '../sandbox/src/free-port.js'
import { GatewayClient, type SandboxInstance } from '../sandbox/src/gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { pair, placeOf, sandboxSettings } from '../sandbox/src/sandbox.js'
import { type Companion, linkCompanion } from '../simulator/test/support/companion.js'

export interface Person {
  readonly phone: Phone
  readonly companion: Companion
}

const mortalSource = new URL('mortal-gateway.ts', import.meta.url)

export interface WorldOptions {
  readonly instances: number
  readonly people: number
}

export class World implements AsyncDisposable {
  readonly simulator: Simulator
  readonly receiver: CallbackReceiver
  readonly people: Person[] = []
  readonly instances: SandboxInstance[] = []
  readonly clientToken = `F${randomBytes(16).toString('hex')}S`
  readonly #partnerToken = randomBytes(24).toString('hex')
  readonly #directory: string
  readonly #program: string
  readonly #mortal: string
  readonly #port: number
  readonly #opened: AsyncDisposable[]

  private constructor(parts: {
    readonly simulator: Simulator
    readonly receiver: CallbackReceiver
    readonly directory: string
    readonly program: string
    readonly mortal: string
    readonly port: number
    readonly opened: AsyncDisposable[]
  }) {
    this.simulator = parts.simulator
    this.receiver = parts.receiver
    this.#directory = parts.directory
    this.#program = parts.program
    this.#mortal = parts.mortal
    this.#port = parts.port
    this.#opened = parts.opened
  }

  /** Pairs the instances and links the companions; the gateway that did it is stopped again. */
  static async open(options: WorldOptions): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'recado-torture-'))
    const built = await buildGateway()
    const simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
    const receiver = await CallbackReceiver.start()
    const world = new World({
      simulator,
      receiver,
      directory,
      program: built.program,
      mortal: await buildMortal(dirname(built.program)),
      port: await freePort(),
      opened: [
        { [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) },
        built,
        simulator,
        receiver,
      ],
    })
    await world.#populate(options)
    return world
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Rejects with the process's own words when it dies before it listens. */
  startGateway(death?: string): Promise<GatewayProcess> {
    return startGatewayProcess({
      env: {
        ...sandboxSettings,
        ...placeOf(this.simulator, join(this.#directory, 'gateway')),
        RECADO_PORT: String(this.#port),
        RECADO_CLIENT_TOKEN: this.clientToken,
        RECADO_PARTNER_TOKEN: this.#partnerToken,
        TORTURE_GATEWAY: this.#program,
        TORTURE_DEATH: death ?? '',
      },
      program: death === undefined ? this.#program : this.#mortal,
    })
  }

  /** What SQLite itself says of the file. No gateway may run. */
  databaseComplaints(): readonly string[] {
    const file = new Sqlite(join(this.#directory, 'gateway', 'recado.sqlite'))
    try {
      const answers = file.pragma('integrity_check') as { integrity_check: string }[]
      return answers.map((row) => row.integrity_check).filter((answer) => answer !== 'ok')
    } finally {
      file.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { companion } of this.people) await companion.end()
    for (const each of this.#opened.toReversed()) await each[Symbol.asyncDispose]()
  }

  async #populate({ instances, people }: WorldOptions): Promise<void> {
    await using gateway = await this.startGateway()
    const client = new GatewayClient(gateway.url, this.clientToken, this.#partnerToken)
    for (let index = 0; index < instances; index += 1) {
      const instance = await client.createInstance(`torture ${index}`)
      const phone = await this.simulator.addPhone({ phone: `55118888${pad(index)}`, name: 'Loja' })
      const value = this.receiver.url
      await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value })
      await pair(client, instance, phone)
      this.instances.push(instance)
    }
    for (let index = 0; index < people; index += 1) {
      const phone = await this.simulator.addPhone({ phone: `55119999${pad(index)}` })
      this.people.push({ phone, companion: await linkCompanion(this.simulator, phone) })
    }
  }
}

function pad(index: number): string {
  return String(index).padStart(5, '0')
}

/** Beside the program it wraps. A loader for TypeScript would make each of the many starts slower. */
async function buildMortal(directory: string): Promise<string> {
  const source = await readFile(mortalSource, 'utf8')
  const options = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 }
  const path = join(directory, 'mortal-gateway.js')
  await writeFile(path, transpile(source, options))
  return path
}
