/** Makes stickers: WebP of 512 x 512 pixels, transparent around the picture. */

import type { PreparedFile } from '../domain/content/files.js'
import { MediaError } from '../domain/errors.js'
import { decoded } from './image.js'
import { withAuthor } from './sticker-author.js'

const side = 512
/** WhatsApp's rule for its sticker packs. */
const mostBytes = { still: 100_000, animated: 500_000 }
const qualities = [80, 60, 40, 20]

/** Throws `MediaError`, or what sharp throws of an image that it cannot decode. */
export async function prepareSticker(bytes: Buffer, author = ''): Promise<PreparedFile> {
  const { pages = 1 } = await decoded(bytes, { animated: true }).metadata()
  const isAnimated = pages > 1
  const largest = isAnimated ? mostBytes.animated : mostBytes.still
  for (const quality of qualities) {
    const webp = await decoded(bytes, { animated: true })
      .resize({
        width: side,
        height: side,
        fit: 'contain',
        background: { r: 0, g: 0, b: 0, alpha: 0 },
      })
      .webp({ quality, effort: 4, loop: 0 })
      .toBuffer()
    const sticker = author === '' ? webp : withAuthor(webp, author)
    if (sticker.length > largest) continue
    return { bytes: sticker, mimeType: 'image/webp', width: side, height: side, isAnimated }
  }
  throw new MediaError(
    `The image is larger than ${largest / 1_000} kB as a sticker. Use a simpler one, or one with fewer frames.`,
  )
}
