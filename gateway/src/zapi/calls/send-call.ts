import { cannot } from '../cannot.js'
import { noRinging } from './reasons.js'

export const sendCall = cannot({
  method: 'POST',
  path: '/send-call',
  tag: 'calls',
  summary: 'Calls a person.',
  reason: noRinging,
})
