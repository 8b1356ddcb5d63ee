/** The address under which others reach this gateway, for the links that it gives away. */

import type { Config } from './config.js'

/**
 * RECADO_PUBLIC_URL where it is set; else where the gateway listens, which only
 * this machine may be able to reach. Without a slash at the end.
 */
export function publicUrlOf(
  { publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>,
  listeningAt: string | undefined,
): string {
  return publicUrl ?? listeningAt ?? `http://${reachable(host)}:${port}`
}

/** An address to listen on everywhere is none to call. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
