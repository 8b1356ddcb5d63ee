import { cannot } from '../cannot.js'
import { noEmail } from './reasons.js'

export const removeEmail = cannot({
  method: 'POST',
  path: '/security/email/remove',
  tag: 'mobile',
  summary: 'Removes the email address of the WhatsApp account.',
  reason: noEmail,
})
