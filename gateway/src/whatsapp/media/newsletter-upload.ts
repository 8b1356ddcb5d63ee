/**
 * Puts the files of a message to a channel on WhatsApp's media hosts. They are not encrypted, and lie in
 * folders of their own.
 *
 * Folders: those of WhatsApp Web (Baileys #2434, captured 2026-06-05). Fields: whatsmeow's
 * `UploadNewsletter`; no `url`, as in the form that showed on phones (Baileys #2434, 2026-09-08).
 */

import { Readable } from 'node:stream'
import { proto } from 'baileys'
import {
  type FileRequest,
  type FileUse,
  isLarge,
  type PreparedFile,
  type PreparedFiles,
} from '../../domain/content/files.js'
import { chunksOf, hashOf, type UploadContext } from './media-upload.js'

export interface NewsletterUpload {
  /** By role, the message that shows the file. */
  readonly uploaded: ReadonlyMap<string, proto.IMessage>
  /** WhatsApp's name of the file, which stands on the stanza. */
  readonly mediaId: string | undefined
}

/** As `uploadFiles`. A message to a channel has one file at most. */
export async function uploadToNewsletter(
  requests: readonly FileRequest[],
  files: PreparedFiles,
  { hosts, uploads }: UploadContext,
): Promise<NewsletterUpload> {
  const uploaded = new Map<string, proto.IMessage>()
  let mediaId: string | undefined
  for (const { role, use } of requests) {
    const file = files.get(role)
    if (file === undefined || use === 'thumbnail') continue
    const sha256 = await hashOf(file.bytes)
    const name = `newsletter ${use} ${file.mimeType} ${sha256}`
    const known = await uploads.get<Known>(name)
    const placed = known ?? (await upload(use, file, sha256, hosts))
    if (known === undefined) await uploads.set(name, placed)
    mediaId = placed.mediaId
    uploaded.set(role, messageOf(use, file, sha256, placed.directPath))
  }
  return { uploaded, mediaId }
}

type UploadUse = Exclude<FileUse, 'thumbnail'>

interface Known {
  readonly directPath: string
  readonly mediaId: string | undefined
}

async function upload(
  use: UploadUse,
  file: PreparedFile,
  sha256: string,
  hosts: UploadContext['hosts'],
): Promise<Known> {
  const body = { byteLength: lengthOf(file), open: () => Readable.from(chunksOf(file.bytes)) }
  const hash = Buffer.from(sha256, 'hex').toString('base64')
  const { directPath, handle } = await hosts.put(body, folderOf(use, file), hash)
  return { directPath, mediaId: handle }
}

function folderOf(use: UploadUse, { isVoice }: PreparedFile): string {
  const kind = use === 'round-video' ? 'ptv' : use === 'audio' && isVoice ? 'ptt' : use
  return `/newsletter/newsletter-${kind}`
}

function lengthOf({ bytes }: PreparedFile): number {
  return isLarge(bytes) ? bytes.byteLength : bytes.length
}

function messageOf(
  use: UploadUse,
  file: PreparedFile,
  sha256: string,
  directPath: string,
): proto.IMessage {
  const { mimeType: mimetype, thumbnail, width, height, seconds } = file
  const fields = {
    directPath,
    mimetype,
    fileSha256: Buffer.from(sha256, 'hex'),
    fileLength: lengthOf(file),
  }
  const size = width !== undefined && height !== undefined ? { width, height } : {}
  const length = seconds === undefined ? {} : { seconds }
  const picture = thumbnail && { jpegThumbnail: thumbnail }
  switch (use) {
    case 'image':
      return { imageMessage: { ...fields, ...size, ...picture } }
    case 'document':
      return { documentMessage: { ...fields, ...picture } }
    case 'audio':
      return { audioMessage: { ...fields, ...length } }
    case 'video':
    case 'gif':
    case 'round-video':
      return { videoMessage: { ...fields, ...size, ...length, ...picture } }
    case 'sticker':
      return { stickerMessage: { ...fields, ...size } }
  }
}
