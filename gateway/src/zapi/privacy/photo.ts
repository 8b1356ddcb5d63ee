import { visibility } from './attributes.js'

export const photo = visibility({
  path: '/privacy/photo-visualization',
  // As in the older documents.
  aliases: ['/privacy/photo'],
  setting: 'picture',
  summary: 'Sets who sees the picture of this number.',
})
