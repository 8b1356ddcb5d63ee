/** Chats, as WhatsApp told of them, and what a number makes of them. */

import { chatMessages } from './chat-messages.js'
import { chatMetadata } from './chat-metadata.js'
import { getChats } from './get-chats.js'
import { modifyChat } from './modify-chat.js'
import { sendChatExpiration } from './send-chat-expiration.js'

export const chatEndpoints = [getChats, chatMetadata, chatMessages, modifyChat, sendChatExpiration]
