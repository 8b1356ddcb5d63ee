import { Type } from 'typebox'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { endpoint } from '../endpoint.js'
import { digitsOf } from '../from-zapi.js'
import { product, productAnswer } from './catalog-answer.js'
import { catalogRefusals, cursor, owner, readingNote } from './catalog-call.js'

const { salePrice: _notHere, retailerId: _otherwise, ...common } = product

export const listCollectionProducts = endpoint({
  method: 'GET',
  path: '/catalogs/collection-products/:phone',
  tag: 'business',
  summary: 'Lists the products of a collection of a business.',
  description: `The first 51, on one page. ${readingNote}`,
  params: owner,
  query: {
    collectionId: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Of the collection.',
      examples: ['1072603710847740'],
    }),
    ...cursor,
  },
  answer: Type.Object(
    {
      nextCursor: Type.Null({ description: 'Always null: there is one page.' }),
      products: Type.Array(
        Type.Object({
          ...common,
          url: Type.String({ description: 'Its page elsewhere; empty where there is none.' }),
          isHidden: Type.Boolean({ description: 'Whether people do not see it.' }),
          retailerId: Type.String({ description: "The business's own code; empty without one." }),
          quantity: Type.String({ description: 'Always empty: WhatsApp does not tell it.' }),
        }),
        { description: 'In the order of the collection.' },
      ),
    },
    {
      description: 'The products as they are now.',
      examples: [
        {
          nextCursor: null,
          products: [
            {
              availability: 'in stock',
              id: '7190654897637620',
              retailerId: '002',
              description: 'Sem fio',
              price: '100000',
              currency: 'BRL',
              name: 'Mouse',
              images: ['https://media.example.com/mouse.jpg'],
              url: '',
              isHidden: false,
              quantity: '',
            },
          ],
        },
      ],
    },
  ),
  refusals: catalogRefusals,
  handle: async ({ instance }, { params, query }, { catalogs }) => {
    const phone = digitsOf(params.phone)
    if (query.nextCursor) return { nextCursor: null, products: [] }
    const collections = await catalogs.catalogOf(instance.id).collectionsOf(phone)
    const collection = collections.find(({ id }) => id === query.collectionId)
    if (collection === undefined)
      throw new WhatsappRefusedError('collectionId names no collection of this business.')
    return { nextCursor: null, products: collection.products.map(itemAnswer) }
  },
})

function itemAnswer(found: Parameters<typeof productAnswer>[0]): object {
  const { salePrice: _salePrice, ...answer } = productAnswer(found)
  return {
    ...answer,
    retailerId: found.retailerId ?? '',
    url: found.url ?? '',
    isHidden: found.isHidden,
    quantity: '',
  }
}
