/** Phones and messages as the control API answers them, without the stanzas behind them. */

import type { MessageView, PhoneView } from './control-answers.js'
import type { PhoneFace, PhoneMessage } from './model.js'
import { drawnWith, hindrancesOf, showOnScreen } from './screen.js'

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
    asksForPasskey: phone.asksForPasskey,
    ...(phone.linkingScreen === undefined ? {} : { linking: phone.linkingScreen }),
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
