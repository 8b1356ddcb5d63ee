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
  'confirm-security-code': 'POST mobile/confirm-pin-code',
  'delete-message': 'DELETE messages?messageId=…&phone=…&owner=…',
  'delete-messages': 'DELETE messages?messageId=…&phone=…&owner=…',
  'product/': 'GET products/{productId}, or DELETE products/{productId}',
  'profile-picture/': 'GET profile-picture?phone={phone}',
  'qr-code/base64': 'GET qr-code/image',
  'recovery-security-code': 'POST mobile/recovery-pin-code',
  'send-button': 'POST send-button-list, send-button-actions or send-button-otp',
  'send-buttons': 'POST send-button-list, send-button-actions or send-button-otp',
  'send-document': 'POST send-document/{extension}',
  'send-list': 'POST send-option-list',
  'send-message': 'POST send-text',
  'send-messages': 'POST send-text',
  'update-webhook': 'PUT update-every-webhooks, or update-webhook-received and its siblings',
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
