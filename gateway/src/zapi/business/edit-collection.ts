import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const editCollection = cannot({
  method: 'POST',
  path: '/catalogs/collection-edit/:collectionId',
  tag: 'business',
  summary: 'Renames a collection.',
  reason: noCatalogChange,
})
