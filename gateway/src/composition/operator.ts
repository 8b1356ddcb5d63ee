/**
 * What the operator reads of a running gateway, put together from its modules:
 * the figures for Prometheus, and what `recado doctor` and `recado backup` ask.
 * Part of the composition root; `gateway.ts` alone uses it.
 */

import type { FastifyPluginAsync } from 'fastify'
import type { Administrators } from '../administrators/administrators.js'
import type { LoginSessions } from '../administrators/login-sessions.js'
import type { People } from '../administrators/people.js'
import type { Alerts } from '../alerts/alerts.js'
import { invitationUrl } from '../console/people-routes.js'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Actor } from '../domain/audit.js'
import { remedyOf } from '../domain/disconnection.js'
import { explain } from '../domain/disconnection-texts.js'
import { metricsRoute } from '../http/metrics-route.js'
import { operatorRoutes } from '../http/operator-routes.js'
import type { PeopleRouteOptions } from '../http/people-route.js'
import type { AccessTokens } from '../instances/access-tokens.js'
import type { AllowedCallers } from '../instances/allowed-callers.js'
import type { ApiKeys } from '../instances/api-keys.js'
import type { AuditLog } from '../instances/audit-log.js'
import type { Instances } from '../instances/instances.js'
import { dumpLines } from '../operating/dump.js'
import { operatorTokenOf } from '../operating/operator-token.js'
import { removeAdministrators } from '../operating/remove-administrators.js'
import type { Outbox } from '../outbox/outbox.js'
import { memberStates, type PoolStandings } from '../pools/pool-standings.js'
import type { Clock } from '../runtime/clock.js'
import {
  type CurrentFigures,
  type Metrics,
  mostPools,
  type NodeFigures,
  type PoolFigures,
} from '../runtime/metrics.js'
import type { Secret } from '../runtime/secret.js'
import { hashToken, tokensMatch } from '../runtime/token-hash.js'
import type { Sessions } from '../sessions/sessions.js'
import type { Webhooks } from '../webhooks/webhooks.js'
import type { NodeReport } from './nodes.js'
import type { SessionImports } from './session-import.js'

const dayMs = 86_400_000

interface Modules {
  readonly poolStandings: Pick<PoolStandings, 'of'>
  readonly outbox: Pick<Outbox, 'figures'>
  readonly webhooks: Pick<Webhooks, 'figures' | 'urls' | 'disabledEndpoints'>
  readonly sessions: Pick<Sessions, 'figures' | 'disconnections'>
  readonly clock: Clock
  readonly instances: Pick<Instances, 'pools'>
  readonly nodeFigures: () => NodeFigures | undefined
}

export interface OperatorBuildOptions extends Modules {
  readonly database: Database
  readonly vault: Vault
  readonly tokens: AccessTokens
  readonly callers: AllowedCallers
  readonly audit: AuditLog
  readonly administrators: Administrators
  readonly people: People
  readonly apiKeys: ApiKeys
  /** The address that people reach the gateway by, without a slash at the end. */
  readonly linkBase: () => string
  readonly alerts: Pick<Alerts, 'test'>
  readonly instances: Pick<Instances, 'list' | 'find' | 'pools'>
  readonly sessionImports: Pick<SessionImports, 'look' | 'apply'>
  /** Of instances that do not say otherwise. */
  readonly isClientTokenRequired: boolean
  readonly loginSessions: LoginSessions
  readonly metrics: Metrics
  /** Reads the figures and nothing else, so that no Prometheus has to hold the partner's token. */
  readonly metricsToken: Secret | undefined
  readonly version: string
  /** Empty for a gateway that has its database alone. */
  readonly nodesReport: () => Promise<readonly NodeReport[]>
}

