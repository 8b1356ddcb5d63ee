import { kind } from './kind.js'
import { mediaPart } from './media.js'

export const sticker = kind('stickerMessage', (message, pen) => {
  const { pngThumbnail: jpegThumbnail, ...rest } = message
  const part = mediaPart(
    'sticker',
    'sticker',
    { ...rest, jpegThumbnail: jpegThumbnail ?? null },
    pen,
  )
  return { kind: 'sticker', parts: [message.isAnimated ? { ...part, animated: true } : part] }
})
