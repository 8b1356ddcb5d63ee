/** A gateway and a pretend WhatsApp with one person to write to. Nothing is paired: that is what the tests do. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GatewayClient } from '../../sandbox/src/gateway-client.js'
import { startGatewayProcess } from '../../sandbox/src/gateway-process.js'
import { placeOf, sandboxSettings, setupCodeIn } from '../../sandbox/src/sandbox.js'
import type { Phone } from '../../simulator/src/phone.js'
import { type Simulator, startSimulator } from '../../simulator/src/simulator.js'

export interface ConsoleWorld extends AsyncDisposable {
  readonly simulator: Simulator
  /** The gateway's address. */
  readonly url: string
  /** The gateway's. */
  readonly pid: number
  readonly client: GatewayClient
  readonly recipient: Phone
  readonly setupCode: string
}

/**
 * @param whatsappUrl where the gateway finds WhatsApp, if not at the simulator itself
 * @param nodeOptions for the Node that runs the gateway
 */
export async function openConsoleWorld(
  whatsappUrl: (simulator: Simulator) => Promise<string> = async ({ url }) => url,
  nodeOptions: readonly string[] = [],
): Promise<ConsoleWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-web-'))
  const simulator = await startSimulator({ dataDir: join(dataDir, 'simulator') })
  const [clientToken, partnerToken] = [randomBytes(16), randomBytes(16)].map(hexOf)
  const gateway = await startGatewayProcess({
    nodeOptions,
    env: {
      ...sandboxSettings,
      ...placeOf(simulator, join(dataDir, 'gateway')),
      RECADO_WHATSAPP_URL: await whatsappUrl(simulator),
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: clientToken ?? '',
      RECADO_PARTNER_TOKEN: partnerToken ?? '',
    },
  })
  return {
    simulator,
    url: gateway.url,
    pid: gateway.pid,
    client: new GatewayClient(gateway.url, clientToken ?? '', partnerToken ?? ''),
    recipient: await simulator.addPhone({ phone: '5511999990002', name: 'Maria' }),
    setupCode: setupCodeIn(gateway.output) ?? '',
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await simulator[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function hexOf(bytes: Buffer): string {
  return bytes.toString('hex')
}
