/**
 * Where WhatsApp is: the real one, or a simulator on this machine.
 *
 * Baileys checks the server against a root key that it exports. Replacing it
 * is the only way to speak to a simulator with an unmodified Baileys, and it
 * counts for the whole process. So it happens here only, only for a loopback
 * address, and never quietly.
 */

import { DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS } from 'baileys'
import type { Log } from '../../runtime/telemetry.js'
import { checkNetwork, type NetworkChoice } from './network-choice.js'

export interface Network {
  readonly url: string
}

/** Decides where sockets lead to, for the rest of this process. Throws what `checkNetwork` throws. */
export function openNetwork(choice: NetworkChoice, log: Log): Network {
  checkNetwork(choice)
  const url = String(choice.url ?? DEFAULT_CONNECTION_CONFIG.waWebSocketUrl)
  if (choice.rootKey !== undefined) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(choice.rootKey)
  if (choice.url !== undefined)
    log.warn('whatsapp.is-not-the-real-one', { address: new URL(url).host })
  return { url }
}
