/** Where sockets shall lead to, and whether that may be. Without Baileys, so that a start refuses it before Baileys is loaded. */

import { ConfigError } from '../../domain/errors.js'
import { isLoopbackHost } from '../../runtime/loopback.js'

export interface NetworkChoice {
  /** WhatsApp's own address when left out. */
  readonly url?: string | undefined
  /** The 32 bytes of a simulator's root key. */
  readonly rootKey?: Uint8Array | undefined
}

/**
 * @throws ConfigError when a root key comes without a loopback address, has
 * not 32 bytes, or when the connection would leave this machine without TLS
 */
export function checkNetwork({ url, rootKey }: NetworkChoice): void {
  const here = url !== undefined && isLoopbackHost(url)
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new ConfigError('the WhatsApp URL is not a URL')
    const { protocol } = new URL(url)
    if (protocol !== 'wss:' && !(protocol === 'ws:' && here))
      throw new ConfigError(
        'the WhatsApp URL must begin with wss:// unless it leads to this machine',
      )
  }
  if (rootKey === undefined) return
  if (!here)
    throw new ConfigError(
      'a WhatsApp root key belongs to a simulator: remove it, or let the WhatsApp URL lead to 127.0.0.1',
    )
  if (rootKey.byteLength !== 32) throw new ConfigError('the WhatsApp root key must have 32 bytes')
}
