import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const deleteCollection = cannot({
  method: 'DELETE',
  path: '/catalogs/collection/:collectionId',
  tag: 'business',
  summary: 'Removes a collection.',
  reason: noCatalogChange,
})
