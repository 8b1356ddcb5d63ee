import { visibility } from './attributes.js'

export const lastSeen = visibility({
  path: '/privacy/last-seen',
  setting: 'last-seen',
  summary: 'Sets who sees when this number was last online.',
})
