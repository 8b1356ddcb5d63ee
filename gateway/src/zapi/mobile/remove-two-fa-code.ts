import { cannot } from '../cannot.js'
import { noPin } from './reasons.js'

export const removeTwoFaCode = cannot({
  method: 'POST',
  path: '/security/two-fa-code/remove',
  tag: 'mobile',
  summary: 'Removes the PIN of the number.',
  reason: noPin,
})
