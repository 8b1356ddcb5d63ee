import { cannot } from '../cannot.js'
import { onlyOnPhone } from './reasons.js'

export const requestRegistrationCode = cannot({
  method: 'POST',
  path: '/mobile/request-registration-code',
  tag: 'mobile',
  summary: 'Asks WhatsApp for a registration code.',
  reason: onlyOnPhone,
})
