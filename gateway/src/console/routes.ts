/**
 * The console: `/console` for its pages, `/console/api` for what they ask.
 *
 * Nothing here is for other programs. `least-roles.ts` says which calls need a login and which role,
 * and every change comes from the console's own page.
 */

import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../runtime/clock.js'
import { type AccountOptions, accountRoutes, doorRoutes } from './account-routes.js'
import { type AlertRoutesOptions, alertRoutes } from './alert-routes.js'
import { type AuditRoutesOptions, auditRoutes } from './audit-routes.js'
import { auditCalls } from './audited-routes.js'
import { loginIn, requireLogin, requireOwnOrigin, requireOwnPage } from './authenticate.js'
import { type CallRoutesOptions, callRoutes } from './call-routes.js'
import { type CallbackRoutesOptions, callbackRoutes } from './callback-routes.js'
import { type EndingRoutesOptions, endingRoutes } from './ending-routes.js'
import { EventStreams } from './event-streams.js'
import { type HealthRoutesOptions, healthRoutes } from './health-routes.js'
import { type HomeRoutesOptions, homeRoutes } from './home-routes.js'
import { type ImportRoutesOptions, importRoutes } from './import-routes.js'
import { type InstanceRoutesOptions, instanceRoutes } from './instance-routes.js'
import { guardRoutes } from './least-roles.js'
import type { LiveFeed } from './live-feed.js'
import { type MessageRoutesOptions, messageRoutes } from './message-routes.js'
import { type NodeRoutesOptions, nodeRoutes } from './node-routes.js'
import { type PasskeyRoutesOptions, passkeyLinkRoutes, passkeyRoutes } from './passkey-routes.js'
import { pageRoutes } from './pages.js'
import {
  invitationRoutes,
  keyRoutes,
  peopleRoutes,
  type PeopleRoutesOptions,
} from './people-routes.js'
import { type SearchRoutesOptions, searchRoutes } from './search-routes.js'
import { answerConsoleError } from './refusals.js'
import { type SecretRoutesOptions, secretRoutes } from './secret-routes.js'

export interface ConsoleOptions
  extends Omit<AccountOptions, 'isSecure'>,
    InstanceRoutesOptions,
    MessageRoutesOptions,
    SearchRoutesOptions,
    CallRoutesOptions,
    CallbackRoutesOptions,
    HealthRoutesOptions,
    HomeRoutesOptions,
    EndingRoutesOptions,
    PasskeyRoutesOptions,
    ImportRoutesOptions,
    SecretRoutesOptions,
    NodeRoutesOptions,
    AlertRoutesOptions,
    PeopleRoutesOptions,
    AuditRoutesOptions {
  readonly instances: InstanceRoutesOptions['instances'] & SecretRoutesOptions['instances']
  readonly access: InstanceRoutesOptions['access'] & SecretRoutesOptions['access']
  readonly proxies: SecretRoutesOptions['proxies']
  readonly nodes: NodeRoutesOptions['nodes']
  readonly audit: InstanceRoutesOptions['audit'] & AuditRoutesOptions['audit']
  readonly waiting: InstanceRoutesOptions['waiting'] & MessageRoutesOptions['waiting']
  readonly sessions: InstanceRoutesOptions['sessions'] & PasskeyRoutesOptions['sessions']
  readonly feed: LiveFeed
  readonly clock: Clock
  /** The address that people reach the gateway by, where it is known. */
  readonly publicUrl: string | undefined
  /** Where the built pages lie, if it is not the usual place. */
  readonly pagesFolder?: string
}

/** A Fastify plugin: `app.register(consoleRoutes(options))`. */
export function consoleRoutes(options: ConsoleOptions): FastifyPluginAsync {
  return async (app) => {
    app.decorateRequest('login', undefined)
    app.setErrorHandler(answerConsoleError)
    await app.register(cookie)
    await app.register(helmet, strictPolicy)
    await app.register(pageRoutes(options.pagesFolder))
    await app.register(apiRoutes(options), { prefix: '/console/api' })
  }
}

/** Nothing from elsewhere, nowhere inside another page, and nothing sent elsewhere. */
const strictPolicy = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      // The preview shows the files that the operator is about to send.
      'img-src': ["'self'", 'data:', 'blob:', 'https:'],
      'media-src': ["'self'", 'data:', 'blob:', 'https:'],
      'connect-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // A proxy that serves it by https says so for all of it, not only for the console.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
} as const

function apiRoutes(options: ConsoleOptions): FastifyPluginAsync {
  const { administrators, loginSessions } = options
  const publicOrigin = originOf(options.publicUrl)
  const account = { ...options, isSecure: publicOrigin?.startsWith('https:') ?? false }
  return async (app) => {
    app.addHook('onRequest', requireOwnOrigin(publicOrigin))
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })
    guardRoutes(app, requireLogin({ administrators, sessions: loginSessions }))
    auditCalls(app, options.audit)
    await app.register(doorRoutes(account))
    await app.register(passkeyLinkRoutes(options))
    await app.register(invitationRoutes({ ...account, people: options.people }))
    await app.register(accountRoutes(account))
    await app.register(roomRoutes(options, publicOrigin))
  }
}

function roomRoutes(options: ConsoleOptions, publicOrigin: string | undefined): FastifyPluginAsync {
  const { loginSessions, feed, clock } = options
  return async (app) => {
    await app.register(peopleRoutes(options))
    await app.register(keyRoutes(options))
    await app.register(instanceRoutes(options))
    await app.register(secretRoutes(options))
    await app.register(passkeyRoutes(options))
    await app.register(importRoutes(options))
    await app.register(messageRoutes(options))
    await app.register(searchRoutes(options))
    await app.register(callRoutes(options, requireOwnPage(publicOrigin)))
    await app.register(callbackRoutes(options))
    await app.register(healthRoutes(options))
    await app.register(homeRoutes(options))
    await app.register(endingRoutes(options))
    await app.register(auditRoutes(options))
    await app.register(nodeRoutes(options))
    await app.register(alertRoutes(options))

    const streams = new EventStreams({ clock, feed, sessions: loginSessions })
    app.addHook('preClose', async () => streams.close())
    app.get('/events', { schema: { hide: true } }, (request, reply) =>
      streams.open(loginIn(request).session.id, reply),
    )
  }
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).origin
}
