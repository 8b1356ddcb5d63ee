import { endpoint } from '../endpoint.js'
import { digitsOf } from '../from-zapi.js'
import { catalogPage } from './catalog-answer.js'
import { catalogRefusals, cursor, owner, readingNote, readPage } from './catalog-call.js'

export const getProductsPhone = endpoint({
  method: 'GET',
  path: '/catalogs/:phone',
  tag: 'business',
  summary: 'Lists the products of the catalogue of a business.',
  description: `${readingNote} POST takes cursors that are too long for a URL.`,
  params: owner,
  query: cursor,
  answer: catalogPage,
  refusals: catalogRefusals,
  handle: ({ instance }, { params, query }, modules) =>
    readPage(instance.id, digitsOf(params.phone), query.nextCursor, modules),
})
