/**
 * What the operator does about who may call: new tokens of the whole gateway,
 * the addresses that may call at all, and the log of who did what.
 *
 * Not for partners: a person who got hold of the partner's token must not be able to
 * change it, and the list of addresses must not shut out who can mend it.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Actor, AuditRecord } from '../domain/audit.js'
import type { EpochMs } from '../domain/time.js'
import { mostNetworks, unreadableNetworks } from '../runtime/caller-rule.js'
import { replyWithError } from './error-reply.js'
import { operation } from './operation.js'

export interface SecurityRoutesOptions {
  readonly tokens: {
    rotate(
      kind: 'client' | 'partner',
      overlapMs: number,
      by: Actor,
    ): Promise<{ readonly token: string; readonly previousUntil: EpochMs | undefined }>
  }
  readonly callers: {
    readonly networks: readonly string[]
    readonly isConfigured: boolean
    set(networks: readonly string[], by: Actor): Promise<void>
  }
  readonly audit: {
    list(wish: {
      readonly instanceId?: string | undefined
      readonly since?: EpochMs | undefined
      readonly before?: number | undefined
      readonly limit: number
    }): Promise<readonly AuditRecord[]>
  }
}

const tag = 'operator'
const defaultOverlapSeconds = 24 * 3600
const longestOverlapSeconds = 30 * 24 * 3600
const pageSize = 100

const kindParams = Type.Object({
  kind: Type.Union([Type.Literal('client'), Type.Literal('partner')], {
    description: 'Which token: client or partner.',
    examples: ['client'],
  }),
})

const rotateBody = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: longestOverlapSeconds,
        description: 'How long the one before still counts. 24 hours if left out, 0: no longer.',
      }),
    ),
  },
  { examples: [{ overlapSeconds: 3600 }] },
)

const rotate = operation({
  tag,
  summary: 'Makes a new client or partner token, for `recado tokens rotate`.',
  description:
    'The new one is shown this once. The one before counts until the overlap ends. A configured token cannot be rotated.',
  params: kindParams,
  body: rotateBody,
  answer: Type.Object(
    {
      token: Type.String({ description: 'The new token.' }),
      previousUntil: Type.Union([Type.Integer(), Type.Null()], {
        description: 'Until when the one before counts, in epoch milliseconds; null: it does not.',
      }),
    },
    { examples: [{ token: 'F0123456789abcdef0123456789abcdefS', previousUntil: 1795600000000 }] },
  ),
  refusals: { 409: 'The token is set in the environment. The text names the setting.' },
})

const networks = Type.Array(Type.String({ maxLength: 64 }), {
  maxItems: mostNetworks,
  description: 'CIDRs and single addresses. Empty: every address may call.',
})

const readCallers = operation({
  tag,
  summary: 'Gives the addresses that may call the gateway, for `recado callers`.',
  description: 'Of tenants and partners. The operator may call from anywhere.',
  answer: Type.Object(
    {
      networks,
      isConfigured: Type.Boolean({ description: 'true: set by RECADO_ALLOWED_CALLERS.' }),
    },
    { examples: [{ networks: ['203.0.113.0/24'], isConfigured: false }] },
  ),
})

const setCallers = operation({
  tag,
  summary: 'Sets the addresses that may call the gateway, for `recado callers`.',
  description: 'Others get 403 from the next call on, before their body is read.',
  body: Type.Object({ networks }, { examples: [{ networks: ['203.0.113.0/24'] }] }),
  answer: Type.Object(
    { value: Type.Boolean({ description: 'true: it is done.' }) },
    { examples: [{ value: true }] },
  ),
  refusals: { 409: 'The list is set in the environment.' },
})

const auditQuery = Type.Object({
  instanceId: Type.Optional(
    Type.String({ maxLength: 64, description: 'Only what was done to this instance.' }),
  ),
  since: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,15}$',
      description: 'Only this moment and later, in epoch milliseconds.',
    }),
  ),
  before: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,15}$',
      description: 'The next of the page before: what comes after it.',
    }),
  ),
})

const readAudit = operation({
  tag,
  summary: 'Gives who did what, for `recado audit`: the newest first, 100 at a time.',
  description: 'Administrative acts of a year. No token and no code stands in it.',
  querystring: auditQuery,
  answer: Type.Object(
    {
      acts: Type.Array(Type.Object({}, { description: 'One act.' }), { description: 'The acts.' }),
      next: Type.Union([Type.String(), Type.Null()], {
        description: 'The before of the next page; null: that is all.',
      }),
    },
    {
      examples: [
        {
          acts: [
            {
              at: 1795600000000,
              role: 'partner',
              name: null,
              address: '203.0.113.7',
              act: 'instance-created',
              instanceId: '3A5B7C9D1E2F3A4B5C6D7E8F9A0B1C2D',
              detail: null,
            },
          ],
          next: null,
        },
      ],
    },
  ),
})

/** Register it behind the operator's authentication. */
export function securityRoutes(options: SecurityRoutesOptions): FastifyPluginAsyncTypebox {
  const { tokens, callers, audit } = options
  return async (app) => {
    app.post('/operator/tokens/:kind/rotate', { schema: rotate }, ({ params, body, address }) =>
      rotateToken(tokens, params.kind, body, operatorAt(address)),
    )
    app.get('/operator/allowed-callers', { schema: readCallers }, async () => ({
      networks: [...callers.networks],
      isConfigured: callers.isConfigured,
    }))
    app.put('/operator/allowed-callers', { schema: setCallers }, async (request, reply) => {
      const [wrong] = unreadableNetworks(request.body.networks)
      if (wrong !== undefined) {
        const cure = 'write networks such as 203.0.113.0/24 or addresses such as 203.0.113.7'
        replyWithError(reply, 400, `networks: one of them cannot be read; ${cure}`)
        return reply
      }
      await callers.set(request.body.networks, operatorAt(request.address))
      return { value: true }
    })
    app.get('/operator/audit', { schema: readAudit }, async ({ query }) => pageOf(audit, query))
  }
}

async function rotateToken(
  tokens: SecurityRoutesOptions['tokens'],
  kind: 'client' | 'partner',
  { overlapSeconds = defaultOverlapSeconds }: Static<typeof rotateBody>,
  by: Actor,
): Promise<{ token: string; previousUntil: number | null }> {
  const { token, previousUntil } = await tokens.rotate(kind, overlapSeconds * 1_000, by)
  return { token, previousUntil: previousUntil ?? null }
}

async function pageOf(
  audit: SecurityRoutesOptions['audit'],
  { instanceId, since, before }: Static<typeof auditQuery>,
): Promise<object> {
  const records = await audit.list({
    instanceId,
    since: since === undefined ? undefined : Number(since),
    before: before === undefined ? undefined : Number(before),
    limit: pageSize,
  })
  const last = records.length < pageSize ? undefined : records.at(-1)
  return {
    acts: records.map(({ at, by, act, instanceId: id, detail }) => ({
      at,
      role: by.role,
      name: by.name ?? null,
      address: by.address,
      act,
      instanceId: id ?? null,
      detail: detail ?? null,
    })),
    next: last === undefined ? null : String(last.sequence),
  }
}

function operatorAt(address: string): Actor {
  return { role: 'operator', address }
}
