/** What the control API answers: phones and messages as JSON, without the stanzas behind them. */

import type { CopyButton, Drawn, PhoneFace, PhoneMessage, ShownStatus, Shows } from './model.js'
import { drawnWith, hindrancesOf, showOnScreen } from './screen.js'

export interface PhoneView {
  readonly phone: string
  readonly lid: string
  readonly name: string
  readonly business: boolean
  readonly online: boolean
  /** How many messages the phone keeps. */
  readonly messages: number
  /** How many of them came in and nobody has read. */
  readonly unread: number
  readonly linkedDevices: number
  readonly duplicatesDropped: number
  readonly ratchetReuses: number
}

export interface ImageView {
  readonly mimetype: string
  /** In pixels, as the sender says. */
  readonly width?: number
  readonly height?: number
  /** Where the decrypted image is; left out while the phone does not have it. */
  readonly url?: string
  /** Why the phone does not have it. */
  readonly failure?: string
}

export interface MessageView {
  readonly id: string
  readonly chat: string
  readonly from: string
  readonly fromMe: boolean
  readonly at: number
  readonly text: string
  readonly image?: ImageView
  readonly buttons: readonly CopyButton[]
  readonly shows: Shows
  /** What each client draws. */
  readonly drawn: Drawn
  readonly status: ShownStatus
}

export function viewPhone(phone: PhoneFace): PhoneView {
  return {
    phone: phone.phone,
    lid: phone.lid,
    name: phone.name,
    business: phone.business,
    online: phone.online,
    messages: phone.messages.length,
    unread: phone.messages.filter(({ fromMe, status }) => !fromMe && status !== 'read').length,
    linkedDevices: phone.linkedDevices().length,
    duplicatesDropped: phone.duplicatesDropped,
    ratchetReuses: phone.ratchetReuses.length,
  }
}

/** `origin` is the API's own, as in `http://127.0.0.1:8090`. */
export function viewMessage(
  message: PhoneMessage,
  { phone }: Pick<PhoneFace, 'phone'>,
  origin: string,
): MessageView {
  const { id, chat, from, fromMe, at, text, image, buttons, shows, status } = message
  const url = `${origin}/phones/${phone}/messages/${encodeURIComponent(id)}/image`
  return {
    id,
    chat,
    from,
    fromMe,
    at,
    text,
    ...(image === undefined
      ? {}
      : {
          image: {
            mimetype: image.mimetype,
            ...sizeOf(message),
            ...(image.bytes === undefined ? {} : { url }),
            ...(image.failure === undefined ? {} : { failure: image.failure }),
          },
        }),
    buttons,
    shows,
    drawn: drawnWith(hindrancesOf(message.content, message.stanza)),
    status,
  }
}

/** Nothing when the sender does not say. */
function sizeOf({ content, stanza }: PhoneMessage): { width?: number; height?: number } {
  const { width, height } = showOnScreen({ message: content, stanza }).image ?? {}
  return width && height ? { width, height } : {}
}
