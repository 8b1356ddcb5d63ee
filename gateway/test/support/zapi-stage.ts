/** The HTTP server and the dialect over real modules on SQLite; only WhatsApp's side is a stand-in. */

import { receiverModules } from './receivers.js'
import { Alerts } from '../../src/alerts/alerts.js'
import { queueForecast } from './queue-forecast.js'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { Administrators } from '../../src/administrators/administrators.js'
import { LoginSessions } from '../../src/administrators/login-sessions.js'
import { People } from '../../src/administrators/people.js'
import { Codes } from '../../src/codes/codes.js'
import type { Database } from '../../src/db/database.js'
import { sameForAll } from '../../src/db/retention.js'
import { createVault } from '../../src/db/encryption.js'
import { openDatabase } from '../../src/db/open-database.js'
import { BroadcastLists } from '../../src/directory/broadcast-lists.js'
import { Directory } from '../../src/directory/directory.js'
import { KeptMessages } from '../../src/directory/kept-messages.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import {
  AlreadyConnectedError,
  MediaGoneError,
  NotConnectedError,
} from '../../src/domain/errors.js'
import type { MessageMark } from '../../src/domain/engine.js'
import type { Disconnection } from '../../src/domain/disconnection.js'
import type { Instance, InstanceId } from '../../src/domain/instance.js'
import { mediaRoute, type ServedMedia } from '../../src/http/media-route.js'
import { createServer } from '../../src/http/server.js'
import { type AccessTokenKind, AccessTokens } from '../../src/instances/access-tokens.js'
import { AllowedCallers } from '../../src/instances/allowed-callers.js'
import { AuditLog } from '../../src/instances/audit-log.js'
import { ExtensionTokens } from '../../src/instances/extension-tokens.js'
import { InstanceAccess } from '../../src/instances/instance-access.js'
import { InstanceLife } from '../../src/instances/instance-life.js'
import { ApiKeys } from '../../src/instances/api-keys.js'
import { McpTokens } from '../../src/instances/mcp-tokens.js'
import { RefusedCalls } from '../../src/instances/refused-calls.js'
import { Instances } from '../../src/instances/instances.js'
import { IncomingMedia } from '../../src/media/incoming-media.js'
import { Media } from '../../src/media/media.js'
import { usualLimits } from '../../src/media/media-limits.js'
import { OutgoingFiles } from '../../src/media/outgoing-files.js'
import { operatorTokenOf } from '../../src/operating/operator-token.js'
import { type BuiltLimits, buildLimits, sendingLimitsOf } from '../../src/composition/limits.js'
import { buildPools, peopleOfPools, poolStandingsOf, sendsOf } from '../../src/composition/pools.js'
import { Pools } from '../../src/pools/pools.js'
import { OutboxStore } from '../../src/outbox/outbox-store.js'
import { Moves, noMembers } from '../../src/outbox/queue/moves.js'
import { buildOperator, figuresOf } from '../../src/composition/operator.js'
import { Proxies } from '../../src/instances/proxies.js'
import type { CodeLimits } from '../../src/outbox/limits/code-limits.js'
import { MessageSearch } from '../../src/outbox/history/message-search.js'
import { MessageHistories } from '../../src/outbox/history/message-history.js'
import { Outbox, type OutboxOptions } from '../../src/outbox/outbox.js'
import { Restrictions } from '../../src/outbox/limits/restrictions.js'
import { WaitingMessages } from '../../src/outbox/history/waiting-messages.js'
import { createAddressRule } from '../../src/runtime/address-rule.js'
import { systemClock } from '../../src/runtime/clock.js'
import { Metrics } from '../../src/runtime/metrics.js'
import { parseProxyUrl } from '../../src/runtime/proxy-tunnel.js'
import { hashToken } from '../../src/runtime/token-hash.js'
import { createLog } from '../../src/runtime/telemetry.js'
import type { SessionStatus } from '../../src/sessions/sessions.js'
import { Webhooks } from '../../src/webhooks/webhooks.js'
import { readKept } from '../../src/whatsapp/receive/kept-content.js'
import { zapiDescription } from '../../src/zapi/api-description.js'
import { renderCallback } from '../../src/zapi/callbacks.js'
import type { Modules } from '../../src/zapi/modules.js'
import { zapiRouteNames } from '../../src/zapi/route-names.js'
import { zapiRoutes } from '../../src/zapi/routes.js'
import { ManualClock } from './manual-clock.js'
import { standInBusiness, standInCatalogs } from './stand-in-business.js'
import { standInCommunities } from './stand-in-communities.js'
import { standInAccount } from './stand-in-account.js'
import { standInGroups } from './stand-in-groups.js'
import { standInImports } from './stand-in-imports.js'
import { standInNewsletters } from './stand-in-newsletters.js'
import { StandInPasskeys } from './stand-in-passkeys.js'
import { fetchSomeImage, StandInProfiles } from './stand-in-profiles.js'

