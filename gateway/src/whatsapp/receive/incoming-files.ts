/** Messages that are a file: pictures, videos, recordings, documents, stickers. */

import type { proto } from 'baileys'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { StatusAnswer } from '../../domain/incoming-message.js'
import type { Attachments } from './attachments.js'

/** `viewOnce`: the message came in a wrapping that says so. */
export function fileContent(
  content: proto.IMessage,
  viewOnce: boolean,
  attachments: Attachments,
): IncomingContent | undefined {
  const { imageMessage, videoMessage, ptvMessage, audioMessage, documentMessage } = content
  if (imageMessage) return { kind: 'image', ...attachments.image(imageMessage, viewOnce) }
  if (videoMessage) {
    const isGif = videoMessage.gifPlayback ?? false
    return { kind: 'video', isGif, ...attachments.video(videoMessage, viewOnce) }
  }
  if (ptvMessage) return { kind: 'round-video', ...attachments.video(ptvMessage, viewOnce) }
  if (audioMessage)
    return {
      kind: 'audio',
      ...attachments.file('audio', audioMessage, 'audio/ogg; codecs=opus'),
      isVoice: audioMessage.ptt ?? false,
      seconds: audioMessage.seconds ?? 0,
      viewOnce: viewOnce || (audioMessage.viewOnce ?? false),
    }
  if (documentMessage) return { kind: 'document', ...attachments.document(documentMessage) }

  const sticker = content.stickerMessage ?? content.lottieStickerMessage?.message?.stickerMessage
  if (!sticker) return undefined
  return {
    kind: 'sticker',
    ...attachments.file('sticker', sticker, 'image/webp'),
    width: sticker.width ?? 0,
    height: sticker.height ?? 0,
  }
}

/** What of our status the answer repeats. */
export function answeredStatus(
  quoted: proto.IMessage | undefined,
  attachments: Attachments,
): StatusAnswer {
  const { imageMessage, videoMessage, audioMessage } = quoted ?? {}
  return {
    image: imageMessage ? attachments.image(imageMessage) : undefined,
    video: videoMessage ? attachments.video(videoMessage) : undefined,
    audio: audioMessage
      ? attachments.file('audio', audioMessage, 'audio/ogg; codecs=opus')
      : undefined,
  }
}
