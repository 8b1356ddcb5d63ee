import { Type } from 'typebox'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { endpoint } from '../endpoint.js'
import { productAlone, productAnswer } from './catalog-answer.js'
import { catalogRefusals, readingNote, takesCarts } from './catalog-call.js'

export const getProductId = endpoint({
  method: 'GET',
  path: '/products/:productId',
  tag: 'business',
  summary: 'Tells about one product of the own catalogue.',
  description: `It is looked for among the first 1,000 products. ${readingNote}`,
  params: {
    productId: Type.String({
      pattern: '^[0-9A-Za-z_-]{1,64}$',
      description: 'Of the product.',
      examples: ['7190654897637620'],
    }),
  },
  answer: productAlone,
  refusals: catalogRefusals,
  handle: async ({ instance }, { params }, modules) => {
    const found = await modules.catalogs.catalogOf(instance.id).find(params.productId)
    if (found === undefined)
      throw new WhatsappRefusedError('productId names no product of the own catalogue.')
    const cartEnabled = await takesCarts(instance.id, undefined, modules)
    return { cartEnabled, catalogId: '', ...productAnswer(found) }
  },
})
