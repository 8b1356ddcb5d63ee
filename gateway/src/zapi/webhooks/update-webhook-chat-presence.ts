import { setCallback } from './set-callback.js'

export const updateWebhookChatPresence = setCallback('chatPresence', {
  path: '/update-webhook-chat-presence',
  summary: 'Sets the URL that is told who is typing.',
  description: 'PresenceChatCallback.',
})
