import { visibility } from './attributes.js'

export const description = visibility({
  path: '/privacy/description',
  setting: 'about',
  summary: 'Sets who sees the description of this number.',
})
