/** What a kept message says, as a callback tells it. Its files are not named: the way to them is another message's. */

import type { IncomingContent } from '../../domain/incoming-content.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import { newMediaId } from '../../runtime/ids.js'
import { Attachments } from './attachments.js'
import { incomingContent } from './incoming-content.js'
import { decodeOriginal } from '../send/original-message.js'

export function contentOfKept({
  original,
  chat,
  author,
  fromMe,
}: KeptMessage): IncomingContent | undefined {
  const said = { chat, sender: author, own: fromMe ? author : {}, fromMe }
  const content = incomingContent(decodeOriginal(original), said, new Attachments(newMediaId))
  return content && withoutMedia(content)
}

function withoutMedia(content: IncomingContent): IncomingContent {
  const { mediaId: _, ...rest } = { mediaId: undefined, ...content }
  return rest
}
