/** The HTTP server with everything that it serves. */

import type { FastifyInstance } from 'fastify'
import type { Alerts } from '../alerts/alerts.js'
import type { Config } from '../config.js'
import type { LiveFeed } from '../console/live-feed.js'
import type { FreeDisk } from '../db/free-disk.js'
import { Readiness } from '../db/readiness.js'
import { mediaRoute } from '../http/media-route.js'
import { NodeLink } from '../http/node-link.js'
import { limitRequests } from '../http/request-limits.js'
import { createServer } from '../http/server.js'
import { InstanceLife } from '../instances/instance-life.js'
import type { Nodes } from '../nodes/nodes.js'
import { MessageHistories } from '../outbox/history/message-history.js'
import { MessageSearch } from '../outbox/history/message-search.js'
import { Pools } from '../pools/pools.js'
import { createAddressRule } from '../runtime/address-rule.js'
import { loadWhatsapp } from '../whatsapp/load.js'
import { zapiDescription } from '../zapi/api-description.js'
import { accountCalls, describedCalls, instanceCalls } from '../zapi/instance-calls.js'
import { mcpRoute } from '../zapi/mcp/routes.js'
import { zapiRouteNames } from '../zapi/route-names.js'
import { type ZapiOptions, zapiRoutes } from '../zapi/routes.js'
import type { Base, Purged } from './base.js'
import type { Callbacks } from './callbacks.js'
import { buildConsole } from './console.js'
import type { EndingInstances } from './ending-instances.js'
import type { Identity } from './identity.js'
import type { Incoming } from './incoming.js'
import { buildOperator } from './operator.js'
import type { BuiltDirectory } from './directory.js'
import type { Outgoing } from './outgoing.js'
import type { BuiltNodes } from './nodes.js'
import { SessionImports } from './session-import.js'
import type { BuiltSessions } from './sessions.js'

export interface ServersOptions {
  readonly config: Config
  readonly version: string
  readonly announce: (text: string) => void
  readonly disk: FreeDisk | undefined
  readonly feed: LiveFeed
  readonly identity: Identity
  readonly callbacks: Callbacks
  readonly known: BuiltDirectory
  readonly alerts: Alerts
  readonly outgoing: Outgoing
  readonly incoming: Incoming
  readonly connected: BuiltSessions
  readonly ending: EndingInstances
  /** Unset for a gateway that has its database alone. */
  readonly nodes: BuiltNodes | undefined
  /** The address that people reach this gateway by, without a slash at the end. */
  readonly publicUrl: () => string
}

export interface Servers {
  /** Does not listen yet. */
  readonly server: FastifyInstance
  readonly purged: readonly Purged[]
}

export async function buildServers(base: Base, options: ServersOptions): Promise<Servers> {
  const { config, version, identity, callbacks, outgoing, incoming, connected } = options
  const nodeLink = nodeLinkOf(base, options.nodes?.nodes)
  const server = createServer({
    ...config,
    log: base.log,
    checkReady: readinessOf(base, options.disk),
    api: config.apiDocs ? zapiDescription(version) : undefined,
    names: zapiRouteNames,
    files: outgoing.files,
    nodeLink,
    refused: (call) => identity.refused.note(call),
  })
  await limitRequests(server, config.requestLimits)
  const dialect = dialectOf(base, options)
  await server.register(zapiRoutes(dialect))
  await server.register(agentsOf(base, options, dialect, nodeLink))
  const { instances } = callbacks
  const { outbox, waiting, restrictions } = outgoing
  const { sessions, credentials } = connected
  const { audit, tokens, callers } = identity
  const imports = new SessionImports({ instances, credentials, sessions, audit })
  const administration = await buildConsole({
    ...base,
    ...callbacks,
    config,
    version,
    calls: {
      described: describedCalls,
      routes: instanceCalls(dialect),
      accountRoutes: accountCalls(dialect),
    },
    waiting,
    restrictions,
    sessions,
    proxies: connected.proxies,
    audit,
    ending: options.ending,
    alerts: options.alerts,
    feed: options.feed,
    announce: options.announce,
    linkBase: options.publicUrl,
    nodes: options.nodes,
    handOn: async (...call) => nodeLink?.handOn(...call),
    imports,
    forecast: (instanceId) => outbox.forecast(instanceId),
  })
  await server.register(administration.routes)
  await server.register(
    buildOperator({
      ...base,
      ...administration,
      ...callbacks,
      linkBase: options.publicUrl,
      poolStandings: outgoing.poolStandings,
      alerts: options.alerts,
      outbox,
      sessions,
      sessionImports: imports,
      tokens,
      callers,
      audit,
      isClientTokenRequired: config.clientTokenRequired,
      metricsToken: config.metricsToken,
      nodeFigures: () => options.nodes?.figures(),
      nodesReport: async () => (await options.nodes?.report()) ?? [],
      version,
    }),
  )
  await server.register(filesOf(incoming, nodeLink))
  const { loginSessions, administrators, people } = administration
  return { server, purged: [loginSessions, administrators, people, audit] }
}

