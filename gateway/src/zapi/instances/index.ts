/** The instance itself: what it does by itself. */

import { updateAutoReadMessage } from './update-auto-read-message.js'
import { updateAutoReadStatus } from './update-auto-read-status.js'
import { updateCallRejectAuto } from './update-call-reject-auto.js'
import { updateCallRejectMessage } from './update-call-reject-message.js'

export const instanceEndpoints = [
  updateAutoReadMessage,
  updateAutoReadStatus,
  updateCallRejectAuto,
  updateCallRejectMessage,
]
