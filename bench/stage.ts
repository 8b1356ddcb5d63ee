/** A pretend WhatsApp at a distance, with a built gateway and bare Baileys linked to a phone each. */

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Simulator, startSimulator } from '@recado/simulator'
import { ModuleKind, ScriptTarget, transpile } from 'typescript'
import { buildGateway } from '../gateway/test/support/build.js'
import { GatewayClient, type SandboxInstance } from '../sandbox/src/gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { pair, placeOf, sandboxSettings } from '../sandbox/src/sandbox.js'
import { BareClient } from './bare-process.js'
import { type Burst, type GatewayCall, gatewayCall } from './burst.js'
import { DelayProxy } from './delay-proxy.js'

/** The number that the gateway sends from. */
export const gatewayPhone = '5511988880001'
/** The one of bare Baileys. */
export const barePhone = '5511988880002'

export class Stage implements AsyncDisposable {
  readonly simulator: Simulator
  readonly proxy: DelayProxy
  readonly gateway: GatewayProcess
  readonly client: GatewayClient
  readonly clientToken: string
  readonly instance: SandboxInstance
  readonly bare: BareClient
  readonly #opened: AsyncDisposable[]
  readonly #agent = new Agent({ keepAlive: true })

  private constructor(parts: {
    readonly simulator: Simulator
    readonly proxy: DelayProxy
    readonly gateway: GatewayProcess
    readonly client: GatewayClient
    readonly clientToken: string
    readonly instance: SandboxInstance
    readonly bare: BareClient
    readonly opened: AsyncDisposable[]
  }) {
    this.simulator = parts.simulator
    this.proxy = parts.proxy
    this.gateway = parts.gateway
    this.client = parts.client
    this.clientToken = parts.clientToken
    this.instance = parts.instance
    this.bare = parts.bare
    this.#opened = parts.opened
  }

  /**
   * @param profile where to write a profile of the gateway while it sends, if anywhere
   * @param settings of the gateway, before those of the stage
   */
  static async open(profile = '', settings: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'))
    const opened: AsyncDisposable[] = [
      { [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) },
    ]
    const built = await buildGateway()
    opened.push(built)
    const simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
    opened.push(simulator)
    const proxy = await DelayProxy.to(Number(new URL(simulator.url).port))
    opened.push(proxy)
    const url = new URL(simulator.url)
    url.port = String(proxy.port)

    const clientToken = randomBytes(16).toString('hex')
    const partnerToken = randomBytes(16).toString('hex')
    const gateway = await startGatewayProcess({
      program: profile === '' ? built.program : await withProfiler(built.program),
      env: {
        ...settings,
        BENCH_GATEWAY: built.inFiles,
        BENCH_PROFILE: profile,
        ...sandboxSettings,
        ...placeOf(simulator, join(directory, 'gateway')),
        RECADO_WHATSAPP_URL: url.href,
        RECADO_PORT: '0',
        RECADO_CLIENT_TOKEN: clientToken,
        RECADO_PARTNER_TOKEN: partnerToken,
      },
    })
    opened.push(gateway)
    const client = new GatewayClient(gateway.url, clientToken, partnerToken)
    const instance = await client.createInstance('bench')
    await pair(client, instance, await simulator.addPhone({ phone: gatewayPhone, name: 'Loja' }))
    const ownPhone = await simulator.addPhone({ phone: barePhone, name: 'Loja' })
    const caFile = simulator.caCertificatePath ?? ''
    const network = { url: url.href, rootKey: simulator.rootKey, caFile }
    const bare = await BareClient.linkedTo(ownPhone, network)
    opened.push(bare)
    return new Stage({ simulator, proxy, gateway, client, clientToken, instance, bare, opened })
  }

  /** Through the whole path: resolves when the last of these messages has reached WhatsApp. */
  async sendThroughGateway(burst: Burst): Promise<void> {
    const arrived = this.#arrivals(gatewayPhone, burst.chats.length)
    const left = burst.chats.entries()
    const post = async (): Promise<void> => {
      for (const [index, chat] of left) await this.#post(await gatewayCall(burst, chat, index))
    }
    await Promise.all(Array.from({ length: callersAtOnce }, post))
    await arrived
  }

  /** The same for bare Baileys. */
  async sendThroughBare(burst: Burst): Promise<void> {
    const arrived = this.#arrivals(barePhone, burst.chats.length)
    await Promise.all([arrived, this.bare.send(burst)])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy()
    for (const each of this.#opened.toReversed()) await each[Symbol.asyncDispose]()
  }

  /** By hand: `fetch` takes half a millisecond of the caller's time more, and a core that others need. */
  async #post({ action, body }: GatewayCall): Promise<void> {
    const { id, token } = this.instance
    const path = `/instances/${id}/token/${token}/${action}`
    const sent = request(new URL(path, this.gateway.url), {
      agent: this.#agent,
      method: 'POST',
      headers: { 'client-token': this.clientToken, 'content-type': 'application/json' },
    })
    sent.end(JSON.stringify(body))
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    const text = (await answer.toArray()).join('')
    if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}: ${text}`)
  }

  #arrivals(sender: string, count: number): Promise<void> {
    const { network } = this.simulator
    const ids = new Set<string>()
    if (count === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const hear = ({
        stanza,
        from,
      }: {
        stanza: { attrs: { id?: string } }
        from: Sender
      }): void => {
        if (from.account.phone !== sender) return
        ids.add(stanza.attrs.id ?? '')
        if (ids.size < count) return
        network.off('stanza', hear)
        resolve()
      }
      network.on('stanza', hear)
    })
  }
}

/** Beside the program it wraps. */
async function withProfiler(program: string): Promise<string> {
  const source = await readFile(new URL('profiled-gateway.ts', import.meta.url), 'utf8')
  const options = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 }
  const path = join(dirname(program), 'profiled-gateway.js')
  await writeFile(path, transpile(source, options))
  return path
}

interface Sender {
  readonly account: { readonly phone: string }
}

const callersAtOnce = 8
