import { cannot } from '../cannot.js'
import { noSip } from './reasons.js'

export const sipToken = cannot({
  method: 'POST',
  path: '/sip-token',
  tag: 'calls',
  summary: 'Makes a token for SIP calls.',
  reason: noSip,
})
