/** The instance itself: its connection, its profile on WhatsApp, and what it does by itself. */

import { device } from './device.js'
import { disconnect } from './disconnect.js'
import { extensionToken } from './extension-token.js'
import { me } from './me.js'
import { profileDescription } from './profile-description.js'
import { profileName } from './profile-name.js'
import { profilePicture } from './profile-picture.js'
import { restart } from './restart.js'
import { restoreSession } from './restore-session.js'
import { status } from './status.js'
import { updateAutoReadMessage } from './update-auto-read-message.js'
import { updateAutoReadStatus } from './update-auto-read-status.js'
import { updateButtonForm } from './update-button-form.js'
import { updateCallRejectAuto } from './update-call-reject-auto.js'
import { updateCallRejectMessage } from './update-call-reject-message.js'
import { updateCodeTimes } from './update-code-times.js'
import { updateLateSends } from './update-late-sends.js'
import { updatePacing } from './update-pacing.js'
import { updateName } from './update-name.js'
import { updateRetention } from './update-retention.js'
import { sendingLimits } from './sending-limits.js'
import { updateSendingLimits } from './update-sending-limits.js'

export const instanceEndpoints = [
  status,
  disconnect,
  restart,
  restoreSession,
  me,
  device,
  updateName,
  profileName,
  profilePicture,
  profileDescription,
  extensionToken,
  updateAutoReadMessage,
  updateAutoReadStatus,
  updateCallRejectAuto,
  updateCallRejectMessage,
  updateButtonForm,
  updateLateSends,
  updateCodeTimes,
  updatePacing,
  updateRetention,
  sendingLimits,
  updateSendingLimits,
]
