import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const createCollection = cannot({
  method: 'POST',
  path: '/catalogs/collection',
  tag: 'business',
  summary: 'Makes a collection of products.',
  reason: noCatalogChange,
})
