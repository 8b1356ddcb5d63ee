/**
 * What a call of the dialect is. One file per call exports one `endpoint({ … })`; `endpoints.ts`
 * lists them all, and routes, checks, the API document and the 501 list are made from that list.
 */

import type { IncomingHttpHeaders } from 'node:http'
import type { FastifySchema } from 'fastify'
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { Actor } from '../domain/audit.js'
import type { Instance } from '../domain/instance.js'
import type { BodyClass } from '../http/body-limits.js'
import type { AuditOfRoute } from '../http/audited-routes.js'
import { operation } from '../http/operation.js'
import type { Modules } from './modules.js'

/**
 * Which keys open a call: `instance` its id and token with the Client-Token; `pairing` the same, or
 * a token of `GET /extension-token` alone; `partner` the instance with the partner's bearer token;
 * `account` that bearer token alone.
 */
export type Access = 'instance' | 'pairing' | 'partner' | 'account'

export interface AccountCaller {
  readonly by: Actor
  readonly headers: IncomingHttpHeaders
  /** Aborts when the caller closes the connection before the answer. */
  readonly gone: AbortSignal
}

export interface Caller extends AccountCaller {
  readonly instance: Instance
}

// A call without parameters, query or body has no attribute there.
// oxlint-disable-next-line typescript/no-generated-empty-object-type
export type None = Record<never, never>

export interface Input<P extends TProperties, Q extends TProperties, B extends TProperties> {
  readonly params: Static<TObject<P>>
  readonly query: Static<TObject<Q>>
  readonly body: Static<TObject<B>>
}

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the instance: `/queue/:zaapId`. From the root for access `account`. */
  readonly path: string
  /** Other paths of the same call. */
  readonly aliases?: readonly string[]
  /** The group that the API document shows it in. */
  readonly tag: string
  /** One sentence: what a caller gets. */
  readonly summary: string
  readonly description: string
  /** A body that runs. */
  readonly example?: object
  /** A success, with an example in `examples`; `Type.Null` where it has no body. */
  readonly answer: TSchema
  /** Of a success. 200 if unset. */
  readonly status?: 200 | 201 | 204
  /** Status and cause of what only this call refuses. */
  readonly refusals?: Readonly<Record<number, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** How large the body may be (`http/body-limits.ts`). Small if unset: 16 KiB. */
  readonly takes?: BodyClass
  /**
   * Z-API's clients write `null` and `""` for what they do not give, so such attributes are left
   * out before the check. Set where the empty value means something.
   */
  readonly keepBlanks?: boolean
  /** Whether the API document leaves it out. */
  readonly isHidden?: boolean
  /** It may answer with a token, a secret or a code: people in the console cannot make it. */
  readonly givesSecrets?: boolean
  /** A call of the account or of the partner that people in the console make, too. It answers them no token but a new one. */
  readonly forPeople?: boolean
  /** It works on rows alone, so that every node answers it. Others are answered by the node that runs the instance. */
  readonly anyNode?: boolean
  /** It works on a pool too. Others are refused there with 501, because they need one number. */
  readonly forPools?: boolean
  /** What it leaves in the audit log. Required of a call that can change something. */
  readonly audit?: AuditOfRoute
}

interface Definition<C, P extends TProperties, Q extends TProperties, B extends TProperties>
  extends Described {
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Returns the answer's body. Throws errors of the domain: `error-replies.ts` has their answers. */
  readonly handle: (caller: C, input: Input<P, Q, B>, modules: Modules) => Promise<unknown>
}

export interface Endpoint {
  readonly method: Described['method']
  readonly paths: readonly string[]
  readonly access: Access
  readonly status: number
  readonly keepBlanks: boolean
  readonly givesSecrets: boolean
  readonly forPools: boolean
  readonly forPeople: boolean
  readonly anyNode: boolean
  readonly audit: AuditOfRoute | undefined
  /** Why a linked device cannot do it, and what to use instead. Set by `cannot()` alone. */
  readonly impossible?: string
  readonly schema: FastifySchema
  /** `input` was checked against `schema`. */
  readonly handle: (
    caller: AccountCaller & Partial<Caller>,
    input: unknown,
    modules: Modules,
  ) => Promise<unknown>
}

/** Describes one call below `/instances/{id}/token/{token}`. */
export function endpoint<
  P extends TProperties = None,
  Q extends TProperties = None,
  B extends TProperties = None,
>({
  access = 'instance',
  ...definition
}: Definition<Caller, P, Q, B> & { readonly access?: Exclude<Access, 'account'> }): Endpoint {
  return described(access, definition)
}

/** Describes one call of the partner that belongs to no instance. */
export function accountEndpoint<
  P extends TProperties = None,
  Q extends TProperties = None,
  B extends TProperties = None,
>(definition: Definition<AccountCaller, P, Q, B>): Endpoint {
  return described('account', definition)
}

interface ListDefinition<I extends TSchema> extends Omit<Described, 'example'> {
  /** The body is an array of these. */
  readonly items: I
  readonly maxItems: number
  /** A body that runs. */
  readonly example: readonly unknown[]
  readonly handle: (
    caller: Caller,
    items: readonly Static<I>[],
    modules: Modules,
  ) => Promise<unknown>
}

/** Describes one call below the instance whose body is an array. */
export function listEndpoint<I extends TSchema>(definition: ListDefinition<I>): Endpoint {
  const { items, maxItems, example, handle, ...rest } = definition
  const list = Type.Array(items, { minItems: 1, maxItems, examples: [example] })
  const whole: Definition<Caller, None, None, None> = {
    ...rest,
    handle: (caller, { body }, modules) =>
      // The server has checked it against `list`.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      handle(caller, body as unknown as readonly Static<I>[], modules),
  }
  return described('instance', whole, list)
}

function described<C, P extends TProperties, Q extends TProperties, B extends TProperties>(
  access: Access,
  definition: Definition<C, P, Q, B>,
  list?: TSchema,
): Endpoint {
  const { method, path, aliases = [], keepBlanks = false } = definition
  const { status = 200, params, query, body, example, isHidden = false, ...rest } = definition
  return {
    method,
    paths: [path, ...aliases],
    access,
    status,
    keepBlanks,
    givesSecrets: rest.givesSecrets ?? false,
    forPools: rest.forPools ?? false,
    forPeople: rest.forPeople ?? false,
    anyNode: rest.anyNode ?? false,
    audit: rest.audit,
    schema: {
      hide: isHidden,
      ...operation({
        tag: rest.tag,
        summary: rest.summary,
        description: rest.description,
        answer: rest.answer,
        status,
        ...(rest.refusals && { refusals: rest.refusals }),
        ...(rest.headers && { headers: rest.headers }),
        ...(rest.takes && { takes: rest.takes }),
        ...(params && { params: Type.Object(params) }),
        ...(query && { querystring: Type.Object(query) }),
        ...(body && { body: Type.Object(body, example ? { examples: [example] } : {}) }),
        ...(list && { body: list }),
      }),
    },
    // The server checks each request against `schema`, which is made of the same shapes, and
    // identifies the instance first, except for access `account`.
    handle: (caller, input, modules) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const given = input as Input<P, Q, B>
      const named = body === undefined ? given : { ...given, body: namedIn(body, given.body) }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return rest.handle(caller as C, named, modules)
    },
  }
}

/** What the call describes. Programs send other attributes too, which must reach no handler. */
function namedIn<B>(shape: TProperties, body: B): B {
  if (typeof body !== 'object' || body === null) return body
  const named = Object.entries(body).filter(([name]) => Object.hasOwn(shape, name))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(named) as B
}
