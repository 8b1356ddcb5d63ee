import { memberCall } from './member-call.js'

export const removeAdmin = memberCall({
  path: '/remove-admin',
  change: 'demote',
  summary: 'Makes admins ordinary members of their group.',
  description:
    'The number has to be an admin. If WhatsApp refuses some of them, 400 says which, and the others are no admins any more.',
})
