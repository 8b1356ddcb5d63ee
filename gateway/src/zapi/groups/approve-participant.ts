import { memberCall } from './member-call.js'

export const approveParticipant = memberCall({
  path: '/approve-participant',
  change: 'approve',
  summary: 'Lets people into a group who asked to join.',
  description:
    'The number has to be an admin. If one of them did not ask, 400 says which, and the others are let in.',
})