/** `/mcp`. The node that runs the instance answers. */
function agentsOf(
  { log }: Base,
  { config, version, outgoing, publicUrl }: ServersOptions,
  dialect: Parameters<typeof zapiRoutes>[0],
  nodeLink: NodeLink | undefined,
) {
  return mcpRoute({
    ...dialect,
    log,
    version,
    intake: outgoing.files,
    hosts: () => hostsOf(config, publicUrl()),
    handOn: async (instanceId, request, reply) => nodeLink?.handOn(instanceId, request, reply),
  })
}

/** Files of received messages. The node that runs the instance gives them. */
function filesOf({ incomingMedia }: Incoming, nodeLink: NodeLink | undefined) {
  return mediaRoute({
    open: (id, signal) => incomingMedia.open(id, signal),
    handOn: async (id, ...call) => {
      const instanceId = await incomingMedia.instanceOf(id)
      if (instanceId !== undefined) await nodeLink?.handOn(instanceId, ...call)
    },
  })
}

/** The host names by which programs call. The page of a stranger has another one. */
function hostsOf({ host }: Config, publicUrl: string): readonly string[] {
  return ['localhost', '127.0.0.1', '[::1]', host, new URL(publicUrl).hostname]
}

function nodeLinkOf({ vault, clock }: Base, nodes: Nodes | undefined): NodeLink | undefined {
  if (nodes === undefined) return undefined
  return new NodeLink({
    key: vault.deriveSecret('node-link'),
    whose: (instanceId) => nodes.whose(instanceId),
    now: () => clock.now(),
  })
}

function readinessOf({ database }: Base, disk: FreeDisk | undefined): () => Promise<void> {
  const readiness = new Readiness({
    database,
    checkDisk: async () => {
      await disk?.read()
      disk?.check(0)
    },
  })
  return () => readiness.check()
}

function dialectOf(base: Base, options: ServersOptions): ZapiOptions {
  const { config, identity, callbacks, outgoing, connected, ending, publicUrl } = options
  const { incomingMedia } = options.incoming
  const { tokens, callers, access, audit, refused } = identity
  const { sessions, proxies } = connected
  return {
    ...callbacks,
    ...options.known,
    ...outgoing,
    pools: new Pools({
      ...base,
      instances: callbacks.instances,
      audit,
      erase: (id, by) =>
        new InstanceLife(base).delete(id, by, (transaction) =>
          outgoing.files.leavePool(id, transaction),
        ),
      changed: (instanceId) => {
        outgoing.failover.membershipChanged(instanceId)
        // The warm-up of a pool counts for its members.
        outgoing.sender.lookAgain(instanceId)
      },
    }),
    incomingMedia,
    readKept: async (...kept) => (await loadWhatsapp()).readKept(...kept),
    marks: {
      markRead: async (instanceId, message) => sessions.connectionOf(instanceId).markRead(message),
    },
    tokens: {
      accepts: (kind, token) => tokens.accepts(kind, token),
      admits: (caller) => callers.admits(caller),
      isClientTokenRequired: config.clientTokenRequired,
    },
    profiles: { profilesOf: (instanceId) => sessions.connectionOf(instanceId).profiles },
    groups: { groupsOf: (instanceId) => sessions.connectionOf(instanceId).groups },
    business: { businessOf: (instanceId) => sessions.connectionOf(instanceId).business },
    catalogs: { catalogOf: (instanceId) => sessions.connectionOf(instanceId).catalogs },
    newsletters: {
      newslettersOf: (instanceId) => sessions.connectionOf(instanceId).newsletters,
    },
    communities: {
      communitiesOf: (instanceId) => sessions.connectionOf(instanceId).communities,
    },
    account: { accountOf: (instanceId) => sessions.connectionOf(instanceId).account },
    pictures: outgoing.media,
    life: ending,
    access,
    proxies,
    audit,
    refused,
    histories: new MessageHistories(base),
    search: new MessageSearch(base),
    sessions,
    publicUrl,
    isAllowedAddress: createAddressRule(config.allowedNetworks),
    allowHttpCallbacks: config.allowHttpCallbacks,
  }
}
