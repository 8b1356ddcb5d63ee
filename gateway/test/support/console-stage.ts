/** The console over real modules on SQLite, with a browser that keeps its cookie; only WhatsApp's side is a stand-in. */

import { receiverModules } from './receivers.js'
import { defaultAlertSettings } from '../../src/alerts/alert-settings.js'
import { Alerts } from '../../src/alerts/alerts.js'
import { queueForecast } from './queue-forecast.js'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse, RouteOptions } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { Administrators } from '../../src/administrators/administrators.js'
import { LoginSessions } from '../../src/administrators/login-sessions.js'
import { People } from '../../src/administrators/people.js'
import { MemberPools } from '../../src/pools/member-pools.js'
import { limitsIn, sendingLimitsOf } from '../../src/composition/limits.js'
import { readTroubles } from '../../src/composition/standing.js'
import { LiveFeed } from '../../src/console/live-feed.js'
import { consoleRoutes } from '../../src/console/routes.js'
import type { Database } from '../../src/db/database.js'
import { sameForAll } from '../../src/db/retention.js'
import { createVault } from '../../src/db/encryption.js'
import { openDatabase } from '../../src/db/open-database.js'
import { readLastMessages } from '../../src/directory/last-messages.js'
import { KeptMessages } from '../../src/directory/kept-messages.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import type { Disconnection } from '../../src/domain/disconnection.js'
import { AlreadyConnectedError, ProxyError } from '../../src/domain/errors.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { createServer } from '../../src/http/server.js'
import { ApiKeys } from '../../src/instances/api-keys.js'
import { AuditLog } from '../../src/instances/audit-log.js'
import { InstanceAccess } from '../../src/instances/instance-access.js'
import { InstanceLife } from '../../src/instances/instance-life.js'
import { Instances } from '../../src/instances/instances.js'
import { MessageDays } from '../../src/outbox/history/day-figures.js'
import { McpTokens } from '../../src/instances/mcp-tokens.js'
import { Proxies } from '../../src/instances/proxies.js'
import { MessageHealth } from '../../src/outbox/history/message-health.js'
import { MessageHistories } from '../../src/outbox/history/message-history.js'
import { MessageListing } from '../../src/outbox/history/message-listing.js'
import { MessageSearch } from '../../src/outbox/history/message-search.js'
import { usualLimits } from '../../src/media/media-limits.js'
import { OutgoingFiles } from '../../src/media/outgoing-files.js'
import { Outbox, type QueuePort } from '../../src/outbox/outbox.js'
import { Pools } from '../../src/pools/pools.js'
import { Restrictions } from '../../src/outbox/limits/restrictions.js'
import type { SendingHolds } from '../../src/outbox/limits/sending-holds.js'
import { WaitingMessages } from '../../src/outbox/history/waiting-messages.js'
import { createAddressRule } from '../../src/runtime/address-rule.js'
import { createLog } from '../../src/runtime/telemetry.js'
import { DeliveryListing } from '../../src/webhooks/delivery-listing.js'
import { ReceiverPlaces } from '../../src/webhooks/receiver-places.js'
import { Webhooks } from '../../src/webhooks/webhooks.js'
import { renderCallback } from '../../src/zapi/callbacks.js'
import { accountCalls, describedCalls, instanceCalls } from '../../src/zapi/instance-calls.js'
import { maskedBody } from '../../src/zapi/masked-body.js'
import type { ModuleOptions } from '../../src/zapi/modules.js'
import { ManualClock } from './manual-clock.js'
import { sendingHolds } from './sending-holds.js'
import { standInImports } from './stand-in-imports.js'
import { StandInPasskeys } from './stand-in-passkeys.js'

export const ana = { name: 'ana', password: 'correct horse battery' }

/** Whether each instance is connected is what the test says. */
class StandInSessions extends StandInPasskeys {
  readonly connected = new Set<InstanceId>()
  readonly pairedPhones: string[] = []

  async qr(id: InstanceId): Promise<string> {
    if (this.connected.has(id)) throw new AlreadyConnectedError('It is connected.')
    this.linking.checkNotNeeded()
    return '2@abc,def'
  }

  async pairingCode(id: InstanceId, phone: string): Promise<string> {
    if (this.connected.has(id)) throw new AlreadyConnectedError('It is connected.')
    this.pairedPhones.push(phone)
    return 'A1B2C3D4'
  }

  /** Why they are not connected. */
  readonly away = new Map<InstanceId, Disconnection>()

