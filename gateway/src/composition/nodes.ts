/** This gateway as one of several nodes, and what it runs of the instances: their queues, sessions and callbacks. */

import { randomUUID } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { Config } from '../config.js'
import { Notifications } from '../db/notifications.js'
import type { Work } from '../db/signals.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { isReachable as answersAt } from '../http/node-link.js'
import { Handovers } from '../nodes/handovers.js'
import { LeaseStore, type NodeRow } from '../nodes/lease-store.js'
import { type InstanceRunner, Nodes, type TakenInstance } from '../nodes/nodes.js'
import type { NodeFigures } from '../runtime/metrics.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import type { Sender } from '../outbox/queue/sender.js'
import { type Told, untoldMs } from '../sessions/notices.js'
import type { Sessions, SessionStatus } from '../sessions/sessions.js'
import type { Courier } from '../webhooks/courier.js'
import type { Base, Purged } from './base.js'
import type { Identity } from './identity.js'

export interface NodesBuildOptions {
  readonly config: Config
  readonly version: string
  /** Where this gateway listens; `undefined` before it does. */
  readonly listeningAt: () => string | undefined
  readonly sender: () => Sender
  readonly sessions: () => Sessions
  readonly courier: () => Courier
  /** Tokens and allowed callers, which another node may have changed. */
  readonly identity: () => Pick<Identity, 'tokens' | 'callers'>
}

export interface BuiltNodes extends AsyncDisposable {
  readonly nodes: Nodes
  /** Takes its first instances. Throws what the database throws. */
  start(): Promise<void>
  /** The nodes that live, as this one sees them. Throws what the database throws. */
  report(): Promise<readonly NodeReport[]>
  /** For Prometheus. */
  figures(): NodeFigures
  readonly handovers: Handovers
  /** Whether this node is the lead, by what the database says now. Throws what the database throws. */
  isLead(): Promise<boolean>
  readonly purged: readonly Purged[]
}

/** What `recado nodes` and `recado doctor` are told of a node. */
export interface NodeReport {
  readonly id: string
  readonly url: string
  readonly version: string
  /** Milliseconds since 1970, by the clock of the database. */
  readonly startedAt: EpochMs
  readonly heartbeatAgoMs: number
  readonly isLeaving: boolean
  readonly instances: number
  /** Whether it is the one that answers. */
  readonly isThis: boolean
  /** Whether the one that answers reaches it at its address. */
  readonly isReachable: boolean
  /** How far the clock of the one that answers is ahead of the database. Only of itself. */
  readonly clockAheadMs?: number
}

/** `undefined` for a gateway that has its database alone. Build it before anything is stored. */
export function buildNodes(base: Base, options: NodesBuildOptions): BuiltNodes | undefined {
  const { config, version, listeningAt } = options
  if (config.nodes === undefined) return undefined
  const { leaseMs, url: ownUrl } = config.nodes
  const store = new LeaseStore({ leaseMs })
  const handovers = new Handovers(base.database.query)
  const id = randomUUID()
  const { sender, courier, identity } = options
  const work = (kind: Work, instanceId: InstanceId): void => {
    if (kind === 'lease') return nodes.wake()
    if (!base.database.fence.runs(instanceId)) return
    if (kind === 'queue') sender().lookAgain(instanceId)
    else courier().take([instanceId])
  }
  const notifications = new Notifications({
    ...base,
    url: config.databaseUrl?.reveal() ?? '',
    nodeId: id,
    signals: base.database.signals,
    heard: work,
    missed: () => polling.wake(),
  })
  const polling: WorkerLoop = new WorkerLoop({
    ...base,
    name: 'nodes-polling',
    step: async () => {
      if (nodes.isAlone) return pollEveryMs
      // A signal may be lost: what other nodes stored is found all the same.
      await sender().lookForOthers()
      courier().take(nodes.running)
      await identity().tokens.open()
      await identity().callers.open()
      return pollEveryMs
    },
  })
  const nodes: Nodes = new Nodes({
    ...base,
    store,
    self: { id, version },
    url: () => ownUrl ?? reachable(listeningAt() ?? toListenAt(config)),
    leaseMs,
    runner: runnerOf(options),
  })
  return {
    nodes,
    async start() {
      notifications.start()
      await nodes.start()
      polling.start()
    },
    async [Symbol.asyncDispose]() {
      await polling.stop()
      await nodes[Symbol.asyncDispose]()
      await notifications[Symbol.asyncDispose]()
    },
    isLead: async () => isLead((await store.census(base.database.query)).nodes, id),
    report: () => reportOf(store, base, id),
    figures: () => ({
      instances: nodes.running.length,
      nodes: nodes.nodes.length,
      isLead: isLead(nodes.nodes, id),
    }),
    handovers,
    purged: purgedOf(base, store, handovers),
  }
}

