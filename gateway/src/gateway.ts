/**
 * Starts and stops the gateway: `composition/` builds the modules, this file knows their order.
 *
 * The order is the path of a message: store → who may call → callbacks → outgoing → incoming →
 * sessions → servers. A module that needs a later one is given a function that returns it.
 */

import { buildAlerts } from './composition/alerts.js'
import { buildCallbacks } from './composition/callbacks.js'
import { buildDirectory } from './composition/directory.js'
import type { Base } from './composition/base.js'
import { EndingInstances } from './composition/ending-instances.js'
import { openIdentity } from './composition/identity.js'
import { buildIncoming, type Incoming } from './composition/incoming.js'
import { buildNodes, standingElsewhere } from './composition/nodes.js'
import { figuresOf } from './composition/operator.js'
import { buildOutgoing, type Outgoing } from './composition/outgoing.js'
import { startPurging } from './composition/purging.js'
import { buildServers } from './composition/servers.js'
import { buildSessions } from './composition/sessions.js'
import { openStore } from './composition/store.js'
import type { Config } from './config.js'
import { LiveFeed } from './console/live-feed.js'
import { FreeDisk } from './db/free-disk.js'
import type { InstanceId } from './domain/instance.js'
import { InstanceLife } from './instances/instance-life.js'
import { publicUrlOf } from './public-url.js'
import { systemClock } from './runtime/clock.js'
import { createGuardedFetch } from './runtime/guarded-fetch.js'
import { Metrics } from './runtime/metrics.js'
import type { Log } from './runtime/telemetry.js'
import type { Sessions } from './sessions/sessions.js'

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

/**
 * Starts everything and listens. Disposing stops in reverse: the HTTP server first,
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

/** Opens the store, builds all modules, starts them and listens. Puts what must be closed into `opened`. */
async function open(
  config: Config,
  options: GatewayOptions,
  opened: AsyncDisposable[],
): Promise<string> {
  const keep = (one: AsyncDisposable): void => void opened.push(one)
  const { log, version } = options
  const store = await openStore(config, { ...options, opened: keep })
  const metrics: Metrics = new Metrics(() => {
    const { outgoing, callbacks, shared } = built
    const modules = { ...outgoing, ...callbacks, ...built, clock: systemClock }
    return figuresOf({ ...modules, nodeFigures: () => shared?.figures() })
  }, version)
  const base: Base = { ...store, clock: systemClock, random: Math.random, log, metrics }
  let listeningAt: string | undefined
  const built = await build(base, { ...options, config, keep, listeningAt: () => listeningAt })
  const { callbacks, outgoing, sessions, shared, servers } = built
  keep(startPurging(built.purged, base))
  keep({ [Symbol.asyncDispose]: () => servers.server.close() })

  callbacks.courier.start()
  await outgoing.sender.start()
  if (shared === undefined) await sessions.start(await callbacks.instances.ids())
  else await shared.start()
  outgoing.failover.start()
  built.alerting.start()
  listeningAt = await servers.server.listen({ host: config.host, port: config.port })
  shared?.nodes.listens()
  log.info('gateway-listening', { address: listeningAt })
  return listeningAt
}

interface BuildOptions extends GatewayOptions {
  readonly config: Config
  /** Takes what is closed in reverse at the end. */
  readonly keep: (one: AsyncDisposable) => void
  /** Undefined until the server listens. */
  readonly listeningAt: () => string | undefined
}

/** Builds every module in the order of the path of a message. Nothing is started. */
async function build(base: Base, options: BuildOptions) {
  const { config, version, announce, keep, listeningAt } = options
  const publicUrl = (): string => publicUrlOf(config, listeningAt())
  const disk = diskOf(config)
  const fetch = createGuardedFetch({ allowedNetworks: config.allowedNetworks })
  const feed = new LiveFeed({
    clock: systemClock,
    states: () => sessions.states(),
    signals: base.database.signals,
  })
  keep(feed)

  const shared = buildNodes(base, {
    config,
    version,
    listeningAt,
    sender: () => outgoing.sender,
    sessions: () => sessions,
    courier: () => callbacks.courier,
    identity: () => identity,
  })
  const identity = await openIdentity(base, config, announce)
  keep(identity.refused)
  const callbacks = buildCallbacks(base, {
    fetch,
    version,
    published: (event) => {
      feed.told(event)
      if (event.kind !== 'message.sent') return
      known.directory.sent(event.instanceId, event.chat, event.occurredAt)
      void incoming.presences.talked(event.instanceId, event.chat)
    },
    selfOf: (instanceId) => sessions.status(instanceId),
    mediaUrl: (id) => `${publicUrl()}/media/${id}`,
  })
  keep(callbacks.courier)
  const later = { sessions: (): Sessions => sessions, keeping: () => connected.keeping }
  const known = buildDirectory(base, config, callbacks.instances)
  keep(known.directory)
  const changed = (instanceId: InstanceId): void => feed.changed({ instanceId, topic: 'messages' })
  const forOutgoing = { ...later, ...callbacks, known, config, disk, fetch, changed }
  const outgoing = buildOutgoing(base, forOutgoing)
  const files = () => connected.files
  const opened = (): void => shared?.nodes.wake()
  const received = { ...later, ...callbacks, config, files, known, outgoing, opened }
  const incoming: Incoming = buildIncoming(base, received)
  const connected = buildSessions(base, {
    ...callbacks,
    ...known,
    ...incoming,
    config,
    elsewhere: (instanceId) => standingElsewhere(shared, instanceId),
  })
  const sessions: Sessions = connected.sessions
  keep(sessions)
  keep(outgoing.sender)
  keep(outgoing.failover)
  if (shared !== undefined) keep(shared)
  const watched = { ...callbacks, ...outgoing, sessions, nodes: shared }
  const alerting = buildAlerts(base, { config, version, fetch, disk, ...watched })
  keep(alerting)
  const modules = { callbacks, known, outgoing, incoming, connected, alerts: alerting.alerts }
  const ending = endingOf(base, outgoing, sessions)
  const nodes = shared
  const also = { config, version, announce, disk, feed, identity, ending, nodes, publicUrl }
  const servers = await buildServers(base, { ...modules, ...also })
  const withPurges = [alerting, connected, incoming, outgoing, known, callbacks, servers]
  const purged = [
    ...withPurges.flatMap((module) => module.purged),
    ...(shared?.purged ?? []),
    ending,
  ]
  return { callbacks, outgoing, sessions, shared, servers, alerting, purged }
}

function endingOf(
  base: Base,
  { waiting, failover, sender }: Outgoing,
  sessions: Sessions,
): EndingInstances {
  return new EndingInstances({
    life: new InstanceLife(base),
    waiting,
    failover,
    sender,
    sessions,
    log: base.log,
    runs: (id) => base.database.fence.runs(id),
  })
}

/** Unset with PostgreSQL, whose disk is not this machine's. */
function diskOf({ databaseUrl, dataDir, minFreeDiskBytes }: Config): FreeDisk | undefined {
  if (databaseUrl !== undefined) return undefined
  return new FreeDisk({ path: dataDir, minFreeBytes: minFreeDiskBytes })
}

/** Closes all of them whatever happens on the way: a module that fails must not keep the database open. */
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
