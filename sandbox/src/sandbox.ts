/**
 * A gateway and a pretend WhatsApp side by side, with one number paired and one
 * person to write to: what `npm run sandbox` and `npm run demo` stand on.
 */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import { refuseTakenPort } from './free-port.js'
import { GatewayClient, type SandboxInstance } from './gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from './gateway-process.js'

export interface SandboxOptions {
  /** The gateway's port; 0 takes any free one. */
  readonly port: number
  /** The port of the simulator's control API; 0 takes any free one. */
  readonly simulatorPort: number
  /** Where the gateway keeps its data. Without it: a temporary directory, removed at the end. */
  readonly dataDir?: string | undefined
  /** Further `RECADO_*` settings. Ports, tokens, data and WhatsApp's address stay the sandbox's. */
  readonly settings: Readonly<Record<string, string>>
}

export interface Sandbox extends AsyncDisposable {
  readonly simulator: Simulator
  readonly gateway: GatewayProcess
  readonly client: GatewayClient
  readonly clientToken: string
  readonly partnerToken: string
  readonly instance: SandboxInstance
  /** The phone that the instance is linked to. */
  readonly sender: Phone
  readonly recipient: Phone
  /** Makes the console's administrator; undefined where there is one already. */
  readonly setupCode: string | undefined
}

const senderPhone = '5511988880001'
const recipientPhone = '5511999990002'
const instanceName = 'sandbox'
const pairingTimeoutMs = 60_000

/** Starts both programs and pairs the instance. Throws when a port is taken. On failure nothing is left running. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const started: AsyncDisposable[] = []
  try {
    return await start(options, started)
  } catch (cause) {
    await closeInReverse(started)
    throw cause
  }
}

async function start(options: SandboxOptions, started: AsyncDisposable[]): Promise<Sandbox> {
  await refuseTakenPort(options.port, '--port')
  await refuseTakenPort(options.simulatorPort, '--simulator-port')
  const dataDir = options.dataDir ?? (await temporaryDirectory(started))

  const simulator = await startSimulator({
    controlPort: options.simulatorPort,
    dataDir: join(dataDir, 'simulator'),
  })
  started.push(simulator)
  const sender = await simulator.addPhone({ phone: senderPhone, name: 'Loja Exemplo' })
  const recipient = await simulator.addPhone({ phone: recipientPhone, name: 'Maria' })

  const clientToken = randomBytes(16).toString('hex')
  const partnerToken = randomBytes(16).toString('hex')
  const gateway = await startGatewayProcess({
    env: {
      ...options.settings,
      ...placeOf(simulator, join(dataDir, 'gateway')),
      RECADO_PORT: String(options.port),
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    },
  })
  started.push(gateway)

  const client = new GatewayClient(gateway.url, clientToken, partnerToken)
  const instance =
    (await client.findInstance(instanceName)) ?? (await client.createInstance(instanceName))
  await pair(client, instance, sender)

  return {
    simulator,
    gateway,
    client,
    clientToken,
    partnerToken,
    instance,
    sender,
    recipient,
    setupCode: setupCodeIn(gateway.output),
    [Symbol.asyncDispose]: () => closeInReverse(started),
  }
}

/** Makes the first administrator. The gateway prints it alone on its line. */
export function setupCodeIn(output: readonly string[]): string | undefined {
  return output
    .map((line) => line.trim())
    .find((line) => /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/u.test(line))
}

async function closeInReverse(started: AsyncDisposable[]): Promise<void> {
  for (let last = started.pop(); last !== undefined; last = started.pop()) {
    await last[Symbol.asyncDispose]()
  }
}

/** What suits a laptop: URLs of this machine are allowed, nothing waits for pacing, and codes are not limited. */
export const sandboxSettings: Readonly<Record<string, string>> = {
  RECADO_ALLOWED_NETWORKS: '127.0.0.0/8,::1/128',
  RECADO_ALLOW_HTTP_CALLBACKS: 'true',
  RECADO_PACING_MIN_MS: '0',
  RECADO_PACING_MAX_MS: '0',
  RECADO_CODES_PER_10_MINUTES: '0',
  RECADO_CODES_PER_DAY: '0',
  RECADO_REQUESTS_PER_MINUTE: '0',
  RECADO_REFUSALS_PER_MINUTE: '0',
}

/** Where a gateway keeps its data and which WhatsApp it talks to. */
export function placeOf(simulator: Simulator, dataDir: string): Record<string, string> {
  return {
    RECADO_DATA_DIR: dataDir,
    RECADO_WHATSAPP_URL: simulator.url,
    RECADO_WHATSAPP_ROOT_KEY: simulator.rootKey,
    // The simulator's media host has a certificate of its own authority.
    NODE_EXTRA_CA_CERTS: simulator.caCertificatePath ?? '',
  }
}

async function temporaryDirectory(started: AsyncDisposable[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'recado-sandbox-'))
  started.push({ [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) })
  return directory
}

/**
 * Shows the instance's QR to the phone and waits until WhatsApp lets it in.
 *
 * A simulator forgets its phones when it ends, so the credentials of an earlier
 * run are refused first; only then the gateway forgets them and shows a QR.
 */
export async function pair(
  client: GatewayClient,
  instance: SandboxInstance,
  phone: { scan(qr: string): Promise<unknown> },
): Promise<void> {
  const deadline = Date.now() + pairingTimeoutMs
  let isScanned = false
  while (!(await client.isConnected(instance))) {
    if (Date.now() > deadline) throw new Error('The instance could not be paired.')
    const qr = isScanned ? undefined : await client.qrText(instance)
    if (qr === undefined) await delay(50)
    else {
      await phone.scan(qr)
      isScanned = true
    }
  }
}
