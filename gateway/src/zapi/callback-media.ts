/** The files of a received message, as Z-API's callbacks show them. */

import type {
  MediaId,
  SharedDocument,
  SharedFile,
  SharedImage,
  SharedVideo,
} from '../domain/incoming-content.js'

/** Where the file can be fetched. */
export type MediaUrl = (id: MediaId) => string

/** `null` where WhatsApp did not say where the file is. */
export function urlOf({ mediaId }: SharedFile, mediaUrl: MediaUrl): string | null {
  return mediaId === undefined ? null : mediaUrl(mediaId)
}

/** The thumbnail is the picture itself: no smaller one is kept. */
export function imageKeys(image: SharedImage, mediaUrl: MediaUrl): object {
  const { mimeType, caption, width, height, viewOnce } = image
  const imageUrl = urlOf(image, mediaUrl)
  return { mimeType, imageUrl, thumbnailUrl: imageUrl, caption, width, height, viewOnce }
}

export function videoKeys(
  video: SharedVideo,
  mediaUrl: MediaUrl,
): { readonly videoUrl: string | null } {
  const { caption, mimeType, seconds, width, height, viewOnce } = video
  const shown = { caption, mimeType, seconds, width, height, viewOnce }
  return { videoUrl: urlOf(video, mediaUrl), ...shown }
}

export function audioKeys(
  audio: SharedFile & {
    readonly isVoice: boolean
    readonly seconds: number
    readonly viewOnce: boolean
  },
  mediaUrl: MediaUrl,
): object {
  const { isVoice, seconds, mimeType, viewOnce } = audio
  return { ptt: isVoice, seconds, audioUrl: urlOf(audio, mediaUrl), mimeType, viewOnce }
}

export function documentKeys(document: SharedDocument, mediaUrl: MediaUrl): object {
  const { mimeType, title, pageCount, fileName, caption } = document
  const documentUrl = urlOf(document, mediaUrl)
  return { documentUrl, mimeType, title, pageCount, fileName, caption: caption ?? null }
}
