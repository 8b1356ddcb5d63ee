import { endpoint } from '../endpoint.js'
import { catalogPage } from './catalog-answer.js'
import { catalogRefusals, cursor, readingNote, readPage } from './catalog-call.js'

export const getProducts = endpoint({
  method: 'GET',
  path: '/catalogs',
  tag: 'business',
  summary: 'Lists the products of the own catalogue.',
  description: `${readingNote} POST takes cursors that are too long for a URL.`,
  query: cursor,
  answer: catalogPage,
  refusals: catalogRefusals,
  handle: ({ instance }, { query }, modules) =>
    readPage(instance.id, undefined, query.nextCursor, modules),
})
