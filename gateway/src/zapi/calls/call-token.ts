import { cannot } from '../cannot.js'
import { noCallSdk } from './reasons.js'

export const callToken = cannot({
  method: 'GET',
  path: '/call-token',
  tag: 'calls',
  summary: 'Makes a token for the call SDK.',
  reason: noCallSdk,
})
