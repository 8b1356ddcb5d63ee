/**
 * Builds every room, plugs them together, and knows the order of start and stop.
 *
 * Reading order is the path of a message: store → who may call → webhooks →
 * inbox and outbox → sessions → sender → door. Where two rooms need each other,
 * the later one is reached through a closure.
 */

import { Codes } from './codes/codes.js'
import type { Config } from './config.js'
import type { Database } from './db/database.js'
import { awaitPostgres } from './db/await-postgres.js'
import { createVault, type Vault } from './db/encryption.js'
import { FreeDisk } from './db/free-disk.js'
import { refusalOfNewData } from './db/lost-data.js'
import { checkMasterKey, findMasterKey, openMasterKey, refuseNewKeyFor } from './db/master-key.js'
import { openDatabase } from './db/open-database.js'
import { Readiness } from './db/readiness.js'
import { isOfAccount } from './domain/notice.js'
import { mediaRoute } from './http/media-route.js'
import { createServer } from './http/server.js'
import { AutoRead } from './inbox/auto-read.js'
import { Calls } from './inbox/calls.js'
import { Inbox } from './inbox/inbox.js'
import { Presences } from './inbox/presences.js'
import { KeptMessages } from './directory/kept-messages.js'
import { KnownPeople } from './directory/known-people.js'
import { EndingInstances } from './ending-instances.js'
import { limitRequests } from './http/request-limits.js'
import { AccessTokens } from './instances/access-tokens.js'
import { AllowedCallers } from './instances/allowed-callers.js'
import { AuditTrail } from './instances/audit-trail.js'
import { ExtensionTokens } from './instances/extension-tokens.js'
import { InstanceAccess } from './instances/instance-access.js'
import { InstanceLife } from './instances/instance-life.js'
import { Proxies } from './instances/proxies.js'
import { Instances } from './instances/instances.js'
import { IncomingMedia } from './media/incoming-media.js'
import { Media } from './media/media.js'
import { consoleDoor } from './console-door.js'
import { LiveFeed } from './console/live-feed.js'
import { DoneMessages } from './outbox/done-messages.js'
import { OldCodes } from './outbox/accepted-codes.js'
import { OldKeys } from './outbox/idempotency-store.js'
import { figuresOf, operatorDoor } from './operator-door.js'
import { MessageHistories } from './outbox/message-history.js'
import { Outbox, type QueuePort } from './outbox/outbox.js'
import { Restrictions } from './outbox/restrictions.js'
import { Sender } from './outbox/sender.js'
import { WaitingMessages } from './outbox/waiting-messages.js'
import { publicUrlOf } from './public-url.js'
import { createAddressRule } from './runtime/address-rule.js'
import { systemClock } from './runtime/clock.js'
import { createGuardedFetch } from './runtime/guarded-fetch.js'
import { Metrics } from './runtime/metrics.js'
import type { Log } from './runtime/telemetry.js'
import { WorkerLoop } from './runtime/worker-loop.js'
import { AnswerSecretStore } from './sessions/answer-secret-store.js'
import { CredentialStore } from './sessions/credential-store.js'
import { RegistrationStore } from './sessions/registration-store.js'
import { ResendStore } from './sessions/resend-store.js'
import { Sessions } from './sessions/sessions.js'
import { SessionImports } from './session-import.js'
import { Courier } from './webhooks/courier.js'
import { DeadLetters } from './webhooks/dead-letters.js'
import { Webhooks } from './webhooks/webhooks.js'
import { BaileysEngine } from './whatsapp/baileys-engine.js'
import { MediaDownload } from './whatsapp/media-download.js'
import { zapiDescription } from './zapi/api-description.js'
import { renderCallback } from './zapi/callbacks.js'
import { zapiRouteNames } from './zapi/route-names.js'
import { zapiRoutes } from './zapi/routes.js'

export interface GatewayOptions {
  /** Recado's own, as callbacks name it in `user-agent`. */
  readonly version: string
  readonly log: Log
  /** Tells the person at the terminal what is shown once and must not be in the log: new tokens, a new master key. */
  readonly announce: (text: string) => void
}

export interface Gateway extends AsyncDisposable {
  /** `http://127.0.0.1:8080`, with the port that was really taken. */
  readonly address: string
}

/** What a PostgreSQL that starts together with us gets before the start fails. */
const waitForPostgresMs = 30_000

/** Copies of codes may outlive their time by no more than this. */
const purgeEveryMs = 30_000

