/** What is sent, and what became of it. */

import { deleteMessage } from './delete-message.js'
import { forwardMessage } from './forward-message.js'
import { pinMessage } from './pin-message.js'
import { readMessage } from './read-message.js'
import { sendReaction } from './send-reaction.js'
import { sendRemoveReaction } from './send-remove-reaction.js'
import { sendEditEvent } from './send-edit-event.js'
import { sendEventResponse } from './send-event-response.js'
import { sendPollVote } from './send-poll-vote.js'
import { findMessage } from './find-message.js'
import { sendButtonActions } from './send-button-actions.js'
import { sendButtonList } from './send-button-list.js'
import { sendAudio } from './send-audio.js'
import { sendButtonOtp } from './send-button-otp.js'
import { sendContact } from './send-contact.js'
import { sendContacts } from './send-contacts.js'
import { sendDocument } from './send-document.js'
import { sendEvent } from './send-event.js'
import { sendGif } from './send-gif.js'
import { sendImage } from './send-image.js'
import { sendLink } from './send-link.js'
import { sendLocation } from './send-location.js'
import { sendPoll } from './send-poll.js'
import { sendOptionList } from './send-option-list.js'
import { sendPtv } from './send-ptv.js'
import { sendSticker } from './send-sticker.js'
import { orderPaymentUpdate } from './order-payment-update.js'
import { orderStatusUpdate } from './order-status-update.js'
import { sendButtonPix } from './send-button-pix.js'
import { sendCarousel } from './send-carousel.js'
import { sendCatalog } from './send-catalog.js'
import { sendNewsletterAdminInvite } from './send-newsletter-admin-invite.js'
import { sendOrder } from './send-order.js'
import { sendProduct } from './send-product.js'
import { replyButton } from './reply-button.js'
import { replyTemplateButton } from './reply-template-button.js'
import { sendText } from './send-text.js'
import { sendVideo } from './send-video.js'

export const messageEndpoints = [
  sendButtonOtp,
  sendText,
  sendImage,
  sendDocument,
  sendLink,
  sendAudio,
  sendVideo,
  sendGif,
  sendPtv,
  sendSticker,
  sendLocation,
  sendContact,
  sendContacts,
  sendPoll,
  sendEvent,
  sendButtonList,
  sendButtonActions,
  sendOptionList,
  deleteMessage,
  forwardMessage,
  pinMessage,
  readMessage,
  sendReaction,
  sendRemoveReaction,
  sendButtonPix,
  sendCarousel,
  sendProduct,
  sendCatalog,
  sendOrder,
  sendNewsletterAdminInvite,
  orderStatusUpdate,
  orderPaymentUpdate,
  replyButton,
  replyTemplateButton,
  sendEditEvent,
  sendEventResponse,
  sendPollVote,
  findMessage,
]
