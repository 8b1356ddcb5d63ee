/**
 * What Z-API calls the content of a message: the one key of a
 * `ReceivedCallback` that says what kind of message it is.
 */

import type { PersonId } from '../domain/chat.js'
import type { IncomingContent } from '../domain/incoming-content.js'
import type { StatusAnswer } from '../domain/incoming-message.js'
import type { Notice } from '../domain/notice.js'
import { cardKeys } from './callback-card.js'
import {
  audioKeys,
  documentKeys,
  imageKeys,
  type MediaUrl,
  urlOf,
  videoKeys,
} from './callback-media.js'
import { sharedKeys } from './callback-shares.js'

/**
 * Our additions, beside Z-API's keys: `masked`, because `waitingMessage` means
 * "no content yet" while what WhatsApp masks for linked devices never comes;
 * `contacts`, if several are shared at once.
 */
export function contentKeys(
  content: Exclude<IncomingContent, Notice>,
  { sender, mediaUrl }: { readonly sender: PersonId; readonly mediaUrl: MediaUrl },
): object {
  switch (content.kind) {
    case 'text':
      return { text: { message: content.text, ...content.link } }
    case 'image':
      return { image: imageKeys(content, mediaUrl) }
    case 'video':
      return { video: { ...videoKeys(content, mediaUrl), isGif: content.isGif } }
    case 'round-video': {
      const { videoUrl, ...shown } = videoKeys(content, mediaUrl)
      return { ptv: { ptvUrl: videoUrl, ...shown } }
    }
    case 'audio':
      return { audio: audioKeys(content, mediaUrl) }
    case 'document':
      return { document: documentKeys(content, mediaUrl) }
    case 'sticker':
      return {
        sticker: {
          stickerUrl: urlOf(content, mediaUrl),
          mimeType: content.mimeType,
          width: content.width,
          height: content.height,
        },
      }
    case 'copy-code':
    case 'card':
    case 'carousel':
    case 'buttons':
      return cardKeys(content, mediaUrl)
    case 'button-reply':
      return { buttonsResponseMessage: { buttonId: content.id, message: content.text } }
    case 'list-reply':
      return {
        listResponseMessage: {
          message: content.text,
          title: content.title,
          selectedRowId: content.rowId,
        },
      }
    case 'masked':
      return { masked: { reason: 'WhatsApp shows this message on the primary phone only' } }
    case 'waiting':
      return content.viewOnce ? { viewOnce: true } : {}
    case 'contacts':
    case 'location':
    case 'live-location':
    case 'reaction':
    case 'pin':
    case 'poll':
    case 'poll-vote':
    case 'event':
    case 'event-reply':
    case 'channel-admin-invite':
    case 'pix-key':
    case 'order-payment':
    case 'order-status':
    case 'product':
    case 'cart':
    case 'payment-request':
    case 'payment':
      return sharedKeys(content, sender, mediaUrl)
  }
}

/** What the answered status was, beside the answer itself. */
export function statusKeys({ image, video, audio }: StatusAnswer, mediaUrl: MediaUrl): object {
  return {
    ...(image ? { statusImage: imageKeys(image, mediaUrl) } : {}),
    ...(video ? { statusVideo: videoKeys(video, mediaUrl) } : {}),
    ...(audio
      ? { statusAudio: { audioUrl: urlOf(audio, mediaUrl), mimeType: audio.mimeType } }
      : {}),
  }
}
