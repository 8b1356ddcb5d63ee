import { callToken } from './call-token.js'
import { sendCall } from './send-call.js'
import { sipInfo } from './sip-info.js'
import { sipToken } from './sip-token.js'

export const callsEndpoints = [callToken, sendCall, sipInfo, sipToken]
