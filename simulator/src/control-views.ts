/** Phones and messages as the control API answers them, without the stanzas behind them. */

import type { ChatView, FileView, MessageView, PhoneView } from './control-answers.js'
import type { PhoneFace, PhoneMessage } from './model.js'
import { hindrancesOf } from './draw/rules.js'
import { drawnWith } from './screen.js'

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

/** Those that something was made of. */
export function viewChats({ chats, chatLabels, blocked }: PhoneFace): readonly ChatView[] {
  const ids = new Set([...chats.all.keys(), ...chatLabels.keys(), ...blocked])
  return [...ids].map((id) => ({
    id,
    ...chats.all.get(id),
    labels: chatLabels.get(id) ?? [],
    ...(blocked.includes(id) ? { blocked: true } : {}),
  }))
}

/** `origin` is the API's own, as in `http://127.0.0.1:8090`. */
export function viewMessage(
  message: PhoneMessage,
  { phone }: Pick<PhoneFace, 'phone'>,
  origin: string,
): MessageView {
  const { id, key, chat, from, fromMe, at, text, view, image, buttons } = message
  const { state, shows, status } = message
  const path = `${origin}/phones/${phone}/messages/${encodeURIComponent(key)}`
  const files = [...message.files].map(([name, { mimetype, byteLength, bytes, failure }]) => {
    const file: FileView = {
      mimetype,
      byteLength,
      ...(bytes === undefined ? {} : { url: `${path}/files/${name}` }),
      ...(failure === undefined ? {} : { failure }),
    }
    return [name, file] as const
  })
  return {
    id,
    key,
    chat,
    from,
    fromMe,
    at,
    text,
    view,
    files: Object.fromEntries(files),
    ...(image === undefined
      ? {}
      : {
          image: {
            mimetype: image.mimetype,
            ...sizeOf(message),
            ...(image.bytes === undefined ? {} : { url: `${path}/image` }),
            ...(image.failure === undefined ? {} : { failure: image.failure }),
          },
        }),
    buttons,
    state,
    shows,
    drawn: drawnWith(hindrancesOf(message.content, message.stanza)),
    status,
  }
}

/** Nothing when the sender does not say. */
function sizeOf({ view }: PhoneMessage): { width?: number; height?: number } {
  const picture = view.parts.find((part) => part.type === 'media' && part.form === 'image')
  const { width, height } = picture?.type === 'media' ? picture : {}
  return width && height ? { width, height } : {}
}
