import { cannot } from '../cannot.js'
import { onlyOnPhone } from './reasons.js'

export const registrationAvailable = cannot({
  method: 'POST',
  path: '/mobile/registration-available',
  tag: 'mobile',
  summary: 'Tells whether a number can be registered.',
  reason: onlyOnPhone,
})