export function buildOperator(options: OperatorBuildOptions): FastifyPluginAsync {
  const { database, vault, tokens, audit, metrics, metricsToken, clock, version } = options
  const metricsHash = metricsToken === undefined ? '' : hashToken(metricsToken.reveal())
  const operatorHash = hashToken(operatorTokenOf(vault))
  return async (app) => {
    await app.register(
      metricsRoute({
        figures: metrics,
        mayRead: (token) => tokensMatch(token, metricsHash) || tokens.accepts('partner', token),
      }),
    )
    await app.register(
      operatorRoutes({
        mayOperate: (token) => tokensMatch(token, operatorHash),
        dump: () => dumpLines(database, clock.now()),
        security: options,
        alerts: options.alerts,
        who: peopleAndKeys(options),
        administrators: { reset: (by) => resetAdministrators(options, by) },
        sessionImports: {
          isInstance: async (id) => (await options.instances.find(id)) !== undefined,
          imports: options.sessionImports,
        },
        backupTaken: (address) =>
          audit.record({ act: 'backup-taken', by: { role: 'operator', address } }),
        report: async () => ({
          version,
          figures: await figuresOf(options),
          callbackUrls: await options.webhooks.urls(),
          disconnections: disconnectionsOf(options.sessions),
          clientTokenOptional: await clientTokenOptionalIn(options),
          disabledCallbacks: await options.webhooks.disabledEndpoints(),
          nodes: await options.nodesReport(),
        }),
      }),
    )
  }
}

function peopleAndKeys({
  people,
  apiKeys,
  linkBase,
  clock,
}: OperatorBuildOptions): PeopleRouteOptions {
  return {
    people: {
      list: () => people.list(),
      changeRole: (...change) => people.changeRole(...change),
      remove: (...which) => people.remove(...which),
      invite: async (wish, by) => {
        const { token, expiresAt } = await people.invite(wish, by)
        return { url: invitationUrl(linkBase(), token), expiresAt }
      },
    },
    apiKeys: {
      list: async () =>
        (await apiKeys.list()).map((key) => ({
          ...key,
          scopes: [...key.scopes],
          instanceIds: key.instanceIds === undefined ? null : [...key.instanceIds],
          expiresAt: key.expiresAt ?? null,
          lastUsedAt: key.lastUsedAt ?? null,
        })),
      create: ({ days, ...wish }, by) => {
        const expiresAt = days === undefined ? undefined : clock.now() + days * dayMs
        return apiKeys.create({ ...wish, expiresAt }, by)
      },
      revoke: (...which) => apiKeys.revoke(...which),
    },
  }
}

async function resetAdministrators(
  { database, clock, administrators, loginSessions }: OperatorBuildOptions,
  by: Actor,
): Promise<{ administrators: number; logins: number; setupCode: string }> {
  const removed = await removeAdministrators(database, by, clock.now())
  loginSessions.removed(removed.sessionIds)
  const setupCode = await administrators.open()
  if (setupCode === undefined) throw new Error('an administrator was made in the middle of this')
  return { administrators: removed.administrators, logins: removed.sessionIds.size, setupCode }
}

function disconnectionsOf(sessions: Pick<Sessions, 'disconnections'>): readonly object[] {
  return [...sessions.disconnections()].map(([instanceId, disconnection]) => {
    const { cause, cure } = explain(disconnection)
    const { reason, since } = disconnection
    const remedy = remedyOf(reason)
    return { instanceId, reason, since, remedy, cause: cause.en, cure: cure.en }
  })
}

async function clientTokenOptionalIn({
  instances,
  isClientTokenRequired,
}: OperatorBuildOptions): Promise<readonly string[] | 'all'> {
  if (!isClientTokenRequired) return 'all'
  const all = await instances.list()
  return all.filter(({ settings }) => settings.clientTokenOptional).map(({ id }) => id)
}

/** One reading of the present, by indexes. */
export async function figuresOf(modules: Modules): Promise<CurrentFigures> {
  const messages = await modules.outbox.figures()
  const callbacks = await modules.webhooks.figures()
  const now = modules.clock.now()
  return {
    waiting: messages.waiting,
    oldestWaitingMs: now - (messages.oldestAcceptedAt ?? now),
    pendingCallbacks: callbacks.pending,
    oldestPendingCallbackMs: now - (callbacks.oldestPendingCreatedAt ?? now),
    deadCallbacks: callbacks.dead,
    sessions: modules.sessions.figures(),
    pools: await poolFigures(modules),
    node: modules.nodeFigures(),
  }
}

async function poolFigures({
  instances,
  poolStandings,
}: Pick<Modules, 'instances' | 'poolStandings'>): Promise<readonly PoolFigures[]> {
  const figures: PoolFigures[] = []
  for (const { id } of (await instances.pools()).slice(0, mostPools)) {
    const { members, waitsMs } = await poolStandings.of(id)
    const counts: Record<string, number> = {}
    for (const state of memberStates)
      counts[state] = members.filter((each) => each.state === state).length
    figures.push({ id, members: counts, codeWaitMs: waitsMs?.high })
  }
  return figures
}
