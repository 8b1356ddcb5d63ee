import { endpoint } from '../endpoint.js'
import { digitsOf } from '../from-zapi.js'
import { catalogPage } from './catalog-answer.js'
import { catalogRefusals, cursor, owner, readingNote, readPage } from './catalog-call.js'

export const getProductsPhoneV2 = endpoint({
  method: 'POST',
  path: '/catalogs/:phone',
  tag: 'business',
  summary: 'Lists the products of the catalogue of a business, with the cursor in the body.',
  description: readingNote,
  params: owner,
  body: cursor,
  example: {},
  audit: { none: 'it changes nothing' },
  answer: catalogPage,
  refusals: catalogRefusals,
  handle: ({ instance }, { params, body }, modules) =>
    readPage(instance.id, digitsOf(params.phone), body.nextCursor, modules),
})
