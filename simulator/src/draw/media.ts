/** The parts of a message that are files. */

import type { MediaType, proto } from 'baileys'
import type { FileSource } from './file.js'
import type { Pen } from './kind.js'
import { filled, numberIn } from './plain.js'
import type { MediaForm, MediaPart } from './view.js'

interface Shape {
  readonly width?: number | null
  readonly height?: number | null
  readonly seconds?: number | null
  readonly fileName?: string | null
  readonly pageCount?: number | null
  readonly jpegThumbnail?: Uint8Array | null
}

/** Any of the wire's messages that name one file. */
export function mediaPart(
  form: MediaForm,
  type: MediaType,
  message: Omit<FileSource, 'type'> & Shape,
  pen: Pen,
): MediaPart {
  return filled({
    type: 'media',
    form,
    file: pen.file({ ...sourceOf(message), type }),
    mimetype: message.mimetype ?? 'application/octet-stream',
    width: numberIn(message.width),
    height: numberIn(message.height),
    seconds: numberIn(message.seconds),
    fileName: message.fileName,
    byteLength: numberIn(message.fileLength),
    pages: numberIn(message.pageCount),
    thumbnail: pen.thumbnail(message.jpegThumbnail),
  })
}

function sourceOf(message: Omit<FileSource, 'type'>): Omit<FileSource, 'type'> {
  const { url, directPath, mediaKey, fileSha256, fileEncSha256, fileLength, mimetype } = message
  return { url, directPath, mediaKey, fileSha256, fileEncSha256, fileLength, mimetype }
}

export function imagePart(image: proto.Message.IImageMessage, pen: Pen): MediaPart {
  return mediaPart('image', 'image', image, pen)
}

export function videoPart(video: proto.Message.IVideoMessage, pen: Pen): MediaPart {
  return mediaPart(video.gifPlayback ? 'gif' : 'video', 'video', video, pen)
}

export function documentPart(document: proto.Message.IDocumentMessage, pen: Pen): MediaPart {
  const part = mediaPart('document', 'document', document, pen)
  const fileName = document.fileName || document.title
  return fileName ? { ...part, fileName } : part
}
