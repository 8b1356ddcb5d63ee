/** What is sent, and what became of it. */

import { findMessage } from './find-message.js'
import { sendButtonActions } from './send-button-actions.js'
import { sendButtonList } from './send-button-list.js'
import { sendButtonOtp } from './send-button-otp.js'
import { sendContact } from './send-contact.js'
import { sendContacts } from './send-contacts.js'
import { sendDocument } from './send-document.js'
import { sendEvent } from './send-event.js'
import { sendImage } from './send-image.js'
import { sendLink } from './send-link.js'
import { sendLocation } from './send-location.js'
import { sendPoll } from './send-poll.js'
import { sendOptionList } from './send-option-list.js'
import { sendText } from './send-text.js'

export const messageEndpoints = [
  sendButtonOtp,
  sendText,
  sendImage,
  sendDocument,
  sendLink,
  sendLocation,
  sendContact,
  sendContacts,
  sendPoll,
  sendEvent,
  sendButtonList,
  sendButtonActions,
  sendOptionList,
  findMessage,
]
