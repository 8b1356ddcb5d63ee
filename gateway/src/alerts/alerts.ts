/** Alerts for the console and the command line: what is wrong, where it is told, and a test of each channel. */

import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { AlertChannel, AlertNotice } from '../domain/alert.js'
import type { Clock } from '../runtime/clock.js'
import type { AlertSettings } from './alert-settings.js'
import { readAlertSettings, readAlerts, writeAlertSettings } from './alert-store.js'
import type { Tell } from './channels/channel.js'
import { type ChannelStanding, readChannels } from './post-store.js'
import type { Alert } from './rules.js'

export interface AlertsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly channelsOf: (settings: AlertSettings) => ReadonlyMap<AlertChannel, Tell>
  /** The settings have changed. */
  readonly changed: () => void
}

export interface TestResult {
  readonly channel: AlertChannel
  /** Missing: the service took it. */
  readonly problem?: string | undefined
  readonly tookMs: number
}

export class Alerts {
  readonly #options: AlertsOptions

  constructor(options: AlertsOptions) {
    this.#options = options
  }

  settings(): Promise<AlertSettings> {
    const { database, vault } = this.#options
    return readAlertSettings(database.query, vault)
  }

  async save(settings: AlertSettings): Promise<void> {
    const { database, vault, changed } = this.#options
    await writeAlertSettings(database, vault, settings)
    changed()
  }

  /** Those that are told and not recovered, the oldest first, and those that recovered of late. */
  async list(): Promise<{ readonly open: readonly Alert[]; readonly closed: readonly Alert[] }> {
    const alerts = await readAlerts(this.#options.database.query)
    const closed = alerts.filter(({ state }) => state === 'closed')
    return {
      open: alerts.filter(({ state }) => state === 'open'),
      closed: closed.toSorted((one, other) => (other.closedAt ?? 0) - (one.closedAt ?? 0)),
    }
  }

  /** How the last notice of each channel ended. */
  channels(): Promise<readonly ChannelStanding[]> {
    return readChannels(this.#options.database.query)
  }

  /** Tells every channel that is set that this is a test, at once and without a further try. */
  async test(signal: AbortSignal): Promise<readonly TestResult[]> {
    const { clock, channelsOf } = this.#options
    const none = { opened: [], repeated: [], recovered: [] }
    const notice: AlertNotice = { id: randomUUID(), at: clock.now(), ...none, isTest: true }
    const channels = [...channelsOf(await this.settings())]
    return Promise.all(
      channels.map(async ([channel, tell]) => {
        const startedAt = clock.now()
        const problem = await tell(notice, signal)
        return { channel, problem, tookMs: clock.now() - startedAt }
      }),
    )
  }
}

/** What a receiver checks the signature with, in the form of Standard Webhooks. */
export function newAlertSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
