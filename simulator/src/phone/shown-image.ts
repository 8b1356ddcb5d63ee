/** Downloads an image as a phone does when it shows the message. Never throws: a failure is part of what is shown. */

import { createHash } from 'node:crypto'
import type { proto } from 'baileys'
import type { ShownImage } from '../model.js'

export async function fetchShownImage(
  image: proto.Message.IImageMessage,
  fetchImage: (image: proto.Message.IImageMessage) => Promise<Uint8Array>,
): Promise<ShownImage> {
  const mimetype = image.mimetype ?? ''
  try {
    const bytes = await fetchImage(image)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { mimetype, fetched: true, byteLength: bytes.length, sha256, bytes }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    return { mimetype, fetched: false, byteLength: 0, failure }
  }
}
