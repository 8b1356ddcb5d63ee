/**
 * What the operator's own commands ask of a running gateway: `recado backup`
 * and `recado doctor`. The database is locked to this process, so they cannot
 * look for themselves.
 */

import { Readable } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { type AlertsRouteOptions, alertsRoute } from './alerts-route.js'
import { type AuditOfRoute, auditRoutes } from './audited-routes.js'
import { bearerOf } from './bearer.js'
import { replyWithError } from './error-reply.js'
import { type ImportRouteOptions, importRoute } from './import-route.js'
import { operation } from './operation.js'
import { type PeopleRouteOptions, peopleRoute } from './people-route.js'
import { type AdministratorsRouteOptions, administratorsRoute } from './administrators-route.js'
import { type SecurityRoutesOptions, securityRoutes } from './security-routes.js'

export interface OperatorRoutesOptions {
  /** In constant time. */
  readonly mayOperate: (token: string) => boolean
  /** Lines of JSON: everything that is stored, at one moment. */
  readonly dump: () => AsyncIterable<string>
  readonly report: () => Promise<object>
  readonly security: SecurityRoutesOptions
  readonly administrators: AdministratorsRouteOptions
  readonly alerts: AlertsRouteOptions
  readonly who: PeopleRouteOptions
  readonly sessionImports: ImportRouteOptions
  /** Hears of a backup before its first byte. */
  readonly backupTaken: (address: string) => Promise<void>
}

const report = operation({
  tag: 'operator',
  summary: 'Gives what `recado doctor` asks of a running gateway.',
  description: 'For that command: its form may change with any version.',
  answer: Type.Object(
    {
      version: Type.String({ description: 'Of the gateway.' }),
      figures: Type.Object({}, { description: 'How much waits, and the sessions by state.' }),
      callbackUrls: Type.Array(Type.String(), { description: 'Where callbacks go.' }),
      disconnections: Type.Array(Type.Object({}), { description: 'Why instances are away.' }),
      clientTokenOptional: Type.Union([Type.Literal('all'), Type.Array(Type.String())], {
        description: 'Instances that are called without Client-Token.',
      }),
      disabledCallbacks: Type.Array(Type.Object({}), {
        description: 'URLs that get nothing any more because they answered 410.',
      }),
      nodes: Type.Array(Type.Object({}), {
        description: 'The gateways of this database. Empty for one that has it alone.',
      }),
    },
    {
      description: 'The state at this moment.',
      examples: [
        {
          version: '0.1.0',
          figures: {
            waiting: 0,
            oldestWaitingMs: 0,
            pendingCallbacks: 0,
            oldestPendingCallbackMs: 0,
            deadCallbacks: 0,
            sessions: {},
          },
          callbackUrls: ['https://example.com/whatsapp'],
          disconnections: [],
          clientTokenOptional: [],
          disabledCallbacks: [],
          nodes: [],
        },
      ],
    },
  ),
})

const backup = operation({
  tag: 'operator',
  summary: 'Gives everything that is stored, for `recado backup`.',
  description: 'At one moment, one JSON a line. Secrets in it are sealed by the master key.',
  contentType: 'application/x-ndjson',
  answer: Type.String({
    description: 'Lines of JSON. For that command: their form may change with any version.',
    examples: ['{"head":{"format":1,"migration":"0001-first","madeAt":1795600000000}}'],
  }),
})

const audits: Readonly<Record<string, AuditOfRoute>> = {
  'GET /operator/backup': 'by-the-module',
  'POST /operator/tokens/:kind/rotate': 'by-the-module',
  'PUT /operator/allowed-callers': 'by-the-module',
  'POST /operator/administrators/reset': 'by-the-module',
  'POST /operator/invitations': 'by-the-module',
  'PUT /operator/people/:personId/role': 'by-the-module',
  'DELETE /operator/people/:personId': 'by-the-module',
  'POST /operator/keys': 'by-the-module',
  'DELETE /operator/keys/:keyId': 'by-the-module',
  'POST /operator/alerts/test': { none: 'it changes nothing' },
  'POST /operator/instances/:instanceId/import': 'by-the-module',
}

/** A Fastify plugin: `app.register(operatorRoutes(options))`. */
export function operatorRoutes(options: OperatorRoutesOptions): FastifyPluginAsync {
  const { mayOperate, dump } = options
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const token = bearerOf(request)
      if (token !== undefined && mayOperate(token)) return
      reply.header('www-authenticate', 'Bearer')
      replyWithError(reply, 401, 'Only commands on the data of this gateway may ask for this')
      return reply
    })
    auditRoutes(app, {
      record: async () => undefined,
      entryOf: ({ address }) => ({ by: { role: 'operator', address } }),
      auditOf: (route) => audits[route],
    })
    app.get('/operator/report', { schema: report }, options.report)
    app.get('/operator/backup', { schema: backup }, async (request, reply) => {
      await options.backupTaken(request.address)
      // Not in object mode, so that the reader's pace counts in bytes.
      return reply.type('application/x-ndjson').send(Readable.from(dump(), { objectMode: false }))
    })
    await app.register(securityRoutes(options.security))
    await app.register(administratorsRoute(options.administrators))
    await app.register(peopleRoute(options.who))
    await app.register(alertsRoute(options.alerts))
    await app.register(importRoute(options.sessionImports))
  }
}
