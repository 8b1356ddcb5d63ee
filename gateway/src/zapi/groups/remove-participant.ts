import { memberCall } from './member-call.js'

export const removeParticipant = memberCall({
  path: '/remove-participant',
  change: 'remove',
  summary: 'Removes members from a group.',
  description:
    'The number has to be an admin. If WhatsApp refuses some of them, 400 says which, and the others are removed.',
})
