/** A gateway as an operator of 50 numbers has it, with 100,000 messages, and a pretend WhatsApp that 20 of the numbers are linked to. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVault } from '../../gateway/src/db/encryption.js'
import { openMasterKey } from '../../gateway/src/db/master-key.js'
import { openDatabase } from '../../gateway/src/db/open-database.js'
import { GatewayClient, type SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { startGatewayProcess } from '../../sandbox/src/gateway-process.js'
import { pair, placeOf, sandboxSettings, setupCodeIn } from '../../sandbox/src/sandbox.js'
import { startSimulator } from '../../simulator/src/simulator.js'
import { fillVolume, troublesAt } from './volume.js'
import { fillChats } from './volume-chats.js'
import { fillPool, fillTrail } from './volume-others.js'

const linked = 20

export interface VolumeWorld extends AsyncDisposable {
  readonly url: string
  readonly setupCode: string
  readonly pool: string
  /** Linked, with 2,000 chats. */
  readonly busy: SandboxInstance
  readonly restricted: SandboxInstance
  readonly banned: SandboxInstance
  /** With 800 messages that wait. */
  readonly unlinked: SandboxInstance
  /** Its receiver of callbacks answered 410. */
  readonly gone: SandboxInstance
}

/** @param database the URL of an empty PostgreSQL; SQLite without */
export async function openVolumeWorld(database?: string): Promise<VolumeWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-volume-'))
  const { made, pool } = await filled(join(dataDir, 'gateway'), database)
  const simulator = await startSimulator({ dataDir: join(dataDir, 'simulator') })
  const [clientToken = '', partnerToken = ''] = [16, 16].map((n) => randomBytes(n).toString('hex'))
  const gateway = await startGatewayProcess({
    nodeOptions: [],
    env: {
      ...sandboxSettings,
      ...placeOf(simulator, join(dataDir, 'gateway')),
      ...(database === undefined ? {} : { RECADO_DATABASE_URL: database }),
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    },
  })
  const client = new GatewayClient(gateway.url, clientToken, partnerToken)
  const [busy, , , restricted, banned, unlinked, gone] = made
  if (!busy || !restricted || !banned || !unlinked || !gone)
    throw new Error('a volume has more instances')
  const healthy = made.filter((_, at) => at <= troublesAt || at > troublesAt + 2).slice(0, linked)
  for (const [at, instance] of healthy.entries()) {
    const phone = await simulator.addPhone({
      phone: String(5_511_977_000_000 + at),
      name: `Loja ${at + 1}`,
    })
    await pair(client, instance, phone)
  }
  await refusedCalls(client, healthy)
  return {
    url: gateway.url,
    setupCode: setupCodeIn(gateway.output) ?? '',
    pool,
    busy,
    restricted,
    banned,
    unlinked,
    gone,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]()
      await simulator[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** 300, as programs with faults make them. */
async function refusedCalls(
  client: GatewayClient,
  instances: readonly SandboxInstance[],
): Promise<void> {
  const wrong = [
    ['POST', 'send-text', { phone: '5511999990002' }],
    ['POST', 'send-text', { phone: '5511999990002', message: 7 }],
    ['POST', 'send-button-otp', { phone: '5511999990002', message: 'Código', code: '' }],
    ['GET', 'send-text', undefined],
    ['PUT', 'update-webhook-delivery', { value: 'not a URL' }],
  ] as const
  for (let at = 0; at < 300; at += 1) {
    const [method, path, body] = wrong[at % wrong.length] ?? wrong[0]
    const instance = instances[at % instances.length]
    if (instance === undefined) continue
    // Each is refused: that is what it is for.
    await client.onInstance(instance, method, path, body).catch(() => undefined)
  }
}

async function filled(dataDir: string, url: string | undefined) {
  const now = Date.now()
  await using database = await openDatabase(url === undefined ? { dataDir } : { url })
  const { key } = await openMasterKey({ configured: undefined, dataDir })
  const vault = createVault(key)
  const made = await fillVolume(database, vault, { instances: 50, messages: 100_000, now })
  const ids = made.map(({ id }) => id)
  const [busy] = ids
  if (busy !== undefined) await fillChats({ database, vault }, busy, now)
  await fillTrail(database, ids, now)
  return { made, pool: await fillPool({ database, vault }, ids, now) }
}
