import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const addProductToCollection = cannot({
  method: 'POST',
  path: '/catalogs/collection/add-product',
  tag: 'business',
  summary: 'Puts products into a collection.',
  reason: noCatalogChange,
})
