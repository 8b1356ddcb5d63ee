import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const deleteProduct = cannot({
  method: 'DELETE',
  path: '/products/:productId',
  tag: 'business',
  summary: 'Removes a product from the own catalogue.',
  reason: noCatalogChange,
})
