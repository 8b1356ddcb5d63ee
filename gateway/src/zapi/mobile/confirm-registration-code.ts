import { cannot } from '../cannot.js'
import { onlyOnPhone } from './reasons.js'

export const confirmRegistrationCode = cannot({
  method: 'POST',
  path: '/mobile/confirm-registration-code',
  tag: 'mobile',
  summary: 'Registers a number with its code.',
  reason: onlyOnPhone,
})
