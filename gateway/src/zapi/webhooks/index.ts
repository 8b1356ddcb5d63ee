/** Where callbacks go, which are sent, and those that failed for good. */

import { listCallbacks } from './list-callbacks.js'
import { listReceivers } from './list-receivers.js'
import { pauseReceiver } from './pause-receiver.js'
import { replayCallback } from './replay-callback.js'
import { replayCallbacks } from './replay-callbacks.js'
import { resumeReceiver } from './resume-receiver.js'
import { showCallback } from './show-callback.js'
import { testReceiver } from './test-receiver.js'
import { tryCallback } from './try-callback.js'
import { tryCallbacks } from './try-callbacks.js'
import { updateEveryWebhooks } from './update-every-webhooks.js'
import { updateFilters } from './update-filters.js'
import { updateNotifySentByMe } from './update-notify-sent-by-me.js'
import { updateProxyWebhook } from './update-proxy-webhook.js'
import { updateWebhookChatPresence } from './update-webhook-chat-presence.js'
import { updateWebhookConnected } from './update-webhook-connected.js'
import { updateWebhookDelivery } from './update-webhook-delivery.js'
import { updateWebhookDisconnected } from './update-webhook-disconnected.js'
import { updateWebhookMessageStatus } from './update-webhook-message-status.js'
import { updateWebhookPasskey } from './update-webhook-passkey.js'
import { updateWebhookReceivedDelivery } from './update-webhook-received-delivery.js'
import { updateWebhookReceived } from './update-webhook-received.js'
import { webhookSecret } from './webhook-secret.js'

export const webhookEndpoints = [
  updateWebhookDelivery,
  updateWebhookReceived,
  updateWebhookConnected,
  updateWebhookDisconnected,
  updateWebhookMessageStatus,
  updateWebhookChatPresence,
  updateProxyWebhook,
  updateWebhookPasskey,
  updateWebhookReceivedDelivery,
  updateEveryWebhooks,
  updateNotifySentByMe,
  updateFilters,
  listCallbacks,
  showCallback,
  replayCallback,
  replayCallbacks,
  tryCallback,
  tryCallbacks,
  listReceivers,
  pauseReceiver,
  resumeReceiver,
  testReceiver,
  webhookSecret,
]
