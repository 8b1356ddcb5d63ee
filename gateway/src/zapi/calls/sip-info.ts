import { cannot } from '../cannot.js'
import { noSip } from './reasons.js'

export const sipInfo = cannot({
  method: 'GET',
  path: '/sip-info',
  tag: 'calls',
  summary: 'Tells the address and the token for SIP calls.',
  reason: noSip,
})
