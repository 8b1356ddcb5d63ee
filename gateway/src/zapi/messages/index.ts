/** What is sent, and what became of it. */

import { findMessage } from './find-message.js'
import { sendButtonOtp } from './send-button-otp.js'

export const messageEndpoints = [sendButtonOtp, findMessage]
