/** Which files are mutated, and which tests must notice it. */

import { readdirSync } from 'node:fs'

export interface Module {
  /** Decide without waiting or storing: each is held by the tests that carry its name, alone. */
  readonly rules: readonly string[]
  /** Store, or stand around a store: held by all unit tests of their module. */
  readonly stores: readonly string[]
  /** Not mutated, and why. */
  readonly leftOut: Readonly<Record<string, string>>
  /** Set where only some files of the folder are in scope: what holds the others. */
  readonly others?: string
  readonly databases: readonly ('sqlite' | 'postgres')[]
}

const loop =
  'a loop: what it does shows in time and order, in its play, the journeys and the torture'
const engine = 'moves a connection: held by the journeys with a real engine'

const types = 'types alone'

const modules: Readonly<Record<string, Module>> = {
  outbox: {
    rules: ['plain-form', 'stored-content'],
    stores: [
      'content-bytes',
      'message-row',
      'new-message',
      'outbox',
      'outbox-store',
      'outcomes',
      'queue-rows',
      'status-changes',
      'undeliverable-rows',
    ],
    leftOut: { submission: types },
    databases: ['sqlite'],
  },
  'outbox/queue': {
    rules: [
      'ending',
      'expected-wait',
      'expiry',
      'next-message',
      'pacing',
      'send-log',
      'send-retry',
      'turns',
    ],
    stores: ['forecast', 'moves', 'send-outcomes', 'undeliverable', 'waiting-chats'],
    leftOut: {
      'current-holds': loop,
      'file-stage': loop,
      attempt: types,
      'send-attempts': loop,
      'instance-queue': loop,
      'look-ahead': loop,
      pace: loop,
      sender: loop,
    },
    databases: ['sqlite'],
  },
  'outbox/limits': {
    rules: [
      'code-limits',
      'idempotency',
      'local-day',
      'member-limits',
      'person-hash',
      'restriction',
      'sending-limits',
    ],
    stores: [
      'accepted-codes',
      'admission',
      'contacts',
      'idempotency-store',
      'linked-numbers',
      'people',
      'queue-limits',
      'restrictions',
      'sending-counts',
      'sending-holds',
    ],
    leftOut: {},
    databases: ['sqlite'],
  },
  'outbox/history': {
    rules: ['health-figures', 'queue-lengths', 'masking', 'receipt-chat', 'sent-content'],
    stores: [
      'day-figures',
      'done-messages',
      'earlier-messages',
      'message-health',
      'message-history',
      'message-listing',
      'message-search',
      'message-statuses',
      'outbox-figures',
      'outbox-metrics',
      'pool-messages',
      'waiting-messages',
      'waiting-search',
    ],
    leftOut: {},
    databases: ['sqlite'],
  },
  pools: {
    rules: ['choose-member', 'presence'],
    stores: ['failover', 'member-pools', 'pool-sends', 'pool-standings', 'pool-store', 'pools'],
    leftOut: {},
    databases: ['sqlite'],
  },
  webhooks: {
    rules: ['delivery-retry', 'lanes', 'muting', 'sent-by-us', 'signature'],
    stores: [
      'attempt',
      'attempt-records',
      'callback-metrics',
      'courier',
      'dead-letter-store',
      'dead-letters',
      'delivery-listing',
      'delivery-row',
      'delivery-store',
      'delivery-subject',
      'endpoint-store',
      'failing-receivers',
      'paused-receivers',
      'receiver-places',
      'receivers',
      'url-hash',
      'webhooks',
    ],
    leftOut: {},
    databases: ['sqlite'],
  },
  sessions: {
    rules: ['liveness', 'reconnect', 'session-state', 'semaphore'],
    stores: [
      'answer-secret-store',
      'credential-store',
      'disconnection-store',
      'registration-store',
      'resend-store',
    ],
    leftOut: {
      'connection-state': engine,
      link: engine,
      notices: engine,
      pairing: engine,
      'passkey-linking': engine,
      'passkey-links': engine,
      'session-ports': types,
      session: engine,
      'session-connection': engine,
      sessions: engine,
      'session-events': engine,
    },
    databases: ['sqlite'],
  },
  db: {
    rules: [
      'commit-queue',
      'encryption',
      'readiness',
      'statement-cache',
      'statement-names',
      'store-problem',
      'row-cache',
      'signals',
      'wal-sync',
    ],
    stores: [
      'await-postgres',
      'dialect',
      'erase-rows',
      'fence',
      'foreign-sqlite',
      'free-disk',
      'inspect-database',
      'kysely-database',
      'lost-data',
      'master-key',
      'notifications',
      'open-database',
      'one-connection',
      'opened',
      'postgres',
      'postgres-library',
      'prepared',
      'sqlite',
      'sqlite-driver',
      'sqlite-library',
      'store-outage',
      'tables',
    ],
    leftOut: {
      database: types,
      retention: 'when purges look: held by composition/retention.test',
      'access-tables': types,
      'alert-tables': types,
      'directory-tables': types,
      'callback-tables': types,
      'outbox-tables': types,
      schema: types,
    },
    databases: ['sqlite', 'postgres'],
  },
  administrators: {
    rules: ['browser-marks', 'login-delay', 'login-throttle', 'second-factor', 'session-lifetime'],
    stores: ['administrator-store', 'administrators', 'login-sessions', 'password-hash', 'people'],
    leftOut: { 'audit-port': types, 'people-errors': 'texts of refusals: held by their routes' },
    databases: ['sqlite'],
  },
  instances: {
    rules: [],
    stores: ['api-keys'],
    leftOut: {},
    others: 'settings and records: held by their routes',
    databases: ['sqlite'],
  },
  console: {
    rules: ['least-roles'],
    stores: [],
    leftOut: {},
    others: 'routes: held by their tests',
    databases: ['sqlite'],
  },
  zapi: {
    rules: ['call-needs'],
    stores: [],
    leftOut: {},
    others: 'calls: held by the contract and their tests',
    databases: ['sqlite'],
  },
}

