import { cannot } from '../cannot.js'
import { noPin } from './reasons.js'

export const twoFaCode = cannot({
  method: 'GET',
  path: '/security/two-fa-code',
  tag: 'mobile',
  summary: 'Tells whether the number has a PIN.',
  reason: noPin,
})
