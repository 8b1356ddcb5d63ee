/**
 * The console, put together from the modules of a running gateway. Part of the
 * composition root; `gateway.ts` alone uses it.
 */

import type { FastifyPluginAsync } from 'fastify'
import { Administrators } from '../administrators/administrators.js'
import { LoginSessions } from '../administrators/login-sessions.js'
import { People } from '../administrators/people.js'
import type { Config } from '../config.js'
import type { ConsoleOptions } from '../console/routes.js'
import { consoleRoutes } from '../console/routes.js'
import type { LiveFeed } from '../console/live-feed.js'
import type { Database } from '../db/database.js'
import { readLastMessages } from '../directory/last-messages.js'
import type { Vault } from '../db/encryption.js'
import type { AuditLog } from '../instances/audit-log.js'
import { InstanceAccess } from '../instances/instance-access.js'
import { MessageDays } from '../outbox/history/day-figures.js'
import { MessageHealth } from '../outbox/history/message-health.js'
import { MessageHistories } from '../outbox/history/message-history.js'
import { MessageListing } from '../outbox/history/message-listing.js'
import { MessageSearch } from '../outbox/history/message-search.js'
import { createAddressRule } from '../runtime/address-rule.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { DeliveryListing } from '../webhooks/delivery-listing.js'
import { ReceiverPlaces } from '../webhooks/receiver-places.js'
import { gatewaySettingsOf } from './gateway-settings.js'
import { virtualPhonesUrl } from '../whatsapp-address.js'
import { maskedBody } from '../zapi/masked-body.js'
import { readTroubles } from './standing.js'

/** A code is late after so long where callers are told of none. */
const usualLateMs = 20_000

type Modules = Pick<
  ConsoleOptions,
  | 'alerts'
  | 'instances'
  | 'ending'
  | 'calls'
  | 'waiting'
  | 'restrictions'
  | 'webhooks'
  | 'deadLetters'
  | 'imports'
  | 'proxies'
  | 'handOn'
  | 'nodes'
  | 'forecast'
  | 'apiKeys'
> & { readonly sessions: ConsoleOptions['sessions'] }

export interface ConsoleBuildOptions extends Modules {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  readonly config: Config
  readonly feed: LiveFeed
  readonly audit: AuditLog
  readonly announce: (text: string) => void
  readonly linkBase: () => string
}

/** The console's routes; the set-up code is announced where there is no administrator yet. */
export async function buildConsole(options: ConsoleBuildOptions): Promise<{
  readonly routes: FastifyPluginAsync
  readonly loginSessions: LoginSessions
  readonly administrators: Administrators
  readonly people: People
}> {
  const { config, announce, audit } = options
  const loginSessions = new LoginSessions({ ...options, audit })
  const administrators = new Administrators({ ...options, audit, logins: loginSessions })
  const people = new People({ ...options, audit, logins: loginSessions, administrators })
  const setupCode = await administrators.open()
  if (setupCode !== undefined) announce(setupNotice(config, setupCode))
  const isAllowedAddress = createAddressRule(config.allowedNetworks)
  const routes = consoleRoutes({
    ...options,
    administrators,
    loginSessions,
    people,
    access: new InstanceAccess(options),
    audit,
    listing: new MessageListing(options),
    search: new MessageSearch(options),
    histories: new MessageHistories(options),
    deliveries: new DeliveryListing(options),
    health: new MessageHealth(options),
    days: new MessageDays(options),
    lastMessages: () => readLastMessages(options.database.query),
    receiverPlaces: new ReceiverPlaces(options),
    troubles: async (only) => readTroubles(options, options, await options.alerts.settings(), only),
    lateAfterMs: config.undeliverableAfterMs === 0 ? usualLateMs : config.undeliverableAfterMs,
    maskedBody,
    callbackRule: { isAllowedAddress, allowHttp: config.allowHttpCallbacks },
    publicUrl: config.publicUrl,
    clientToken: config.clientToken,
    isClientTokenRequired: config.clientTokenRequired,
    gatewaySettings: gatewaySettingsOf(config),
    virtualPhonesUrl: virtualPhonesUrl(config.whatsapp.url),
  })
  return { routes, loginSessions, administrators, people }
}

function setupNotice({ publicUrl, host, port }: Config, setupCode: string): string {
  const address =
    publicUrl ?? (port === 0 ? '' : `http://${host.includes(':') ? `[${host}]` : host}:${port}`)
  return `
The console has no administrator yet. Open ${address}/console and make one with
this set-up code, which is good until the program ends:

  ${setupCode}
`
}
