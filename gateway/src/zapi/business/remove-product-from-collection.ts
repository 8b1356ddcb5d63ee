import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const removeProductFromCollection = cannot({
  method: 'POST',
  path: '/catalogs/collection/remove-product',
  tag: 'business',
  summary: 'Takes products out of a collection.',
  reason: noCatalogChange,
})
