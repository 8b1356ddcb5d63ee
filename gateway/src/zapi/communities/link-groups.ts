import { linkCall } from './link-call.js'

export const linkGroups = linkCall({
  path: '/communities/link',
  change: 'link',
  summary: 'Puts groups into a community.',
  description:
    'The number has to be an admin of the community and of the groups. If WhatsApp refuses some of them, 400 says which, and the others are linked.',
})
