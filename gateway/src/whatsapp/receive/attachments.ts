/** The files of one incoming message: what the content shows of them, and the references by which they can be fetched. */

import { type proto, toNumber } from 'baileys'
import type {
  MediaId,
  MediaKind,
  MediaReference,
  SharedDocument,
  SharedFile,
  SharedImage,
  SharedVideo,
} from '../../domain/incoming-content.js'

/** What all of WhatsApp's parts with a file have in common. */
type FilePart = Pick<
  proto.Message.IImageMessage,
  'mimetype' | 'mediaKey' | 'directPath' | 'url' | 'fileSha256' | 'fileLength'
>

const mediaKeyBytes = 32
const sha256Bytes = 32

export class Attachments {
  readonly #newMediaId: () => MediaId
  readonly #references: MediaReference[] = []

  constructor(newMediaId: () => MediaId) {
    this.#newMediaId = newMediaId
  }

  get references(): readonly MediaReference[] {
    return this.#references
  }

  image(part: proto.Message.IImageMessage, viewOnce = false): SharedImage {
    return {
      ...this.file('image', part, 'image/jpeg'),
      ...shownOf(part),
      viewOnce: viewOnce || (part.viewOnce ?? false),
    }
  }

  video(part: proto.Message.IVideoMessage, viewOnce = false): SharedVideo {
    return {
      ...this.file('video', part, 'video/mp4'),
      ...shownOf(part),
      seconds: part.seconds ?? 0,
      viewOnce: viewOnce || (part.viewOnce ?? false),
    }
  }

  document(part: proto.Message.IDocumentMessage): SharedDocument {
    const fileName = part.fileName ?? ''
    return {
      ...this.file('document', part, 'application/octet-stream', fileName || undefined),
      fileName,
      title: part.title ?? '',
      caption: part.caption || undefined,
      pageCount: part.pageCount ?? 0,
    }
  }

  /** Without `mediaId` where the sender did not say where the file is: a stranger wrote it. */
  file(kind: MediaKind, part: FilePart, usualType: string, fileName?: string): SharedFile {
    const mimeType = part.mimetype || usualType
    const place = placeOf(part)
    if (place === undefined || (part.mediaKey?.length && part.mediaKey.length !== mediaKeyBytes))
      return { mimeType }
    const id = this.#newMediaId()
    this.#references.push({
      id,
      kind,
      mimeType,
      fileName,
      key: part.mediaKey?.length ? part.mediaKey : undefined,
      ...place,
      sha256: part.fileSha256?.length === sha256Bytes ? part.fileSha256 : undefined,
      byteLength: part.fileLength ? toNumber(part.fileLength) : undefined,
    })
    return { mediaId: id, mimeType }
  }
}

function shownOf(part: {
  readonly caption?: string | null
  readonly width?: number | null
  readonly height?: number | null
}): Pick<SharedImage, 'caption' | 'width' | 'height'> {
  return { caption: part.caption ?? '', width: part.width ?? 0, height: part.height ?? 0 }
}

function placeOf({ directPath, url }: FilePart): Pick<MediaReference, 'path' | 'host'> | undefined {
  const address = url && URL.canParse(url) ? new URL(url) : undefined
  const path = directPath || (address && address.pathname + address.search)
  return path?.startsWith('/') ? { path, host: address?.host } : undefined
}
