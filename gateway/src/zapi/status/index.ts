/** Statuses (stories): what this number posts, and answers to those of others. */

import { replyStatusGif } from './reply-status-gif.js'
import { replyStatusSticker } from './reply-status-sticker.js'
import { replyStatusText } from './reply-status-text.js'
import { sendImageStatus } from './send-image-status.js'
import { sendTextStatus } from './send-text-status.js'
import { sendVideoStatus } from './send-video-status.js'

export const statusEndpoints = [
  sendTextStatus,
  sendImageStatus,
  sendVideoStatus,
  replyStatusText,
  replyStatusGif,
  replyStatusSticker,
]
