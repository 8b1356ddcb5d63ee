/**
 * Where WhatsApp is: the real one, or a simulator on this machine.
 *
 * Baileys checks the server against a root key that it exports. Replacing it
 * is the only way to speak to a simulator with an unmodified Baileys, and it
 * counts for the whole process. So it happens here only, only for a loopback
 * address, and never quietly.
 */

import { DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS } from 'baileys'
import { ConfigError } from '../../domain/errors.js'
import { isLoopbackHost } from '../../runtime/loopback.js'
import type { Log } from '../../runtime/telemetry.js'

export interface NetworkChoice {
  /** WhatsApp's own address when left out. */
  readonly url?: string | undefined
  /** The 32 bytes of a simulator's root key. */
  readonly rootKey?: Uint8Array | undefined
}

export interface Network {
  readonly url: string
}

/**
 * Decides where sockets lead to, for the rest of this process.
 *
 * @throws ConfigError when a root key comes without a loopback address, has
 * not 32 bytes, or when the connection would leave this machine without TLS
 */
export function openNetwork(choice: NetworkChoice, log: Log): Network {
  const url = String(choice.url ?? DEFAULT_CONNECTION_CONFIG.waWebSocketUrl)
  if (!URL.canParse(url)) throw new ConfigError('the WhatsApp URL is not a URL')
  const { protocol, host } = new URL(url)
  const here = isLoopbackHost(url)

  if (protocol !== 'wss:' && !(protocol === 'ws:' && here))
    throw new ConfigError('the WhatsApp URL must begin with wss:// unless it leads to this machine')

  if (choice.rootKey !== undefined) {
    if (!here)
      throw new ConfigError(
        'a WhatsApp root key belongs to a simulator: remove it, or let the WhatsApp URL lead to 127.0.0.1',
      )
    if (choice.rootKey.byteLength !== 32)
      throw new ConfigError('the WhatsApp root key must have 32 bytes')
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(choice.rootKey)
  }
  if (choice.url !== undefined) log.warn('whatsapp.is-not-the-real-one', { address: host })
  return { url }
}
