import { cannot } from '../cannot.js'
import { onlyOnPhone } from './reasons.js'

export const respondCaptcha = cannot({
  method: 'POST',
  path: '/mobile/respond-captcha',
  tag: 'mobile',
  summary: 'Answers the captcha of a registration.',
  reason: onlyOnPhone,
})