/**
 * Starts everything and listens. Disposing stops in reverse: the door first,
 * then the sends in the air, the sessions, the callbacks, the database.
 *
 * Throws `ConfigError` or `MasterKeyError` with the cure; nothing is left open then.
 */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const opened: AsyncDisposable[] = []
  try {
    const address = await open(config, options, opened)
    return { address, [Symbol.asyncDispose]: () => closeInReverse(opened) }
  } catch (cause) {
    await closeInReverse(opened)
    throw cause
  }
}

async function open(
  config: Config,
  options: GatewayOptions,
  opened: AsyncDisposable[],
): Promise<string> {
  const { version, log, announce } = options
  const clock = systemClock
  const random = Math.random
  const { database, vault } = await openStore(config, options, opened)
  const metrics: Metrics = new Metrics(
    () => figuresOf({ outbox, webhooks, sessions, clock }),
    version,
  )
  const common = { database, vault, clock, random, log, metrics }

  // Where PostgreSQL keeps its files is another machine's matter.
  const disk =
    config.databaseUrl === undefined
      ? new FreeDisk({ path: config.dataDir, minFreeBytes: config.minFreeDiskBytes })
      : undefined
  let listeningAt: string | undefined
  const tokens = await openAccessTokens(config, database, announce)
  const callers = new AllowedCallers({ ...common, configured: config.allowedCallers })
  await callers.open()
  const feed = new LiveFeed({ clock, states: () => sessions.states() })
  opened.push(feed)
  const webhooks = new Webhooks({
    ...common,
    published: (event) => feed.told(event),
    settings: {
      settingsOf: (instanceId, transaction) => instances.settingsOf(instanceId, transaction),
    },
    selfOf: (instanceId) => sessions.status(instanceId),
    render: (event) =>
      renderCallback(event, (id) => `${publicUrlOf(config, listeningAt)}/media/${id}`),
    wake: (lane) => courier.wake(lane),
  })
  const instances: Instances = new Instances({ ...common, endpoints: webhooks })
  const extensionTokens = new ExtensionTokens({ ...common, instances })

  const fetch = createGuardedFetch({ allowedNetworks: config.allowedNetworks })
  const courier = new Courier({ ...common, fetch, tokens: instances, version })
  opened.push(courier)
  const deadLetters = new DeadLetters({ ...common, hurry: (lane) => courier.hurry(lane) })

  const queue: QueuePort = {
    isOpen: (instanceId) => sessions.isOpen(instanceId),
    accepted: (instanceId, place) => {
      sender.accepted(instanceId, place)
      feed.changed({ instanceId, topic: 'messages' })
    },
    done: (message) => {
      sender.done(message)
      feed.changed({ instanceId: message.instanceId, topic: 'messages' })
    },
    lookAgain: (instanceId) => sender.lookAgain(instanceId),
  }
  const people = new KnownPeople(common)
  const restrictions = new Restrictions({
    ...common,
    people,
    ownPhone: (instanceId) => sessions.status(instanceId).phone,
  })
  const outgoing = { ...common, people, restrictions, events: webhooks, settings: instances, queue }
  const { codeLimits, maxWaitingBytes } = config
  const outbox = new Outbox({ ...outgoing, codeLimits, maxWaitingBytes, disk })
  const codes = new Codes({ ...common, people, outbox })
  const waiting = new WaitingMessages(outgoing)
  const incomingMedia = new IncomingMedia({
    ...common,
    source: new MediaDownload({ whatsappUrl: config.whatsapp.url }),
    askAgain: async (instanceId, file) => sessions.connectionOf(instanceId).askForFile(file),
  })
  const keptMessages = new KeptMessages({ ...common, people, keepMs: config.keepMessagesMs })
  const inbox = new Inbox({
    ...common,
    kept: keptMessages,
    contacts: restrictions,
    media: incomingMedia,
    sent: outbox,
    settings: instances,
    events: webhooks,
  })

  const calls = new Calls({
    ...common,
    settings: instances,
    events: webhooks,
    outbox,
    reject: async (instanceId, call) => sessions.connectionOf(instanceId).rejectCall(call),
  })
  const autoRead = new AutoRead({
    log,
    settings: instances,
    markRead: async (instanceId, message) => sessions.connectionOf(instanceId).markRead(message),
  })
  const presences = new Presences({
    ...common,
    settings: instances,
    events: webhooks,
    ownPhone: (instanceId) => sessions.status(instanceId).phone,
    watch: async (instanceId, chat) => sessions.connectionOf(instanceId).watchPresence(chat),
  })

  const credentials = new CredentialStore(common)
  const resends = new ResendStore(common)
  const registrations = new RegistrationStore(common)
  const answerSecrets = new AnswerSecretStore(common)
  opened.push(
    purgeLoop(
      [
        resends,
        registrations,
        incomingMedia,
        answerSecrets,
        keptMessages,
        new DoneMessages(common),
        incomingMedia,
        new OldKeys(common),
        new OldCodes(common),
        extensionTokens,
        codes,
        restrictions,
        people,
        { purge: () => administration.loginSessions.purge() },
        { purge: () => audit.purge() },
        { purge: () => ending.purge() },
      ],
      log,
    ),
  )
  const engine = new BaileysEngine({
    ...common,
    credentials,
    registrations,
    people: {
      learn: (instanceId, known) =>
        people
          .learn(instanceId, known)
          .catch((cause: unknown) => log.warn('person-not-kept', { instanceId, cause })),
    },
    answerSecrets,
    resends,
    keptMessages,
    network: config.whatsapp,
    buttonShape: config.whatsapp.buttonShape,
    proxies: {
      proxyOf: (instanceId) => proxies.proxyOf(instanceId),
      givenUp: (instanceId) => proxies.givenUp(instanceId),
      isAllowedAddress: createAddressRule(config.allowedNetworks),
    },
  })
  const sessions: Sessions = new Sessions({
    ...common,
    engine,
    events: webhooks,
    credentials,
    listener: {
      opened: (instanceId) => {
        sender.sessionOpened(instanceId)
        void presences.opened(instanceId)
      },
      receipt: (instanceId, receipt) => inbox.receipt(instanceId, receipt),
      received: async (instanceId, ownPhone, message) => {
        await inbox.received(instanceId, ownPhone, message)
        if (isOfAccount(message.content)) return
        void autoRead.stored(instanceId, message)
        void presences.talked(instanceId, message.chat)
      },
      called: (instanceId, ownPhone, call) => calls.heard(instanceId, ownPhone, call),
      presence: (instanceId, presence) => presences.changed(instanceId, presence),
      statusPosted: (instanceId, status) => autoRead.statusPosted(instanceId, status),
    },
  })
  opened.push(sessions)
  const media = new Media({ fetch, log })
  const sender: Sender = new Sender({
    ...common,
    restrictions,
    session: {
      isOpen: (instanceId) => sessions.isOpen(instanceId),
      prepare: (instanceId, recipients) => sessions.prepare(instanceId, recipients),
      send: async (instanceId, message) => {
        const result = await sessions.send(instanceId, message)
        if (result.kind === 'sent') void presences.talked(instanceId, result.chat)
        return result
      },
    },
    media,
    events: webhooks,
    policy: config.pacing,
  })
  opened.push(sender)
  const ending = new EndingInstances({
    life: new InstanceLife(common),
    waiting,
    sender,
    sessions,
    log,
  })
  const proxies: Proxies = new Proxies({
    ...common,
    events: webhooks,
    tryOut: (url) => engine.tryProxy(url),
    reconnect: (instanceId) => {
      if (sessions.isOpen(instanceId)) void sessions.restart(instanceId).catch(() => undefined)
    },
  })
  const audit = new AuditTrail(common)
  const sessionImports = new SessionImports({ instances, credentials, sessions, audit })

  const administration = await consoleDoor({
    ...common,
    instances,
    ending,
    outbox,
    waiting,
    restrictions,
    webhooks,
    deadLetters,
    sessions,
    linkBase: () => publicUrlOf(config, listeningAt),
    feed,
    config,
    version,
    announce,
  })

  const api = config.apiDocs ? zapiDescription(version) : undefined
  const readiness = new Readiness({
    database,
    checkDisk: async () => {
      await disk?.read()
      disk?.check(0)
    },
  })
  const server = createServer({
    ...config,
    log,
    checkReady: () => readiness.check(),
    api,
    names: zapiRouteNames,
  })
  await limitRequests(server, config.requestLimits)
  await server.register(
    zapiRoutes({
      restrictions,
      tokens: {
        accepts: (kind, token) => tokens.accepts(kind, token),
        admits: (caller) => callers.admits(caller),
        isClientTokenRequired: config.clientTokenRequired,
      },
      instances,
      extensionTokens,
      profiles: { profilesOf: (instanceId) => sessions.connectionOf(instanceId).profiles },
      pictures: media,
      life: ending,
      access: new InstanceAccess(common),
      proxies,
      audit,
      outbox,
      codes,
      waiting,
      histories: new MessageHistories(common),
      sessions,
      publicUrl: () => publicUrlOf(config, listeningAt),
      webhooks,
      deadLetters,
      isAllowedAddress: createAddressRule(config.allowedNetworks),
      allowHttpCallbacks: config.allowHttpCallbacks,
    }),
  )
  const rooms = { outbox, webhooks, sessions, tokens, callers, audit }
  const { metricsToken, clientTokenRequired: isClientTokenRequired } = config
  await server.register(administration.routes)
  await server.register(
    operatorDoor({
      ...common,
      ...rooms,
      ...administration,
      instances,
      sessionImports,
      isClientTokenRequired,
      metricsToken,
      version,
    }),
  )
  await server.register(mediaRoute({ open: (id, signal) => incomingMedia.open(id, signal) }))
  opened.push({ [Symbol.asyncDispose]: () => server.close() })

  courier.start()
  await sender.start()
  await sessions.start(await instances.ids())
  const address = await server.listen({ host: config.host, port: config.port })
  listeningAt = address
  log.info('gateway-listening', { address })
  return address
}