  status(id: InstanceId) {
    const passkey = this.linking.state
    if (this.connected.has(id)) return { state: 'open', phone: '5511988880001', passkey } as const
    const disconnection = this.away.get(id)
    return disconnection === undefined
      ? ({ state: 'idle', passkey } as const)
      : ({ state: 'ended', disconnection, passkey } as const)
  }

  async isLinked(id: InstanceId): Promise<boolean> {
    return this.connected.has(id)
  }

  async restore(id: InstanceId): Promise<boolean> {
    this.connected.add(id)
    return true
  }

  async needsRestoring(): Promise<boolean> {
    return false
  }

  async restart(id: InstanceId): Promise<boolean> {
    return this.connected.has(id)
  }

  states(): ReadonlyMap<InstanceId, string> {
    return new Map([...this.connected].map((id) => [id, 'open']))
  }

  async disconnect(id: InstanceId): Promise<void> {
    this.connected.delete(id)
  }
}

/** Sends what a page sends, and keeps the cookies that it gets. */
export class Browser {
  readonly #app: FastifyInstance
  readonly #address: string
  /** Of the login. */
  cookie: string | undefined
  /** Of a login before, on this browser. */
  mark: string | undefined

  constructor(app: FastifyInstance, address: string) {
    this.#app = app
    this.#address = address
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object | string,
    headers: Readonly<Record<string, string>> = { 'x-recado-console': '1' },
  ): Promise<LightMyRequestResponse> {
    const answer = await this.#app.inject({
      method,
      url: `/console/api/${path}`,
      remoteAddress: this.#address,
      headers: {
        host: 'gateway.example',
        ...headers,
        cookie: `recado_console=${this.cookie ?? ''}; recado_known=${this.mark ?? ''}`,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const given = answer.cookies.find(({ name }) => name === 'recado_console')
    if (given !== undefined) this.cookie = given.value === '' ? undefined : given.value
    this.mark = answer.cookies.find(({ name }) => name === 'recado_known')?.value ?? this.mark
    return answer
  }

  /** The body of an answer that must be 200. */
  async get(path: string) {
    return bodyOf(await this.call('GET', path))
  }
}

export function bodyOf(answer: LightMyRequestResponse) {
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${answer.body}`)
  return answer.json()
}

/** What an authenticator app that was given the secret shows at that moment. */
export function oneTimeCode(secret: string, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}

export interface ConsoleStage extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly clock: ManualClock
  readonly database: Database
  readonly sessions: StandInSessions
  readonly instances: Instances
  readonly outbox: Outbox
  readonly webhooks: Webhooks
  readonly feed: LiveFeed
  readonly setupCode: string
  readonly logged: readonly string[]
  /** As they are registered, with what the console's hooks added. */
  readonly routes: readonly RouteOptions[]
  newBrowser(address?: string): Browser
  /** A browser in which the administrator is logged in; made at the first call. */
  loggedIn(): Promise<Browser>
}

export async function openConsoleStage(
  options: { readonly publicUrl?: string; readonly pagesFolder?: string } = {},
): Promise<ConsoleStage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-console-'))
  const database = await openDatabase({ dataDir })
  const clock = new ManualClock()
  const vault = createVault(randomBytes(32))
  const logged: string[] = []
  const log = createLog('debug', { write: (line) => void logged.push(line) })
  const sessions = new StandInSessions({ database, clock })
  const feed = new LiveFeed({
    clock,
    states: () => sessions.states(),
    signals: database.signals,
  })
  const webhooks = new Webhooks({
    database,
    vault,
    clock,
    settings: { settingsOf: (id, transaction) => instances.settingsOf(id, transaction) },
    selfOf: () => ({ phone: '5511988880001' }),
    render: (event) => renderCallback(event, (id) => `https://gateway.example/media/${id}`),
    wake() {},
    published: (event) => feed.told(event),
  })
  const instances: Instances = new Instances({ database, vault, clock, endpoints: webhooks })
  const queue: QueuePort = {
    isOpen: (id) => sessions.connected.has(id),
    accepted: (instanceId) => feed.changed({ instanceId, topic: 'messages' }),
    done: ({ instanceId }) => feed.changed({ instanceId, topic: 'messages' }),
    forecast: queueForecast({
      database,
      vault,
      clock,
      holds: { turns: (...which) => holds.turns(...which) },
      isOpen: (id) => sessions.connected.has(id),
    }),
    lookAgain() {},
  }
  const known = new KnownPeople({ database, clock })
  const restrictions = new Restrictions({
    people: known,
    database,
    vault,
    clock,
    log,
    ownPhone: () => undefined,
  })
  const holds: SendingHolds = sendingHolds({
    database,
    clock,
    restrictions,
    limits: limitsIn(instances, new MemberPools(database)),
  })
  const outgoing = { database, vault, clock, events: webhooks, settings: instances, queue, log }
  const outbox = new Outbox({ ...outgoing, people: known, restrictions, holds })
  const audit = new AuditLog({ database, clock })
  const loginSessions = new LoginSessions({ database, clock, audit })
  const administrators = new Administrators({
    database,
    vault,
    clock,
    audit,
    logins: loginSessions,
  })
  const people = new People({ database, clock, audit, logins: loginSessions, administrators })
  const proxies = new Proxies({
    database,
    vault,
    clock,
    log,
    events: webhooks,
    tryOut: async (url) => {
      if (url.includes('away')) throw new ProxyError('Proxy is not reachable')
    },
    reconnect() {},
  })
  const setupCode = (await administrators.open()) ?? ''
  const isAllowedAddress = createAddressRule([])

  const files = new OutgoingFiles({ database, vault, clock, folder: dataDir, disk: undefined })
  const waiting = new WaitingMessages({ ...outgoing, restrictions, holds })
  const app = createServer({ log, files })
  const ofReceivers = receiverModules({ database, vault, clock, instances })
  const dialect: Partial<ModuleOptions> = {
    ...ofReceivers,
    instances,
    outbox,
    sends: outbox,
    sendingLimits: sendingLimitsOf(holds, instances, () => {}),
    sessions,
    mcpTokens: new McpTokens({ database, clock, instances }),
    pools: new Pools({
      database,
      vault,
      clock,
      instances,
      audit,
      erase: (id, by) => new InstanceLife({ database, clock }).delete(id, by),
      changed() {},
    }),
    waiting,
    files,
    keptMessages: new KeptMessages({
      database,
      vault,
      clock,
      people: known,
      retention: sameForAll(86_400_000),
    }),
    mediaLimits: usualLimits,
    isAllowedAddress,
    allowHttpCallbacks: false,
  }
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  await app.register(
    consoleRoutes({
      administrators,
      loginSessions,
      people,
      apiKeys: new ApiKeys({ database, clock, instances }),
      log,
      version: '1.2.3',
      instances,
      access: new InstanceAccess({ database, vault, clock }),
      audit,
      proxies,
      gatewaySettings: [],
      imports: standInImports({ database, vault, clock, instances }),
      sessions,
      restrictions,
      waiting,
      webhooks,
      // The calls that tests of the console make use no other modules.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      calls: {
        described: describedCalls,
        routes: instanceCalls(dialect as ModuleOptions),
        accountRoutes: accountCalls(dialect as ModuleOptions),
      },
      listing: new MessageListing({ database, vault }),
      histories: new MessageHistories({ database }),
      search: new MessageSearch({ database, vault }),
      health: new MessageHealth({ database, clock }),
      days: new MessageDays({ database, clock }),
      lastMessages: () => readLastMessages(database.query),
      receiverPlaces: new ReceiverPlaces({ database }),
      troubles: (only) =>
        readTroubles(
          { database, clock },
          { instances, sessions, restrictions },
          defaultAlertSettings,
          only,
        ),
      forecast: (id) => outbox.forecast(id),
      lateAfterMs: 20_000,
      ending: new InstanceLife({ database, clock }),
      alerts: new Alerts({ database, vault, clock, channelsOf: () => new Map(), changed() {} }),
      deliveries: new DeliveryListing({ database }),
      ...ofReceivers,
      maskedBody,
      callbackRule: { isAllowedAddress, allowHttp: false },
      feed,
      clock,
      publicUrl: options.publicUrl,
      clientToken: { reveal: () => 'client-token-of-the-stage' },
      isClientTokenRequired: true,
      virtualPhonesUrl: undefined,
      linkBase: () => 'https://gateway.example',
      handOn: async () => undefined,
      nodes: undefined,
      ...(options.pagesFolder === undefined ? {} : { pagesFolder: options.pagesFolder }),
    }),
  )

  const newBrowser = (address = '203.0.113.7') => new Browser(app, address)
  return {
    app,
    clock,
    database,
    sessions,
    instances,
    outbox,
    webhooks,
    feed,
    setupCode,
    logged,
    routes,
    newBrowser,
    async loggedIn() {
      const browser = newBrowser()
      const visit = await browser.get('visit')
      const first = { setupCode, ...ana }
      bodyOf(
        visit.state === 'set-up'
          ? await browser.call('POST', 'set-up', first)
          : await browser.call('POST', 'log-in', ana),
      )
      return browser
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await feed[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
