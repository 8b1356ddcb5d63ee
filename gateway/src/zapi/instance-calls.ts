/** The calls of an instance, and those on pools, for people who are logged in to the console: the same checks and the same handlers. */

import type { FastifyPluginAsync, FastifySchema } from 'fastify'
import { type BodyClass, bodyLimits } from '../http/body-limits.js'
import type { Endpoint } from './endpoint.js'
import { endpoints } from './endpoints.js'
import { answerZapiError } from './error-replies.js'
import { type ModuleOptions, modulesOf } from './modules.js'
import { type PersonOf, register } from './register.js'

/** A call as a form is made of it. `params`, `query` and `body` are JSON Schema. */
export interface DescribedCall {
  readonly method: Endpoint['method']
  /** Below the instance: `/queue/:zaapId`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  /** Of a body. */
  readonly maxBytes: number
}

type Described = FastifySchema & {
  readonly 'x-takes'?: BodyClass
}

/** Calls of the partner for one instance: its tokens for agents. No form is made of them. */
const ofPartner = endpoints.filter(({ access, forPeople }) => access === 'partner' && forPeople)

const calls = endpoints.filter(
  ({ access, givesSecrets }) => (access === 'instance' || access === 'pairing') && !givesSecrets,
)

/** Of the first path of each call, without those that cannot be done. */
export const describedCalls: readonly DescribedCall[] = calls
  .filter(({ schema }) => schema.hide !== true)
  .map(describe)

/**
 * `app.register(instanceCalls(options)(personOf), { prefix })`, where `app` has authenticated the
 * person and has set `request.instance`.
 */
export function instanceCalls(options: ModuleOptions) {
  return (personOf: PersonOf): FastifyPluginAsync =>
    async (app) => {
      app.setErrorHandler(answerZapiError)
      register(app, [...calls, ...ofPartner], modulesOf(options), personOf)
    }
}

/** `app.register(accountCalls(options)(personOf), { prefix })`, where `app` has authenticated the person. */
export function accountCalls(options: ModuleOptions) {
  return (personOf: PersonOf): FastifyPluginAsync =>
    async (app) => {
      app.setErrorHandler(answerZapiError)
      const ofPeople = endpoints.filter(
        ({ access, forPeople }) => access === 'account' && forPeople,
      )
      register(app, ofPeople, modulesOf(options), personOf)
    }
}

function describe({ method, paths: [path = ''], schema }: Endpoint): DescribedCall {
  const { 'x-takes': takes = 'small', ...described }: Described = schema
  const { tags: [tag = ''] = [], summary = '', description = '' } = described
  return {
    method,
    path,
    tag,
    summary,
    description,
    ...(described.params === undefined ? {} : { params: described.params }),
    ...(described.querystring === undefined ? {} : { query: described.querystring }),
    ...(described.body === undefined ? {} : { body: described.body }),
    maxBytes: bodyLimits[takes].maxBytes,
  }
}