export const clientToken = 'F0123456789abcdef0123456789abcdefS'
export const partnerToken = 'partner-token-of-the-tests'

/** The id of a received file. */
export const storedFile = 'photo'

function photo(): ServedMedia {
  const bytes = Buffer.from('pixels')
  return { mimeType: 'image/png', byteLength: bytes.length, bytes: Readable.from([bytes]) }
}

type Sessions = Modules['sessions']

/** Whether each instance is connected is what the test says. */
class StandInSessions extends StandInPasskeys implements Sessions {
  readonly connected = new Set<InstanceId>()
  /** Paired, and away until they are restored. */
  readonly replaced = new Set<InstanceId>()
  /** Why they are not connected. */
  readonly away = new Map<InstanceId, Disconnection>()
  readonly pairedPhones: string[] = []
  qrText = '2@abc,def'
  failure: Error | undefined

  async qr(instanceId: InstanceId): Promise<string> {
    this.#mustNotBeConnected(instanceId)
    return this.qrText
  }

  async pairingCode(instanceId: InstanceId, phone: string): Promise<string> {
    this.#mustNotBeConnected(instanceId)
    this.pairedPhones.push(phone)
    return 'A1B2C3D4'
  }

  figures() {
    const connected = this.connected.size
    return { idle: 0, connecting: 0, pairing: 0, open: connected, waiting: 0, ended: 0 }
  }

  status(instanceId: InstanceId): SessionStatus {
    const passkey = this.linking.state
    if (this.connected.has(instanceId)) return { state: 'open', passkey }
    return { state: 'idle', disconnection: this.away.get(instanceId), passkey }
  }

  disconnections(): ReadonlyMap<InstanceId, Disconnection> {
    return this.away
  }

  async needsRestoring(instanceId: InstanceId): Promise<boolean> {
    return this.replaced.has(instanceId)
  }

  async restart(instanceId: InstanceId): Promise<boolean> {
    if (!this.connected.has(instanceId)) throw new NotConnectedError('It is not paired.')
    return true
  }

  async restore(instanceId: InstanceId): Promise<boolean> {
    if (this.replaced.delete(instanceId)) this.connected.add(instanceId)
    return this.restart(instanceId)
  }

  async disconnect(instanceId: InstanceId): Promise<void> {
    this.connected.delete(instanceId)
  }

  whileConnected<T>(instanceId: InstanceId, api: T): T {
    if (!this.connected.has(instanceId)) throw new NotConnectedError('It is not paired.')
    return api
  }

  #mustNotBeConnected(instanceId: InstanceId): void {
    if (this.failure !== undefined) throw this.failure
    if (this.connected.has(instanceId)) throw new AlreadyConnectedError('It is connected.')
    this.linking.checkNotNeeded()
  }
}

export interface ZapiStageOptions {
  readonly allowedNetworks?: readonly string[]
  readonly allowHttpCallbacks?: boolean
  readonly maxWaiting?: number
  readonly maxWaitingBytes?: number
  readonly disk?: OutboxOptions['disk']
  readonly isClientTokenRequired?: boolean
  readonly codeLimits?: CodeLimits
  readonly masterKey?: Uint8Array
}

