import { cannot } from '../cannot.js'
import { noEmail } from './reasons.js'

export const setEmail = cannot({
  method: 'POST',
  path: '/security/email',
  tag: 'mobile',
  summary: 'Sets the email address of the WhatsApp account.',
  reason: noEmail,
})
