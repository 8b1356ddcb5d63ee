import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { done } from './shapes.js'

export const configureProxy = endpoint({
  method: 'PUT',
  path: '/integrator/configure-proxy',
  access: 'partner',
  tag: 'partner',
  summary: "Sets the proxy of an instance's connection to WhatsApp.",
  description:
    'socks5, http or https, tried before it is stored. An open connection is opened again through it. Without a proxyUrl, or with enable false, the connection is direct.',
  audit: 'by-the-module',
  keepBlanks: true,
  body: {
    proxyUrl: Type.Union([Type.String({ maxLength: 2048 }), Type.Null()], {
      description: 'The address of the proxy, with user and password if it asks for them.',
    }),
    enable: Type.Union([Type.Boolean(), Type.Null()], { description: 'Whether it is used.' }),
  },
  example: { proxyUrl: 'socks5://proxy.example.com:1080', enable: true },
  answer: done,
  refusals: { 400: 'The JSON text "Proxy is not reachable", or what is wrong with its URL.' },
  handle: async ({ instance, by }, { body: { proxyUrl, enable } }, { proxies }) => {
    const url = enable === true && proxyUrl ? proxyUrl : undefined
    await proxies.setProxy(instance.id, url, by)
    return { value: true }
  },
})
