/** Alerts on a real database and a real receiver, with a standing that the test writes. */

import { AlertCourier } from '../../src/alerts/alert-courier.js'
import { AlertWatch, type AwayMark } from '../../src/alerts/alert-watch.js'
import { type AlertSettings, defaultAlertSettings } from '../../src/alerts/alert-settings.js'
import { writeAlertSettings } from '../../src/alerts/alert-store.js'
import { Alerts, newAlertSecret } from '../../src/alerts/alerts.js'
import type { ChannelPorts } from '../../src/alerts/channels/channel.js'
import { channelsOf } from '../../src/alerts/channels/channels.js'
import type { NumberStanding } from '../../src/alerts/faults.js'
import type { Database } from '../../src/db/database.js'
import { createVault, type Vault } from '../../src/db/encryption.js'
import { createAddressRule } from '../../src/runtime/address-rule.js'
import type { Clock } from '../../src/runtime/clock.js'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch.js'
import { createHostResolver } from '../../src/runtime/host-resolver.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { signatureHeaders } from '../../src/webhooks/signature.js'

const loopback = ['127.0.0.0/8']

export function channelPorts(clock: Pick<Clock, 'now'>, allowedNetworks = loopback): ChannelPorts {
  return {
    fetch: createGuardedFetch({ allowedNetworks }),
    resolve: createHostResolver(createAddressRule(allowedNetworks)),
    sign: signatureHeaders,
    now: () => clock.now(),
    version: '1.2.3',
  }
}

export function memoryMark(): AwayMark {
  let held: number | undefined
  return {
    read: async () => held,
    write: async (since) => void (held = since),
    remove: async () => void (held = undefined),
  }
}

export interface AlertStage extends AsyncDisposable {
  readonly alerts: Alerts
  /** What is looked at. */
  numbers: readonly NumberStanding[]
  isDatabaseThere: boolean
}

export interface AlertStageOptions {
  readonly database: Database
  readonly clock: Clock
  readonly mark?: AwayMark
  readonly vault?: Vault
}

const vaultOfAll = createVault(new Uint8Array(32))

/** Starts a watch and a courier, as one process has them. */
export function startAlerts({
  database,
  clock,
  mark = memoryMark(),
  vault = vaultOfAll,
}: AlertStageOptions): AlertStage {
  const ports = channelPorts(clock)
  const channels = (settings: AlertSettings) => channelsOf(settings, ports)
  const base = { database, vault, clock, log: silentLog }
  const alerts = new Alerts({ ...base, channelsOf: channels, changed() {} })
  const courier = new AlertCourier({
    ...base,
    channels: async () => channels(await alerts.settings()),
  })
  const stage: AlertStage = {
    alerts,
    numbers: [],
    isDatabaseThere: true,
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await courier[Symbol.asyncDispose]()
    },
  }
  const watch = new AlertWatch({
    ...base,
    channelsOf: channels,
    awayMark: mark,
    isLead: async () => true,
    standing: async () => ({
      now: clock.now(),
      numbers: stage.numbers,
      receivers: [],
      silentReceivers: [],
    }),
    checkDatabase: async () => {
      if (!stage.isDatabaseThere) throw new Error('the database is away')
    },
    wake: () => courier.wake(),
  })
  courier.start()
  watch.start()
  return stage
}

/** Sets a webhook, and gives its secret. */
export async function setWebhook(
  database: Database,
  url: string,
  more: Partial<AlertSettings> = {},
): Promise<string> {
  const secret = newAlertSecret()
  const settings = { ...defaultAlertSettings, webhook: { url, secret }, ...more }
  await writeAlertSettings(database, vaultOfAll, settings)
  return secret
}
