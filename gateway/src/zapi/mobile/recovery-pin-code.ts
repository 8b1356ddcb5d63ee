import { cannot } from '../cannot.js'
import { noPin } from './reasons.js'

export const recoveryPinCode = cannot({
  method: 'POST',
  path: '/mobile/recovery-pin-code',
  tag: 'mobile',
  summary: 'Recovers the PIN of the number.',
  reason: noPin,
})