export interface ZapiStage extends AsyncDisposable {
  readonly app: FastifyInstance
  /** Opens the routes of the operator, which the app has beside those of the dialect. */
  readonly operatorToken: string
  /** Every route for the operator. */
  readonly operatorRoutes: readonly { readonly method: Method; readonly url: string }[]
  /** Every route of the dialect. */
  readonly routes: readonly { readonly method: Method; readonly url: string }[]
  readonly dataDir: string
  readonly database: Database
  readonly refused: RefusedCalls
  readonly administrators: Administrators
  readonly loginSessions: LoginSessions
  readonly outbox: Outbox
  readonly pools: Pools
  /** Files that were stored while their call arrived. */
  readonly files: OutgoingFiles
  readonly people: KnownPeople
  readonly keptMessages: KeptMessages
  readonly directory: Directory
  readonly broadcastLists: BroadcastLists
  /** What was marked as read. */
  readonly marks: readonly MessageMark[]
  readonly restrictions: Restrictions
  readonly instances: Instances
  readonly mcpTokens: McpTokens
  readonly apiKeys: ApiKeys
  /** Of the console. */
  readonly visitors: People
  readonly webhooks: Webhooks
  readonly sessions: StandInSessions
  readonly profiles: StandInProfiles
  readonly callers: AllowedCallers
  readonly audit: AuditLog
  readonly clock: ManualClock
  /** Every line that was logged. */
  readonly logged: readonly string[]
  readonly instance: Instance
  readonly token: string
  /** A call on the stage's instance, with everything in order unless `options` say otherwise. */
  call(method: Method, action: string, options?: InjectOptions): Promise<LightMyRequestResponse>
  put(action: string, payload: object): Promise<LightMyRequestResponse>
  /** `send-button-otp` with a body that is fine, changed by `change`. */
  send(change?: object): Promise<LightMyRequestResponse>
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'PATCH'

export async function openZapiStage(options: ZapiStageOptions = {}): Promise<ZapiStage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-zapi-'))
  const database = await openDatabase({ dataDir })
  const clock = new ManualClock()
  const vault = createVault(options.masterKey ?? randomBytes(32))
  const logged: string[] = []
  const log = createLog('debug', { write: (line) => void logged.push(line) })

