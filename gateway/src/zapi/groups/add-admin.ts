import { memberCall } from './member-call.js'

export const addAdmin = memberCall({
  path: '/add-admin',
  change: 'promote',
  summary: 'Makes members admins of their group.',
  description:
    'The number has to be an admin. If WhatsApp refuses some of them, 400 says which, and the others are admins.',
})
