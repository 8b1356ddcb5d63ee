import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { catalogRefusals, cursor, readingNote } from './catalog-call.js'

export const listCollections = endpoint({
  method: 'GET',
  path: '/catalogs/collection',
  tag: 'business',
  summary: 'Lists the collections of the own catalogue.',
  description: `The first 51, on one page. ${readingNote}`,
  query: cursor,
  answer: Type.Object(
    {
      nextCursor: Type.String({ description: 'Always empty: there is one page.' }),
      collections: Type.Array(
        Type.Object({
          id: Type.String({ description: 'Of the collection.' }),
          name: Type.String({ description: 'Of the collection.' }),
          status: Type.String({ description: "WhatsApp's word on it: APPROVED." }),
        }),
        { description: 'In the order of the catalogue.' },
      ),
    },
    {
      description: 'The collections as they are now.',
      examples: [
        {
          nextCursor: '',
          collections: [{ id: '1072603710847740', name: 'Promoções', status: 'APPROVED' }],
        },
      ],
    },
  ),
  refusals: catalogRefusals,
  handle: async ({ instance }, { query }, { catalogs }) => {
    const found = query.nextCursor ? [] : await catalogs.catalogOf(instance.id).collectionsOf()
    return {
      nextCursor: '',
      collections: found.map(({ id, name, status }) => ({ id, name, status })),
    }
  },
})