  const sessions = new StandInSessions({ database, clock })
  const profiles = new StandInProfiles((id) => sessions.connected.has(id))
  const known = { client: clientToken, partner: partnerToken }
  const kept = Object.entries(known).map(([kind, given]) => ({
    kind: kind as AccessTokenKind,
    hash: hashToken(given),
    created_at: 0,
  }))
  await database.query.insertInto('access_token').values(kept).execute()
  const tokens = new AccessTokens({ database, clock })
  await tokens.open()
  const callers = new AllowedCallers({ database, clock, configured: [] })
  const audit = new AuditLog({ database, clock })
  const life = new InstanceLife({ database, clock })
  const webhooks = new Webhooks({
    database,
    vault,
    clock,
    settings: { settingsOf: (id, transaction) => instances.settingsOf(id, transaction) },
    selfOf: () => ({ phone: '5511988880001' }),
    render: (event) => renderCallback(event, (id) => `https://example.com/media/${id}`),
    wake() {},
  })
  const instances: Instances = new Instances({ database, vault, clock, endpoints: webhooks })
  const queue = {
    isOpen: (id: InstanceId) => sessions.connected.has(id),
    accepted() {},
    done() {},
    forecast: queueForecast({
      database,
      vault,
      clock,
      holds: { turns: (...which) => holds.turns(...which) },
      isOpen: (id: InstanceId) => sessions.connected.has(id),
    }),
    lookAgain() {},
  }
  const people = new KnownPeople({
    database,
    clock,
    joined: (instanceId, pairs, transaction) => directory.join(instanceId, pairs, transaction),
  })
  const broadcastLists = new BroadcastLists({ database, vault, clock })
  const directory: Directory = new Directory({
    database,
    vault,
    clock,
    people,
    log,
    retention: sameForAll(undefined),
  })
  const restrictions = new Restrictions({
    people,
    database,
    vault,
    clock,
    log,
    ownPhone: () => undefined,
  })
  const keptMessages = new KeptMessages({
    database,
    vault,
    clock,
    people,
    retention: sameForAll(86_400_000),
  })
  const marks: MessageMark[] = []
  const maxWaiting = options.maxWaiting ?? 1_000
  const limits: BuiltLimits = buildLimits(
    { database, vault, clock, random: Math.random, log },
    {
      known: { people, chats: directory.chats },
      instances,
      restrictions,
      ownPhone: () => undefined,
    },
  )
  const { holds } = limits
  const outgoing = { database, vault, clock, events: webhooks, settings: instances, queue, log }
  const outbox = new Outbox({
    ...outgoing,
    people: peopleOfPools({ vault }, instances, people),
    restrictions,
    holds,
    maxWaiting,
    maxWaitingBytes: options.maxWaitingBytes,
    disk: options.disk,
    codeLimits: options.codeLimits,
  })
  const moves = new Moves({
    database,
    clock,
    log,
    store: new OutboxStore({ vault, database }),
    members: noMembers,
    onDone() {},
    onAdded() {},
  })
  const { poolSends, numbers } = buildPools(
    { database, vault, clock, random: Math.random, log },
    {
      people,
      limits,
      restrictions,
      sessions: () => sessions,
      // Nothing is sent here.
      sender: () => ({ moves, expectedWait: async () => 0 }),
    },
  )
  const sends = sendsOf(instances, outbox, poolSends)
  const pools = new Pools({
    database,
    vault,
    clock,
    instances,
    audit,
    erase: (id, by) => life.delete(id, by),
    changed() {},
  })
  const standing = { numbers, outbox, restrictions, holds }
  const pooled = poolStandingsOf({ database, vault, clock }, standing)
  const waiting = new WaitingMessages({ ...outgoing, restrictions, holds })

