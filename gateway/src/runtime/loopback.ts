/** Which addresses can only lead to this machine: there, and only there, may a simulator stand in for WhatsApp. */

import ipaddr from 'ipaddr.js'

/** Whether the URL can only lead to this machine. */
export function isLoopbackHost(url: string | undefined): boolean {
  const host = hostnameOf(url)
  if (host === undefined) return false
  if (host === 'localhost') return true
  const bare = host.replace(/^\[|\]$/gu, '')
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback'
}

/** Lower case; a dot at the end names the same host and is cut off. */
export function hostnameOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  return new URL(url).hostname.toLowerCase().replace(/\.$/u, '')
}
