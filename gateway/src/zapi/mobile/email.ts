import { cannot } from '../cannot.js'
import { noEmail } from './reasons.js'

export const email = cannot({
  method: 'GET',
  path: '/security/email',
  tag: 'mobile',
  summary: 'Tells the email address of the WhatsApp account.',
  reason: noEmail,
})
