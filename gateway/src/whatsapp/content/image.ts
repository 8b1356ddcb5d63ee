import type { ImageContent } from '../../domain/content/image.js'
import type { ToWire } from './wire-message.js'

export const imageToWire: ToWire<ImageContent> = ({ caption, viewOnce }, { uploaded }) => {
  const image = uploaded('image').imageMessage
  return {
    message: { imageMessage: { ...image, caption, ...(viewOnce ? { viewOnce } : {}) } },
    additionalNodes: [],
  }
}
