import { cannot } from '../cannot.js'
import { noUnbanning } from './reasons.js'

export const requestUnbanning = cannot({
  method: 'POST',
  path: '/mobile/request-unbanning',
  tag: 'mobile',
  summary: 'Asks WhatsApp to lift a ban.',
  reason: noUnbanning,
})
