import { linkCall } from './link-call.js'

export const unlinkGroups = linkCall({
  path: '/communities/unlink',
  change: 'unlink',
  summary: 'Takes groups out of a community.',
  description:
    'The groups remain. The number has to be an admin of the community. If WhatsApp refuses some of them, 400 says which, and the others are taken out.',
})
