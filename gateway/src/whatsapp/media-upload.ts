/** Puts the files of a message on WhatsApp's media hosts, each as the media message that shows it. */

import { prepareWAMessageMedia, type proto } from 'baileys'
import type { FileRequest, PreparedFile, PreparedFiles } from '../domain/content/files.js'
import type { MediaHosts } from './media-hosts.js'

/**
 * Uploads those of the files that are not sent within the message itself. Gives the media messages
 * by role. Throws `UploadError`, after which a retry is safe, or `FileRefusedError`.
 */
export async function uploadFiles(
  requests: readonly FileRequest[],
  files: PreparedFiles,
  hosts: MediaHosts,
): Promise<ReadonlyMap<string, proto.IMessage>> {
  const uploaded = new Map<string, proto.IMessage>()
  for (const { role, use } of requests) {
    const file = files.get(role)
    if (file === undefined || use === 'thumbnail') continue
    uploaded.set(role, await upload(use, file, hosts))
  }
  return uploaded
}

function upload(
  use: 'image' | 'document',
  { bytes, mimeType, thumbnail, width, height }: PreparedFile,
  hosts: MediaHosts,
): Promise<proto.IMessage> {
  const shown = {
    mimetype: mimeType,
    ...(thumbnail && { jpegThumbnail: Buffer.from(thumbnail).toString('base64') }),
    ...(width !== undefined && height !== undefined && { width, height }),
  }
  const file = Buffer.from(bytes)
  return prepareWAMessageMedia(
    use === 'image' ? { image: file, ...shown } : { document: file, ...shown },
    { upload: hosts.upload },
  )
}
