import { memberCall } from './member-call.js'

export const rejectParticipant = memberCall({
  path: '/reject-participant',
  change: 'reject',
  summary: 'Turns people away who asked to join a group.',
  description:
    'The number has to be an admin. If one of them did not ask, 400 says which, and the others are turned away.',
})
