import { cannot } from '../cannot.js'
import { onlyOnPhone } from './reasons.js'

export const confirmPinCode = cannot({
  method: 'POST',
  path: '/mobile/confirm-pin-code',
  tag: 'mobile',
  summary: 'Confirms a registration with the PIN of the number.',
  reason: onlyOnPhone,
})