/** Files of these folders that are new to the scope, and names in it that are no file any more. */
export function strayNames(): readonly string[] {
  return Object.entries(modules).flatMap(([folder, { rules, stores, leftOut, others }]) => {
    const place = `gateway/src/${folder}`
    const files = readdirSync(place).filter((name) => /^(?!.*\.test\.ts$).*\.ts$/u.test(name))
    const named = [...rules, ...stores, ...Object.keys(leftOut)].map((name) => `${name}.ts`)
    const stray = [
      ...files.filter((name) => others === undefined && !named.includes(name)),
      ...named.filter((name) => !files.includes(name)),
    ]
    return stray.map((name) => `${place}/${name}`)
  })
}

/** What is tried in one run of the tests. */
export interface Group {
  readonly name: string
  readonly mutate: readonly string[]
  readonly tests: readonly string[]
  readonly databases: Module['databases']
}

/** `wanted`: files, folders or names of groups (`db-stores`); everything without them. */
export function groupsOf(wanted: readonly string[]): readonly Group[] {
  return Object.entries(modules).flatMap(([folder, { rules, stores, databases }]) => {
    const place = `gateway/src/${folder}`
    const pathOf = (name: string) => `${place}/${name}.ts`
    const rulesName = `${folder.replace('/', '-')}-rules`
    const storesName = `${folder.replace('/', '-')}-stores`
    const isWanted = (group: string) => (name: string) =>
      wanted.length === 0 ||
      wanted.some((each) => each === group || pathOf(name).startsWith(each.replace(/^\.\//u, '')))
    const wantedRules = rules.filter(isWanted(rulesName))
    const wantedStores = stores.filter(isWanted(storesName))
    return [
      {
        name: rulesName,
        mutate: wantedRules.map(pathOf),
        tests: wantedRules.flatMap((name) => [
          `${place}/${name}.test.ts`,
          `${place}/${name}-*.test.ts`,
        ]),
        databases,
      },
      {
        name: storesName,
        mutate: wantedStores.map(pathOf),
        tests: [`gateway/src/${folder.split('/')[0]}/**/*.test.ts`],
        databases,
      },
    ].filter(({ mutate }) => mutate.length > 0)
  })
}