async function openStore(
  config: Config,
  { log, announce }: GatewayOptions,
  opened: AsyncDisposable[],
): Promise<{ database: Database; vault: Vault }> {
  const source = { configured: config.masterKey?.reveal(), dataDir: config.dataDir }
  const found = await findMasterKey(source)
  const url = config.databaseUrl?.reveal()
  if (url !== undefined)
    await awaitPostgres(url, {
      clock: systemClock,
      waitMs: waitForPostgresMs,
      onWait: (cause) => log.warn('database-awaited', { cause }),
    })
  const location = url === undefined ? { dataDir: config.dataDir } : { url }
  const refusal = await refusalOfNewData(found, location, config.dataDir)
  const database = await openDatabase(location, undefined, undefined, refusal)
  opened.push(database)
  if (found === undefined) await refuseNewKeyFor(database)
  const masterKey = found ?? (await openMasterKey(source))
  if (masterKey.madeNow) announce(masterKeyNotice(masterKey.path ?? config.dataDir))
  const vault = createVault(masterKey.key)
  await checkMasterKey(database, vault)
  return { database, vault }
}

async function openAccessTokens(
  config: Config,
  database: Database,
  announce: GatewayOptions['announce'],
): Promise<AccessTokens> {
  const tokens = new AccessTokens({
    database,
    clock: systemClock,
    client: config.clientToken?.reveal(),
    partner: config.partnerToken?.reveal(),
  })
  const made = await tokens.open()
  if (made.client !== undefined || made.partner !== undefined) announce(tokenNotice(made))
  return tokens
}

