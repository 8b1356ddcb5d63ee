/** A `<message>` to a channel: who runs it writes, everybody who follows it reads. Nothing is encrypted. */

import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import type { Network } from '../network.js'
import type { Newsletter } from '../newsletter.js'
import { childOf, secondsOf, stanza } from '../wire/stanza.js'

/** Delivers it. Returns the number that the channel gives it, or the code of a refusal. */
export function takeNewsletterMessage(
  message: BinaryNode,
  from: Device,
  newsletter: Newsletter,
  network: Network,
): { readonly serverId: string } | { readonly refusal: number } {
  if (!newsletter.isRunBy(from.account)) return { refusal: 403 }
  const plaintext = childOf(message, 'plaintext')
  if (plaintext === undefined) return { refusal: 479 }
  // Media without their kind are taken at WhatsApp and never show; here they are refused.
  const isMedia = message.attrs['type'] === 'media'
  if (isMedia && plaintext.attrs['mediatype'] === undefined) return { refusal: 479 }
  const serverId = newsletter.nextServerId().toString()
  const { id, type } = message.attrs
  for (const account of newsletter.followers)
    for (const device of account.devices.values()) {
      if (device === from) continue
      const isSender = account === from.account ? 'true' : undefined
      const t = secondsOf(network.now())
      const attrs = { from: newsletter.id, id, type, t, server_id: serverId, is_sender: isSender }
      device.deliver(stanza('message', attrs, [plaintext]))
    }
  return { serverId }
}
