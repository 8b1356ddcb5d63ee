import type { StickerContent } from '../../domain/content/sticker.js'
import type { ToWire } from './wire-message.js'

export const stickerToWire: ToWire<StickerContent> = (_content, { uploaded, prepared, at }) => {
  const isAnimated = prepared('sticker').isAnimated ?? false
  const file = uploaded('sticker').stickerMessage
  return {
    message: { stickerMessage: { ...file, isAnimated, stickerSentTs: at } },
    additionalNodes: [],
  }
}
