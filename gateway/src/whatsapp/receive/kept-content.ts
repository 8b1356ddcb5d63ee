/** Reads what is kept of a message once more, as it was told when it came. */

import { proto } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type { MediaId } from '../../domain/incoming-content.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import { Attachments } from './attachments.js'
import { incomingContent } from './incoming-content.js'
import { contextOf } from './incoming-context.js'
import { mediaOf } from './incoming-message.js'

/**
 * `mediaId` names the files of the message by their place in it. `undefined` for what this version
 * cannot read. Never throws: other people wrote the message.
 */
export function readKept(
  { whatsappId, chat, author: sender, fromMe, at, original }: KeptMessage,
  mediaId: (place: number) => MediaId,
): IncomingMessage | undefined {
  let files = 0
  const attachments = new Attachments(() => mediaId(files++))
  const own: PersonId = fromMe ? sender : {}
  try {
    const said = proto.Message.decode(original.bytes)
    const content = incomingContent(said, { chat, sender, own, fromMe }, attachments)
    if (content === undefined) return undefined
    return {
      whatsappId,
      chat,
      sender,
      fromMe,
      at,
      ...contextOf(said, attachments),
      content,
      media: mediaOf(attachments, {
        whatsappId,
        fromMe,
        chat,
        author: chat.kind === 'group' ? sender : undefined,
      }),
    }
  } catch {
    return undefined
  }
}
