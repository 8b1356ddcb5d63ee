import { cannot } from '../cannot.js'
import { noEmail } from './reasons.js'

export const verifyEmail = cannot({
  method: 'POST',
  path: '/security/verify-email',
  tag: 'mobile',
  summary: 'Confirms the email address of the WhatsApp account.',
  reason: noEmail,
})
