/** Alerts to the operator: how everything stands is read from the modules, and told over the channels. */

import { join } from 'node:path'
import { AlertCourier } from '../alerts/alert-courier.js'
import { Alerts } from '../alerts/alerts.js'
import type { AlertSettings } from '../alerts/alert-settings.js'
import { AlertWatch } from '../alerts/alert-watch.js'
import { awayMarkFile } from '../alerts/away-mark-file.js'
import { channelsOf } from '../alerts/channels/channels.js'
import type { Standing } from '../alerts/faults.js'
import type { Alert } from '../alerts/rules.js'
import type { Config } from '../config.js'
import type { FreeDisk } from '../db/free-disk.js'
import { Readiness } from '../db/readiness.js'
import { createAddressRule } from '../runtime/address-rule.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import { createHostResolver } from '../runtime/host-resolver.js'
import { isReceiverSilent } from '../webhooks/failing-receivers.js'
import { signatureHeaders } from '../webhooks/signature.js'
import type { Base, Purged } from './base.js'
import type { BuiltNodes } from './nodes.js'
import { readStanding, type StandingModules } from './standing.js'

export interface AlertsBuildOptions extends StandingModules {
  readonly config: Config
  readonly version: string
  readonly fetch: GuardedFetch
  readonly disk: FreeDisk | undefined
  /** Unset for a gateway that has its database alone. */
  readonly nodes: Pick<BuiltNodes, 'isLead'> | undefined
}

export interface BuiltAlerts extends AsyncDisposable {
  readonly alerts: Alerts
  start(): void
  readonly purged: readonly Purged[]
}

export function buildAlerts(base: Base, options: AlertsBuildOptions): BuiltAlerts {
  const { config, nodes } = options
  const ports = {
    ...options,
    sign: signatureHeaders,
    resolve: createHostResolver(createAddressRule(config.allowedNetworks)),
    now: () => base.clock.now(),
  }
  const channels = (settings: AlertSettings) => channelsOf(settings, ports)
  const courier = new AlertCourier({
    ...base,
    channels: async () => channels(await alerts.settings()),
  })
  const readiness = new Readiness({ database: base.database, checkDisk: async () => undefined })
  const watch = new AlertWatch({
    ...base,
    channelsOf: channels,
    checkDatabase: () => readiness.check(),
    isLead: async () => nodes === undefined || nodes.isLead(),
    standing: (open) => standingOf(base, options, open),
    wake: () => courier.wake(),
    awayMark: awayMarkFile(join(config.dataDir, 'database-away-told')),
  })
  const alerts: Alerts = new Alerts({ ...base, channelsOf: channels, changed: () => watch.wake() })
  return {
    alerts,
    start() {
      courier.start()
      watch.start()
    },
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await courier[Symbol.asyncDispose]()
    },
    purged: [courier],
  }
}

async function standingOf(
  base: Base,
  { disk, ...modules }: AlertsBuildOptions,
  open: readonly Alert[],
): Promise<Standing> {
  const standing = await readStanding(base, modules)
  const failing = new Set(standing.receivers.map(({ key }) => key))
  const freeBytes = await disk?.free()
  return {
    ...standing,
    silentReceivers: await silentOf(base.database, open, failing),
    freeMegabytes: freeBytes === undefined ? undefined : roundedMegabytes(freeBytes),
  }
}

async function silentOf(
  { query }: Base['database'],
  open: readonly Alert[],
  failing: ReadonlySet<string>,
): Promise<readonly string[]> {
  const silent: string[] = []
  for (const { key, state, subject } of open) {
    if (subject.kind !== 'receiver-failing' || state === 'closed' || failing.has(key)) continue
    const { instanceId } = subject
    if (instanceId !== undefined && (await isReceiverSilent(query, instanceId, key)))
      silent.push(key)
  }
  return silent
}

/** So that a row is not written at each look. */
function roundedMegabytes(bytes: number): number {
  const megabytes = bytes / 1_048_576
  return megabytes < 100 ? Math.floor(megabytes) : Math.floor(megabytes / 50) * 50
}
