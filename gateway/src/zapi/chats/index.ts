/** Chats, as WhatsApp told of them. */

import { chatMetadata } from './chat-metadata.js'
import { getChats } from './get-chats.js'

export const chatEndpoints = [getChats, chatMetadata]
