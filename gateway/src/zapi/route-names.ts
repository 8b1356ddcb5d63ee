/**
 * Names of calls that programs written for Z-API use and that are not the
 * documented ones. An alias is the same call; a mistake gets 404 and hears which call is meant.
 */

import type { RouteNames } from '../http/route-forms.js'

/** Below the instance: another name, and the documented one. */
const aliases: Readonly<Record<string, string>> = {
  // Z-API's own Postman collection.
  'mobile/recover-pin-code': 'mobile/recovery-pin-code',
}

/** Below the instance: what is called by mistake, and what is meant. A name that ends in `/` stands for all below it. */
export const mistakes: Readonly<Record<string, string>> = {
  'add-contact': 'POST contacts/add',
  'archive-chat': 'POST modify-chat',
  'clear-chat': 'POST modify-chat',
  'confirm-security-code': 'POST mobile/confirm-pin-code',
  'delete-message': 'DELETE messages?messageId=…&phone=…&owner=…',
  'delete-messages': 'DELETE messages?messageId=…&phone=…&owner=…',
  'edit-message': 'POST send-text with editMessageId',
  'get-iswhatsapp': 'GET phone-exists/{phone}',
  'group-members': 'GET group-metadata/{phone}',
  'group-metadata': 'GET group-metadata/{phone}',
  'groups/': 'GET group-metadata/{phone}',
  'is-whatsapp': 'GET phone-exists/{phone}',
  'last-messages': 'GET chat-messages/{phone}',
  'messages-chat/': 'GET chat-messages/{phone}',
  'mute-chat': 'POST modify-chat',
  'pin-chat': 'POST modify-chat',
  'product/': 'GET products/{productId}, or DELETE products/{productId}',
  'profile-picture/': 'GET profile-picture?phone={phone}',
  'qr-code/base64': 'GET qr-code/image',
  qrcode: 'GET qr-code/image',
  'queue-settings': 'PUT update-queue-settings',
  'read-chat': 'POST modify-chat',
  'recovery-security-code': 'POST mobile/recovery-pin-code',
  'send-button': 'POST send-button-list, send-button-actions or send-button-otp',
  'send-buttons': 'POST send-button-list, send-button-actions or send-button-otp',
  'send-chat-state': 'POST send-text with delayTyping',
  'send-document': 'POST send-document/{extension}',
  'send-link-buttons': 'POST send-button-actions',
  'send-list': 'POST send-option-list',
  'send-message': 'POST send-text',
  'send-messages': 'POST send-text',
  'send-payment-pix': 'POST send-button-pix',
  'send-reaction-remove': 'POST send-remove-reaction',
  'send-text-message': 'POST send-text',
  'send-typing': 'POST send-text with delayTyping',
  'update-webhook': 'PUT update-every-webhooks, or update-webhook-received and its siblings',
  'update-webhook-notify-me': 'PUT update-notify-sent-by-me',
  'update-webhook-send': 'PUT update-webhook-delivery',
  'update-webhook-status': 'PUT update-webhook-message-status',
  'update-webhooks': 'PUT update-every-webhooks, or update-webhook-received and its siblings',
  webhook: 'PUT update-every-webhooks, or update-webhook-received and its siblings',
  webhooks: 'PUT update-every-webhooks, or update-webhook-received and its siblings',
}

const ofInstance = /^(\/instances\/[^/]+\/token\/[^/]+\/)(.+)$/u

export const zapiRouteNames: RouteNames = {
  canonical: (path) => {
    const [, instance = '', call = ''] = ofInstance.exec(path) ?? []
    const name = Object.hasOwn(aliases, call) ? aliases[call] : undefined
    return name === undefined ? path : instance + name
  },
  meant: (path) => {
    const [, , call = ''] = ofInstance.exec(path) ?? []
    const name = Object.keys(mistakes).find((each) =>
      each.endsWith('/') ? call.startsWith(each) : call === each,
    )
    return name === undefined ? undefined : mistakes[name]
  },
}
