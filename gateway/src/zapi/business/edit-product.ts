import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const editProduct = cannot({
  method: 'POST',
  path: '/products',
  tag: 'business',
  summary: 'Makes or changes a product of the own catalogue.',
  reason: noCatalogChange,
})
