/**
 * Which WebSocket addresses may stand in for WhatsApp's own.
 *
 * The root key decides whom the gateway believes to be WhatsApp. Replacing it
 * is for a simulator on this machine, never for a server somewhere else.
 */

import { hostnameOf, isLoopbackHost } from './runtime/loopback.js'

const whatsappDomains = ['whatsapp.com', 'whatsapp.net']

/** Whether the URL leads to WhatsApp itself. */
function isWhatsappHost(url: string | undefined): boolean {
  const host = hostnameOf(url)
  return whatsappDomains.some((domain) => host === domain || host?.endsWith(`.${domain}`))
}

/**
 * Where people look at the phones of the simulator that stands in for WhatsApp:
 * its own address leads there. Undefined where WhatsApp is the real one.
 */
export function virtualPhonesUrl(whatsappUrl: string | undefined): string | undefined {
  if (whatsappUrl === undefined || !isLoopbackHost(whatsappUrl)) return undefined
  const { protocol, host } = new URL(whatsappUrl)
  return `${protocol === 'wss:' ? 'https' : 'http'}://${host}/phones`
}

/** What is wrong with this pair, as sentences that name the variables. */
export function problemsOfWhatsappUrl(url: string | undefined, hasRootKey: boolean): string[] {
  if (url === undefined)
    return hasRootKey
      ? ['RECADO_WHATSAPP_ROOT_KEY needs a loopback RECADO_WHATSAPP_URL, which is not set.']
      : []
  if (isLoopbackHost(url)) return []
  if (!isWhatsappHost(url))
    return ["RECADO_WHATSAPP_URL must be a loopback address; leave it unset for WhatsApp's own."]
  if (hasRootKey)
    return [
      "RECADO_WHATSAPP_ROOT_KEY is refused because RECADO_WHATSAPP_URL is WhatsApp's own address.",
    ]
  return url.startsWith('wss:') ? [] : ['RECADO_WHATSAPP_URL must start with wss:// for WhatsApp.']
}
