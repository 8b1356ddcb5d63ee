/** The routes that make a phone a business: `/phones/{phone}/business` and `/phones/{phone}/catalog`. */

import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Account } from './account.js'
import { ControlError } from './control-manners.js'
import { PhonePath } from './control-schemas.js'
import type { StoreProfile } from './storefront.js'

const strict = { additionalProperties: false }
const text = Type.Optional(Type.String({ maxLength: 512 }))
const Id = Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$' })
const Price = Type.Optional(Type.Integer({ minimum: 0 }))
const MAX_BODY_BYTES = 8 * 1024 * 1024

/** What is left out stays as it is. */
const Profile = Type.Object(
  {
    description: text,
    address: text,
    email: text,
    websites: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 2 })),
    categories: Type.Optional(
      Type.Array(Type.Object({ id: Id, name: Type.String({ maxLength: 100 }) }, strict), {
        maxItems: 3,
      }),
    ),
    hasCoverPhoto: Type.Optional(Type.Boolean()),
    cartEnabled: Type.Optional(Type.Boolean()),
  },
  strict,
)
const NewCatalog = Type.Object(
  {
    products: Type.Array(
      Type.Object(
        {
          id: Id,
          name: Type.String({ minLength: 1, maxLength: 200 }),
          description: Type.Optional(Type.String({ maxLength: 5_000 })),
          price: Price,
          salePrice: Price,
          currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
          retailerId: Type.Optional(Type.String({ maxLength: 100 })),
          url: Type.Optional(Type.String({ maxLength: 2_048 })),
          isHidden: Type.Optional(Type.Boolean()),
          image: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' })),
        },
        strict,
      ),
      { maxItems: 2_000 },
    ),
    collections: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Id,
            name: Type.String({ minLength: 1, maxLength: 100 }),
            status: Type.Optional(Type.String({ maxLength: 32 })),
            products: Type.Array(Id, { maxItems: 500 }),
          },
          strict,
        ),
        { maxItems: 51 },
      ),
    ),
  },
  strict,
)
type Profile = Static<typeof Profile>
type NewCatalog = Static<typeof NewCatalog>

type BusinessSide = Pick<Account, 'business' | 'storefront'>

export function addBusinessRoutes(
  app: FastifyInstance,
  sideOf: (phone: string) => BusinessSide | undefined,
): void {
  const params = PhonePath
  const found = (phone: string): BusinessSide => {
    const side = sideOf(phone)
    if (side === undefined) throw new ControlError(404, 'no such phone')
    return side
  }
  app.get<{ Params: PhonePath }>(
    '/phones/:phone/business',
    { schema: { params } },
    (request): StoreProfile => found(request.params.phone).storefront.profile,
  )
  app.put<{ Params: PhonePath; Body: Profile }>(
    '/phones/:phone/business',
    { schema: { params, body: Profile } },
    (request): StoreProfile => {
      const side = found(request.params.phone)
      side.business = true
      side.storefront.profile = { ...side.storefront.profile, ...request.body }
      return side.storefront.profile
    },
  )
  app.put<{ Params: PhonePath; Body: NewCatalog }>(
    '/phones/:phone/catalog',
    { schema: { params, body: NewCatalog }, bodyLimit: MAX_BODY_BYTES },
    async (request, reply) => {
      const { products, collections = [] } = request.body
      found(request.params.phone).storefront.catalog = {
        products,
        collections: collections.map((each) => ({ status: 'APPROVED', ...each })),
      }
      return reply.code(204).send()
    },
  )
}
