import { cannot } from '../cannot.js'
import { onlyOnPhone } from './reasons.js'

export const deviceTransferConfirmed = cannot({
  method: 'GET',
  path: '/mobile/device-transfer-confirmed',
  tag: 'mobile',
  summary: 'Tells whether the other phone confirmed the transfer.',
  reason: onlyOnPhone,
})
