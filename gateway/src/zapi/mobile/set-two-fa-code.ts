import { cannot } from '../cannot.js'
import { noPin } from './reasons.js'

export const setTwoFaCode = cannot({
  method: 'POST',
  path: '/security/two-fa-code',
  tag: 'mobile',
  summary: 'Sets the PIN of the number.',
  reason: noPin,
})
