/** What the calls share that change one part of the own business profile. */

import { type TProperties, type TObject, type Static, Type } from 'typebox'
import type { BusinessChange } from '../../domain/business.js'
import { success } from '../answer-schemas.js'
import { type Endpoint, endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'

/** Z-API has `value` optional: without it the text is cleared. */
export const valueOf = (description: string, maxLength: number) =>
  Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength,
      description: `${description} Empty or left out: it is cleared.`,
    }),
  )

interface ProfileChange<B extends TProperties> {
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly body: B
  readonly example: object
  /** Throws `InvalidRequestError`. */
  readonly change: (body: Static<TObject<B>>) => BusinessChange
}

/** Describes a call of a business account that changes what its profile shows. */
export function profileChange<B extends TProperties>({
  path,
  summary,
  description = 'Only for numbers of the WhatsApp Business app.',
  body,
  example,
  change,
}: ProfileChange<B>): Endpoint {
  return endpoint({
    method: 'POST',
    path,
    tag: 'business',
    summary,
    description,
    keepBlanks: true,
    body,
    example,
    status: 201,
    audit: 'profile-changed',
    answer: success,
    refusals: { ...notConnected, ...noAnswer },
    handle: async ({ instance }, input, { business }) => {
      // The server has checked the body.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const given = input.body as unknown as Static<TObject<B>>
      await business.businessOf(instance.id).change(change(given))
      return { success: true }
    },
  })
}
