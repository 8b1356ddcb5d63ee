/** Puts the files of a message on WhatsApp's media hosts, each as the media message that shows it. */

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import {
  type AnyMediaMessageContent,
  type CacheStore,
  prepareWAMessageMedia,
  proto,
  type WAMediaUpload,
} from 'baileys'
import {
  type FileRequest,
  type FileUse,
  isLarge,
  type PreparedFile,
  type PreparedFiles,
} from '../../domain/content/files.js'
import type { MediaHosts } from './media-hosts.js'

/**
 * Uploads those of the files that are not sent within the message itself. Gives the media messages
 * by role. A file that was uploaded before is not uploaded again: WhatsApp's own clients forward
 * files that way. Throws `UploadError`, after which a retry is safe, or `FileRefusedError`.
 */
export async function uploadFiles(
  requests: readonly FileRequest[],
  files: PreparedFiles,
  { hosts, uploads }: UploadContext,
): Promise<ReadonlyMap<string, proto.IMessage>> {
  const uploaded = new Map<string, proto.IMessage>()
  for (const { role, use } of requests) {
    const file = files.get(role)
    if (file === undefined || use === 'thumbnail') continue
    const name = `${use} ${file.mimeType} ${await hashOf(file.bytes)}`
    const known = await uploads.get<Uint8Array>(name)
    const message =
      known === undefined ? await upload(use, file, hosts) : proto.Message.decode(known)
    if (known === undefined) await uploads.set(name, proto.Message.encode(message).finish())
    uploaded.set(role, message)
  }
  return uploaded
}

export interface UploadContext {
  readonly hosts: MediaHosts
  /** What was uploaded before, by use and hash. */
  readonly uploads: CacheStore
}

async function upload(
  use: UploadUse,
  file: PreparedFile,
  hosts: MediaHosts,
): Promise<proto.Message> {
  const message = await prepareWAMessageMedia(contentOf(use, file), { upload: hosts.upload })
  if (file.thumbnail === undefined) delete message.videoMessage?.jpegThumbnail
  return message
}

type UploadUse = Exclude<FileUse, 'thumbnail'>

/** What Baileys would find out by itself is given to it: it reads the whole file for that. */
function contentOf(use: UploadUse, file: PreparedFile): AnyMediaMessageContent {
  const { bytes, mimeType: mimetype, thumbnail, width, height, seconds = 0 } = file
  const media: WAMediaUpload = { stream: Readable.from(chunksOf(bytes)) }
  const size = width !== undefined && height !== undefined ? { width, height } : {}
  const picture = thumbnail && { jpegThumbnail: Buffer.from(thumbnail).toString('base64') }
  switch (use) {
    case 'image':
      return { image: media, mimetype, ...picture, ...size }
    case 'document':
      return { document: media, mimetype, ...picture }
    case 'audio':
      return { audio: media, mimetype, seconds }
    case 'video':
    case 'gif':
    case 'round-video':
      // Without the attribute Baileys starts ffmpeg by itself.
      return { video: media, mimetype, seconds, jpegThumbnail: '', ...picture, ...size }
    case 'sticker':
      return { sticker: media, mimetype, ...size }
  }
}

export async function hashOf(bytes: PreparedFile['bytes']): Promise<string> {
  if (isLarge(bytes)) return bytes.sha256
  const hash = createHash('sha256')
  for await (const chunk of chunksOf(bytes)) hash.update(chunk)
  return hash.digest('hex')
}

/** To hash and encrypt 5 MB in one piece holds the event loop for 40 ms. */
const chunkBytes = 524_288

export async function* chunksOf(bytes: PreparedFile['bytes']): AsyncGenerator<Uint8Array> {
  if (isLarge(bytes)) return yield* bytes.chunks()
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    yield bytes.subarray(at, at + chunkBytes)
    await setImmediate()
  }
}
