import { endpoint } from '../endpoint.js'
import { catalogPage } from './catalog-answer.js'
import { catalogRefusals, cursor, readingNote, readPage } from './catalog-call.js'

export const getProductsV2 = endpoint({
  method: 'POST',
  path: '/catalogs',
  tag: 'business',
  summary: 'Lists the products of the own catalogue, with the cursor in the body.',
  description: readingNote,
  body: cursor,
  example: {},
  audit: { none: 'it changes nothing' },
  answer: catalogPage,
  refusals: catalogRefusals,
  handle: ({ instance }, { body }, modules) =>
    readPage(instance.id, undefined, body.nextCursor, modules),
})
