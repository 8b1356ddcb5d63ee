/** What is sent, and what became of it. */

import { findMessage } from './find-message.js'
import { sendButtonOtp } from './send-button-otp.js'
import { sendDocument } from './send-document.js'
import { sendImage } from './send-image.js'
import { sendLink } from './send-link.js'
import { sendText } from './send-text.js'

export const messageEndpoints = [
  sendButtonOtp,
  sendText,
  sendImage,
  sendDocument,
  sendLink,
  findMessage,
]
