import { cannot } from '../cannot.js'
import { noCatalogChange } from './reasons.js'

export const saveCatalogConfig = cannot({
  method: 'POST',
  path: '/catalogs/config',
  tag: 'business',
  summary: 'Switches the cart of the own catalogue.',
  reason: noCatalogChange,
})
