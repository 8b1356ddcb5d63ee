/** What the calls share that do one thing to one channel. */

import { type TProperties, type Static, type TObject, Type } from 'typebox'
import type { NewsletterApi } from '../../domain/newsletter.js'
import { value } from '../answer-schemas.js'
import { type Endpoint, endpoint, type None } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import {
  newsletterExample,
  newsletterId,
  newsletterInPath,
  newsletterOf,
  personOf,
  phone,
} from './newsletter-attributes.js'

/** Describes a call that names the channel by `id` in its body, and answers `{"value":true}`. */
export function newsletterCall<B extends TProperties = None>(definition: {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly status?: 201
  readonly keepBlanks?: boolean
  /** Beside the id. */
  readonly body?: B
  readonly example?: object
  readonly act: (
    newsletters: NewsletterApi,
    newsletter: string,
    body: Static<TObject<B>>,
  ) => Promise<void>
}): Endpoint {
  const { act, body, example, ...described } = definition
  return endpoint({
    ...described,
    tag: 'newsletter',
    body: { id: newsletterId, ...body },
    example: { id: newsletterExample, ...example },
    audit: 'newsletter-changed',
    answer: value,
    refusals: { ...notConnected, ...noAnswer },
    handle: async ({ instance }, input, { newsletters }) => {
      // The server has checked both halves of the body.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const given = input.body as { readonly id?: unknown } & Static<TObject<B>>
      const newsletter = newsletterOf(given.id)
      await act(newsletters.newslettersOf(instance.id), newsletter, given)
      return { value: true }
    },
  })
}

/** Describes a call about an admin of the channel in its path. The answer has no body. */
export function adminCall(definition: {
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly act: 'revokeInvitation' | 'removeAdmin'
}): Endpoint {
  const { act, ...described } = definition
  return endpoint({
    ...described,
    method: 'POST',
    tag: 'newsletter',
    params: { newsletterId: newsletterInPath },
    body: { phone },
    example: { phone: '5511999999999' },
    audit: 'newsletter-changed',
    status: 201,
    answer: Type.Null({ description: 'It is done.' }),
    refusals: { ...notConnected, ...noAnswer },
    handle: async ({ instance }, { params, body }, { newsletters }) => {
      const newsletter = newsletterOf(params.newsletterId, 'newsletterId')
      const person = personOf(body.phone)
      await newsletters.newslettersOf(instance.id)[act](newsletter, person)
    },
  })
}