  const mcpTokens = new McpTokens({ database, clock, instances })
  const apiKeys = new ApiKeys({ database, clock, instances })
  const files = new OutgoingFiles({ database, vault, clock, folder: dataDir, disk: options.disk })
  const refused = new RefusedCalls({ database, clock, log, random: () => 0.5 })
  const app = createServer({
    log,
    refused: (call) => refused.note(call),
    files,
    api: zapiDescription('0.0.0'),
    names: zapiRouteNames,
  })
  const routes: { method: Method; url: string }[] = []
  await app.register(async (dialect) => {
    dialect.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each as Method, url })
    })
    await dialect.register(
      zapiRoutes({
        tokens: {
          accepts: (kind, given) => tokens.accepts(kind, given),
          admits: (address) => callers.admits(address),
          isClientTokenRequired: options.isClientTokenRequired ?? true,
        },
        life: {
          cancel: async (id, by) => void (await life.cancel(id, by)),
          resume: async (id, by) => void (await life.resume(id, by)),
          delete: (id, by) => life.delete(id, by),
        },
        access: new InstanceAccess({ database, vault, clock }),
        proxies: new Proxies({
          database,
          vault,
          clock,
          log,
          events: webhooks,
          // No proxy is contacted, but a value that is no proxy is refused.
          tryOut: async (url) => void parseProxyUrl(url),
          reconnect() {},
        }),
        audit,
        restrictions,
        instances,
        extensionTokens: new ExtensionTokens({ database, vault, clock, instances }),
        mcpTokens,
        apiKeys,
        profiles,
        files,
        mediaLimits: usualLimits,
        groups: { groupsOf: (id) => sessions.whileConnected(id, standInGroups) },
        business: { businessOf: (id) => sessions.whileConnected(id, standInBusiness) },
        catalogs: { catalogOf: (id) => sessions.whileConnected(id, standInCatalogs) },
        newsletters: { newslettersOf: (id) => sessions.whileConnected(id, standInNewsletters) },
        communities: { communitiesOf: (id) => sessions.whileConnected(id, standInCommunities) },
        account: { accountOf: (id) => sessions.whileConnected(id, standInAccount) },
        pictures: new Media({ fetch: fetchSomeImage, log }),
        outbox,
        sends,
        sendingLimits: sendingLimitsOf(holds, instances, () => {}),
        pools,
        ...pooled,
        keptMessages,
        readKept: async (...given) => readKept(...given),
        incomingMedia: new IncomingMedia({
          database,
          vault,
          clock,
          retention: sameForAll(30 * 86_400_000),
          source: {
            open: async () => {
              throw new MediaGoneError('gone')
            },
          },
        }),
        directory,
        broadcastLists,
        marks: {
          markRead: async (id, mark) => {
            if (!sessions.connected.has(id)) throw new NotConnectedError('It is not paired.')
            marks.push(mark)
          },
        },
        codes: new Codes({
          people: peopleOfPools({ vault }, instances, people),
          database,
          vault,
          clock: systemClock,
          outbox: sends,
        }),
        waiting,
        histories: new MessageHistories({ database }),
        search: new MessageSearch({ database, vault }),
        sessions,
        publicUrl: () => 'https://gateway.example',
        webhooks,
        refused,
        ...receiverModules({ database, vault, clock, instances }),
        isAllowedAddress: createAddressRule(options.allowedNetworks ?? []),
        allowHttpCallbacks: options.allowHttpCallbacks ?? false,
      }),
    )
  })
  const modules = {
    ...pooled,
    outbox,
    webhooks,
    sessions,
    clock,
    instances,
    nodeFigures: noFigures,
  }
  const metrics = new Metrics(() => figuresOf(modules), '0.0.0')
  const loginSessions = new LoginSessions({ database, clock, audit })
  const administrators = new Administrators({
    database,
    vault,
    clock,
    audit,
    logins: loginSessions,
  })
  const administration = { database, clock, audit, administrators, logins: loginSessions }
  const visitors = new People(administration)
  const who = {
    tokens,
    callers,
    audit,
    administrators,
    loginSessions,
    apiKeys,
    people: visitors,
    linkBase: () => 'https://gateway.example',
  }
  const owned = {
    database,
    vault,
    ...who,
    alerts: new Alerts({ database, vault, clock, channelsOf: () => new Map(), changed() {} }),
    metrics,
    instances,
    sessionImports: standInImports({ database, vault, clock, instances }),
    isClientTokenRequired: options.isClientTokenRequired ?? true,
    metricsToken: undefined,
    nodesReport: async () => [],
    version: '0.0.0',
  }
  await app.register(
    mediaRoute({
      handOn: async () => undefined,
      open: async (id) => (id === storedFile ? photo() : undefined),
    }),
  )
  const operatorRoutes: { method: Method; url: string }[] = []
  await app.register(async (scope) => {
    scope.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) operatorRoutes.push({ method: each as Method, url })
    })
    await scope.register(buildOperator({ ...modules, ...owned }))
  })
  const { instance, token } = await instances.create({ name: 'Loja' })
  const call: ZapiStage['call'] = (method, action, more = {}) =>
    app.inject({
      method,
      url: `/instances/${instance.id}/token/${token}/${action}`,
      headers: { 'client-token': clientToken },
      ...more,
    })
  const goodBody = { phone: '5511999999999', message: 'Seu código', code: '123456' }

  return {
    refused,
    app,
    dataDir,
    administrators,
    loginSessions,
    operatorToken: operatorTokenOf(vault),
    operatorRoutes,
    routes,
    database,
    outbox,
    pools,
    files,
    people,
    keptMessages,
    directory,
    broadcastLists,
    marks,
    restrictions,
    instances,
    mcpTokens,
    apiKeys,
    visitors,
    webhooks,
    sessions,
    profiles,
    callers,
    audit,
    clock,
    logged,
    instance,
    token,
    call,
    put: (action, payload) => call('PUT', action, { payload }),
    send: (change) => call('POST', 'send-button-otp', { payload: { ...goodBody, ...change } }),
    async [Symbol.asyncDispose]() {
      await app.close()
      await refused[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function noFigures(): undefined {
  return undefined
}
