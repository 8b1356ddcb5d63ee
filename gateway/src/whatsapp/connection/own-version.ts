/** Where WhatsApp is and as which version of WhatsApp Web we come, for checks of the connection. */

import { DEFAULT_CONNECTION_CONFIG } from 'baileys'

export const whatsappUrl = String(DEFAULT_CONNECTION_CONFIG.waWebSocketUrl)

/** `2.3000.1043857760`: the last part is the revision, which only grows. */
export const ownVersion = DEFAULT_CONNECTION_CONFIG.version.join('.')