function masterKeyNotice(path: string): string {
  return `
BACK UP THIS FILE: ${path}
It is the master key of everything stored here. Without it sessions, messages and
tokens can not be read, and every number has to be paired again.`
}

function tokenNotice({ client, partner }: { client?: string; partner?: string }): string {
  const lines = [
    client === undefined ? '' : `  export RECADO_CLIENT_TOKEN=${client}`,
    partner === undefined ? '' : `  export RECADO_PARTNER_TOKEN=${partner}`,
  ]
  return `
These tokens were made now and are shown only this once:

${lines.filter((line) => line !== '').join('\n')}

Callers send the first as the header Client-Token; the second makes instances.
`
}

/** Removes what nobody needs any more: what holds codes first. */
function purgeLoop(stores: readonly { purge(): Promise<number> }[], log: Log): AsyncDisposable {
  const loop = new WorkerLoop({
    name: 'purge',
    clock: systemClock,
    log,
    step: async () => {
      for (const store of stores) await store.purge()
      return purgeEveryMs
    },
  })
  loop.start()
  return { [Symbol.asyncDispose]: () => loop.stop() }
}

/** Closes all of them whatever happens on the way: a room that fails must not keep the database open. */
async function closeInReverse(opened: AsyncDisposable[]): Promise<void> {
  const failures: unknown[] = []
  for (const each of opened.splice(0).toReversed()) {
    try {
      await each[Symbol.asyncDispose]()
    } catch (cause) {
      failures.push(cause)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed')
}
