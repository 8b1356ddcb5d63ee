import { setCallback } from './set-callback.js'

export const updateProxyWebhook = setCallback('proxy', {
  path: '/update-proxy-webhook',
  tag: 'partner',
  summary: 'Sets the URL that is told when a connection was made without its proxy.',
  description:
    'ProxyCallback: the proxy failed three times in a row; the next connection tries it again.',
})