async function reportOf(store: LeaseStore, { database, clock }: Base, id: string) {
  const askedAt = clock.now()
  const databaseNow = await store.now(database.query)
  const clockAheadMs = Math.round((askedAt + clock.now()) / 2 - databaseNow)
  const { nodes: living } = await store.census(database.query)
  return Promise.all(
    living.map(async ({ owned, ...node }) => {
      const isThis = node.id === id
      const isReachable = isThis || (await answersAt(node.url))
      return { ...node, instances: owned, isThis, isReachable, ...(isThis && { clockAheadMs }) }
    }),
  )
}

/** The lead does what one node alone must do. `living`: in the order of the census. */
function isLead(living: readonly NodeRow[], id: string): boolean {
  return living.find(({ isLeaving }) => !isLeaving)?.id === id
}

function purgedOf({ database, clock }: Base, store: LeaseStore, handovers: Handovers): Purged[] {
  return [
    { purge: () => store.purge(database.query) },
    { purge: () => handovers.purge(clock.now()) },
  ]
}

/** A code that another node accepted waits no longer, also if no signal comes through. */
const pollEveryMs = 3_000

function runnerOf({ sender, sessions, courier }: NodesBuildOptions): InstanceRunner {
  return {
    recover: (ids) => sender().recover(ids),
    begin: (taken) => {
      const ids = taken.map(({ instanceId }) => instanceId)
      sender().begin(ids)
      courier().take(ids)
      void sessions().start(ids, toldBefore(taken))
    },
    // The session stays open until the sends in the air are over.
    release: async (id) => {
      await sender().forget(id)
      const told = await sessions().forget(id)
      await courier().release(id)
      const standing: LeftStanding = { state: 'idle', told }
      return JSON.stringify(standing)
    },
    resume: (ids) => {
      sender().resume(ids)
      courier().take(ids)
      sessions().resume(ids)
    },
    lose: async (ids) => {
      const closed = sessions().lose(ids)
      sender().lose(ids)
      await closed
    },
    standingOf: (id) => writeStanding(sessions().status(id)),
  }
}

/** How a session stands that no node runs, and what its receivers were told of it last. */
interface LeftStanding extends SessionStatus {
  readonly told: Told | undefined
}

/** Only of a short hand-over: after a longer one, receivers are told again, as after any other start. */
function toldBefore(taken: readonly TakenInstance[]): ReadonlyMap<InstanceId, Told> {
  const found = new Map<InstanceId, Told>()
  for (const { instanceId, before } of taken) {
    if (before?.left === undefined || before.freeMs > untoldMs) continue
    const { told }: LeftStanding = JSON.parse(before.left)
    if (told !== undefined) found.set(instanceId, told)
  }
  return found
}

function writeStanding(status: SessionStatus): string {
  return JSON.stringify({ ...status, passkey: undefined })
}

/** How a session stands that another node runs. */
export function standingElsewhere(
  built: BuiltNodes | undefined,
  instanceId: InstanceId,
): SessionStatus | undefined {
  const text = built?.nodes.standingElsewhere(instanceId)
  if (text === undefined) return undefined
  // Another node of this version or the adjacent one wrote it.
  const standing: SessionStatus = JSON.parse(text)
  return standing
}

/** Before it listens: instances are taken before that. Undefined while the system is to choose the port. */
function toListenAt({ host, port }: Config): string | undefined {
  return port === 0 ? undefined : `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** An address that listens everywhere is no address to call: the first one of this machine is. */
function reachable(listeningAt: string | undefined): string {
  if (listeningAt === undefined) return ''
  const url = new URL(listeningAt)
  if (url.hostname !== '0.0.0.0' && url.hostname !== '[::]') return url.origin
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  url.hostname = own?.address ?? '127.0.0.1'
  return url.origin
}
